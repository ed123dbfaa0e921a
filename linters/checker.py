"""What every checker is, built in or foreign.

A checker sees one article at a time in ``check`` and ``collect`` (pure, no I/O, in any
process) and everything that was collected once in ``resolve``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from linters.article.article import Article
from linters.metadata.article_context import Surroundings
from linters.model.finding import Finding, Rule
from linters.model.link import LinkRecord
from linters.model.settings import Settings
from linters.repository.repository import Repository

if TYPE_CHECKING:
    from linters.links.network.answer import Answer


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may need from outside its article; frozen, and sent between processes.

    ``now`` is in UTC. ``base`` is the article's text at the base revision (None without
    ``--since``, and for a new file). ``content`` says whether the build would publish the
    file as a page of its own (docfx.json decides, else its name and folder).
    """

    settings: Settings
    now: datetime
    base: str | None = None
    content: bool = True
    surroundings: Surroundings = field(default_factory=Surroundings)


@dataclass(frozen=True, slots=True)
class Network:
    """What the command line says of the network.

    With ``interrupted`` the user wants no more of it: what is not known stays so.
    ``deadline`` is seconds from ``started``, the start of the run by ``time.monotonic``
    (None: from the first request). ``cache_dir`` is None with ``--no-cache``. ``allow_env``
    names the variables that headers may use. ``heard`` are the answers of this run by URL and
    conditions (None: not kept): where several roots, or the second look after ``--fix``, ask
    the network, no URL is asked twice.
    """

    offline: bool = False
    interrupted: bool = False
    deadline: float | None = None
    allow_network: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_env: frozenset[str] = frozenset()
    cache_dir: Path | None = None
    started: float | None = None
    heard: dict[tuple[str, str], Answer] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What a git diff against a base revision touches (``--since``).

    ``lines``: path to the 1-based line numbers that are new or changed, for every file that
    differs (all lines of the front matter where anything in it does). ``removed``: paths
    that are gone, ``renamed``: old path to new path; ``bases``: path of today to the text
    before. A finding elsewhere that the change brings about has ``by_change`` set.
    """

    revision: str
    lines: Mapping[str, Collection[int]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What ``resolve`` may use besides the facts.

    ``reported`` are the paths that findings may stand in (named on the command line).
    ``settings`` are the root's, ``enabled`` the codes of the rules that speak by them.
    ``progress`` is called with (done, total) links.
    """

    repository: Repository
    settings: Settings
    settings_of: Callable[[str], Settings]
    context_of: Callable[[str], Context]
    reported: frozenset[str]
    now: datetime
    network: Network = Network()
    change: Change | None = None
    progress: Callable[[int, int], None] | None = None
    enabled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What ``resolve`` found."""

    findings: tuple[Finding, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    interrupted: bool = False


class Checker(Protocol):
    """A checker; instances are picklable.

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

    async def resolve(self, facts: Mapping[str, Any], run: Run) -> Resolution:
        """Findings that need more than one article, and the links.

        ``facts`` maps every path of the repository to its facts: looking one up reads that
        file when it was not read before, iterating over all reads the whole repository.
        """
