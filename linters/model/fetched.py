"""Content from a server, as plug-ins get it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """A final answer: ``url`` is where the redirects ended, ``headers`` those that matter, with
    lower-case names; ``body`` is decoded, and empty where it was larger than asked for."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
