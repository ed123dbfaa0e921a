"""How long a stored answer serves, by the verdict that the settings in force derive from it."""

from __future__ import annotations

from hashlib import blake2b

from linters.model.link import Verdict
from linters.model.settings import FreshSettings

_JITTER = 0.25
_CLOCK_SKEW = 300.0


def lifetime(url: str, verdict: Verdict, fresh: FreshSettings) -> float:
    """Seconds that an answer serves: the setting, less up to a quarter of it.

    How much less depends on the URL alone, so that links checked together do not all expire
    together, and every run decides alike. Infinite where asking again tells nothing new
    (excluded, refused by us).
    """
    if verdict is Verdict.OK:
        longest = fresh.ok
    elif verdict is Verdict.REDIRECTED:
        longest = fresh.redirected
    elif verdict is Verdict.BROKEN:
        longest = fresh.broken
    elif verdict is Verdict.UNKNOWN:
        longest = fresh.unknown
    else:
        return float("inf")
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return longest * (1.0 - _JITTER * (int.from_bytes(digest, "big") / 2**64))


def is_fresh(url: str, verdict: Verdict, when: float, now: float, fresh: FreshSettings) -> bool:
    """Whether an answer obtained at ``when`` still serves at ``now`` (seconds since the epoch).

    One from the future is not trusted: the clock was wrong.
    """
    return -_CLOCK_SKEW <= now - when < lifetime(url, verdict, fresh)
