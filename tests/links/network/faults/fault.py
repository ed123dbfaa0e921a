"""One row of the table: a behaviour, the link to it, and the right verdict."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from linters.model.link import Cause, Verdict
from tests.links.network.faults.exchange import Behaviour, answer


@dataclass(frozen=True, slots=True)
class Fault:
    """A server's behaviour and what a reader would get.

    The link is ``scheme://host:port/path``: ``host`` is ``<name>.test`` unless given, ``port``
    is one of the server's by name, ``path`` may have a fragment. ``cause`` None means no
    cause at all, several for where the contract leaves it open. ``final`` is how the final
    URL ends, where that matters; ``most`` how many requests may be sent at most.
    """

    name: str
    behaviour: Behaviour
    verdict: Verdict
    cause: Cause | tuple[Cause, ...] | None = None
    status: int | None = None
    path: str = "/"
    port: str = "http"
    host: str | None = None
    final: str | None = None
    most: int | None = None

    @property
    def hostname(self) -> str:
        """The link's host."""
        return self.host or f"{self.name}.test"

    def link(self, ports: dict[str, int]) -> str:
        """The link that an article would have."""
        scheme = "https" if self.port.startswith("tls") else "http"
        return f"{scheme}://{self.hostname}:{ports[self.port]}{self.path}"


def ok(
    name: str,
    behaviour: Behaviour | None = None,
    path: str = "/",
    *,
    status: int | None = None,
    port: str = "http",
    host: str | None = None,
    final: str | None = None,
    most: int | None = None,
) -> Fault:
    """A link that works."""
    verdict = Verdict.OK
    return Fault(name, behaviour or answer(), verdict, None, status, path, port, host, final, most)


def _not_ok(
    verdict: Verdict,
    name: str,
    behaviour: Behaviour,
    cause: Cause | tuple[Cause, ...],
    path: str = "/",
    *,
    status: int | None = None,
    port: str = "http",
    host: str | None = None,
) -> Fault:
    return Fault(name, behaviour, verdict, cause, status, path, port, host)


broken = partial(_not_ok, Verdict.BROKEN)
unknown = partial(_not_ok, Verdict.UNKNOWN)
