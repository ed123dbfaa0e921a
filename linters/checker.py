"""What every checker is, built in or from a plug-in; a plug-in imports its types from here.

A checker may look at the repository once in ``prepare``, sees one article at a time in
``check`` and ``collect`` (pure, no I/O, in any process), and everything that was collected
once in ``resolve``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Protocol

from linters.article.article import Article
from linters.model.diff import Diff
from linters.model.fetched import Fetched
from linters.model.finding import Finding, Rule
from linters.model.link import LinkRecord, Outcome, Verdict
from linters.model.note import Note
from linters.model.settings import Settings
from linters.repository.decisions import Decisions, no_decisions
from linters.repository.repository import Repository
from linters.repository.source_tree import SourceTree

__all__ = [
    "Article",
    "Checker",
    "Context",
    "Decisions",
    "Dependencies",
    "Diff",
    "Fetched",
    "JournalOptions",
    "LinkRecord",
    "NetworkClient",
    "NetworkOptions",
    "Note",
    "Repository",
    "Resolution",
    "ResolveContext",
    "Settings",
    "SourceTree",
]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may need from outside its article; frozen, and sent between processes.

    ``now`` is in UTC. ``base`` is the article's text at the base revision (None without
    ``--since``, and for a new file). ``prepared`` is what the checker's own ``prepare``
    returned, None without one. ``options`` are the checker's own ``[plugins.NAME]`` settings
    of the configuration that is nearest to the article.
    """

    settings: Settings
    now: datetime
    base: str | None = None
    prepared: Any = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalOptions:
    """The audit's journal, in place of the cache: answers of this ``run`` are fresh, whatever
    ``[links] fresh`` says; older ones only serve conditional requests."""

    path: Path
    run: int


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """What the command line says of the network.

    ``interrupted``: the user has interrupted the run, so nothing more is sent. ``deadline``
    is in seconds from ``started``, the start of the run by ``time.monotonic`` (None: from
    the first request). ``cache_dir`` is None with ``--no-cache``. ``allow_env`` names the
    environment variables that headers may use.
    """

    offline: bool = False
    interrupted: bool = False
    deadline: float | None = None
    allow_network: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_env: frozenset[str] = frozenset()
    cache_dir: Path | None = None
    started: float | None = None
    journal: JournalOptions | None = None


class ProgressListener(Protocol):
    """Receives the progress of the links."""

    def __call__(self, done: int, total: int, verdict: Verdict | None = None) -> None:
        """``done`` of ``total`` links have an answer; ``verdict`` is that of the latest one."""


class NetworkClient(Protocol):
    """Sends requests as links are checked: through the address guard, the queues of hosts, the
    deadline and, for ``ask``, the cache. URLs are absolute, http or https."""

    async def get(self, url: str, max_body: int = 1024 * 1024) -> Fetched | None:
        """The content of a URL, redirects followed; None if there is none, or the run ends.

        At most ``max_body`` bytes, decoded, are read. ValueError for what is not a URL.
        """

    async def ask(self, urls: Iterable[str]) -> Mapping[str, Outcome]:
        """The outcome of every URL, as a link to it would have."""


@dataclass(frozen=True, slots=True)
class ResolveContext:
    """What ``resolve`` may use in addition to the facts.

    ``reported`` are the paths to report on (named on the command line). ``settings`` are
    the root's; ``repository.settings_of(path)`` are those of one article. ``is_enabled(path,
    rule)`` says whether a rule is enabled there. ``prepared`` is what the checker's
    own ``prepare`` returned, ``options`` are its ``[plugins.NAME]`` settings at the root.
    ``covers(path)`` says whether the command line covers a file that need not be an article.
    ``client`` sends requests for a plug-in; None with ``--offline`` and after an interrupt.
    ``progress`` is called for every answer of a link. ``decisions`` says what each file is
    judged as; ``source`` is the repository that a translation comes from (``--source-tree``).
    """

    repository: Repository
    settings: Settings
    context_of: Callable[[str], Context]
    reported: frozenset[str]
    now: datetime
    network: NetworkOptions = NetworkOptions()
    change: Diff | None = None
    progress: ProgressListener | None = None
    is_enabled: Callable[[str, Rule], bool] = lambda _path, _rule: True
    prepared: Any = None
    decisions: Decisions = field(default_factory=no_decisions)
    source: SourceTree | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    covers: Callable[[str], bool] = lambda _path: True
    client: NetworkClient | None = None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Which articles the findings and links of an article depend on, besides itself.

    By path: ``uses`` are the articles whose ``shared`` part they depend on. On the ``common``
    part of an article those of every other may depend. Both parts are digests.
    """

    uses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shared: Mapping[str, bytes] = field(default_factory=dict)
    common: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What ``resolve`` found.

    ``revise`` is applied to each finding of the checkers' ``check``, now that the whole
    repository is known: it returns the finding, changed or not, or None to drop it.
    ``findings`` and ``links`` are iterated over once, after ``resolve``; the same link may come
    several times, with other places. ``notes`` say what the checker ignored or skipped: a
    damaged file, an unknown keyword. ``dependencies`` are those of the reported articles; None
    where the findings of one article may depend on any other.
    """

    findings: Iterable[Finding] = ()
    links: Iterable[LinkRecord] = ()
    interrupted: bool = False
    revise: Callable[[Finding], Finding | None] | None = None
    notes: tuple[Note, ...] = ()
    dependencies: Dependencies | None = None


class Checker(Protocol):
    """A checker; instances are picklable.

    A checker may also have ``prepare(repository)``: called once before the articles are
    checked; what it returns is frozen, picklable, and in every context as ``prepared``. With
    ``settings_schema``, a JSON Schema, it takes settings: ``[plugins.NAME]`` of the
    configuration is validated by it and is in every context as ``options``.

    ``facts_type`` is the frozen dataclass that ``collect`` returns (JSON-like fields, so
    that facts of unchanged files can be stored), or None where nothing is collected.
    """

    @property
    def name(self) -> str:
        """A short lower-case name, unique among the checkers."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules whose findings this checker gives."""

    @property
    def facts_type(self) -> type[Any] | None:
        """The type of the facts, or None."""

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows."""

    def collect(self, article: Article, context: Context) -> Any:
        """What ``resolve`` needs to know of this article; None for nothing."""

    async def resolve(self, facts: Mapping[str, Any], context: ResolveContext) -> Resolution:
        """Findings that need more than one article, and the links.

        ``facts`` maps every path of the repository to its facts: looking one up reads that
        file when it was not read before, iterating over all reads the whole repository.
        """
