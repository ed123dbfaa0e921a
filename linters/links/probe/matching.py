"""The URL patterns of the settings, compiled once per run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from linters.settings import LinkSettings

_TIMEOUT = 0.25

# Where shorteners send an id they do not know. The second pattern may refer to the first.
_NOT_FOUND = (
    (r"https?://aka\.ms(:\d+)?/.+", r"https?://(www\.)?bing\.com(:\d+)?/?(\?.*)?"),
    (
        r"https?://aka\.ms(:\d+)?/.+",
        r"https?://www\.microsoft\.com(:\d+)?/?([a-z]{2}-[a-z]{2}/?)?(\?.*)?",
    ),
    (r"https?://go\.microsoft\.com(:\d+)?/fwlink.*", r"https?://(www\.)?bing\.com(:\d+)?/?(\?.*)?"),
    (
        r"https?://go\.microsoft\.com(:\d+)?/fwlink.*",
        r"https?://www\.microsoft\.com(:\d+)?/?([a-z]{2}-[a-z]{2}/?(default\.aspx)?)?(\?.*)?",
    ),
    (
        r"https?://github\.com(:\d+)?/(?P<repository>[^/]+/[^/?]+)/wiki/(?!Home/?(\?|$))[^?]+.*",
        r"https?://github\.com(:\d+)?/{repository}(/wiki)?/?(\?.*)?",
    ),
)


@dataclass(frozen=True, slots=True)
class UrlRules:
    """What the settings say of a URL."""

    exclude: tuple[regex.Pattern[str], ...]
    short: tuple[re.Pattern[str], ...]
    accept: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]
    missing: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    remap: tuple[tuple[regex.Pattern[str], str], ...]

    @classmethod
    def of(cls, settings: LinkSettings) -> UrlRules:
        """Compile the settings' patterns; a broken expression is the configuration's error
        and was reported when it was read, so it is passed over here."""
        return cls(
            tuple(_expressions(settings.exclude)),
            tuple(_glob(text) for text in settings.short_links),
            tuple((_host_glob(host), codes) for host, codes in settings.accept.items()),
            tuple((_glob(a), _glob(b)) for a, b in settings.not_found_redirects.items()),
            tuple(
                (pattern, replacement)
                for text, replacement in settings.remap.items()
                for pattern in _expressions((text,))
            ),
        )

    def excluded(self, url: str) -> bool:
        """Whether a URL is not to be asked; an expression that takes too long does not match."""
        return bool(self.exclude) and any(_search(pattern, url) for pattern in self.exclude)

    def is_short(self, url: str) -> bool:
        """Whether a URL is meant to redirect."""
        return any(pattern.fullmatch(_bare(url)) for pattern in self.short)

    def accepted(self, url: str, status: int) -> bool:
        """Whether the configuration takes a status of this URL's host for a success."""
        if not self.accept:
            return False
        host = _host(url)
        return any(status in codes and pattern.fullmatch(host) for pattern, codes in self.accept)

    def not_found(self, chain: Sequence[str]) -> str | None:
        """The URL in a chain that an unknown address is sent to by one before it."""
        for at, url in enumerate(chain[:-1]):
            for later in chain[at + 1 :]:
                if self._sent_away(url, later):
                    return later
        return None

    def _sent_away(self, url: str, later: str) -> bool:
        for source, target in self.missing:
            if source.fullmatch(_bare(url)) and target.fullmatch(_bare(later)):
                return True
        return any(_known(source, target, url, later) for source, target in _NOT_FOUND)

    def remapped(self, url: str) -> str:
        """The URL that is asked instead; the first expression that matches decides."""
        for pattern, replacement in self.remap:
            try:
                changed, count = pattern.subn(_groups(replacement), url, timeout=_TIMEOUT)
            except (TimeoutError, regex.error, IndexError):
                continue
            if count:
                return str(changed)
        return url


def _groups(replacement: str) -> str:
    """``$1`` and ``${name}`` as well as ``\\1`` refer to groups."""
    return re.sub(r"\$(?:\{(\w+)\}|(\d+))", lambda m: rf"\g<{m[1] or m[2]}>", replacement)


def _expressions(texts: Iterable[str]) -> Iterable[regex.Pattern[str]]:
    for text in texts:
        try:
            yield regex.compile(text)
        except regex.error:
            continue


def _search(pattern: regex.Pattern[str], url: str) -> bool:
    try:
        return pattern.search(url, timeout=_TIMEOUT) is not None
    except TimeoutError:
        return False


@lru_cache(maxsize=1024)
def _known(source: str, target: str, url: str, later: str) -> bool:
    match = re.fullmatch(source, url)
    if match is None:
        return False
    filled = target
    for name, value in match.groupdict().items():
        filled = filled.replace(f"{{{name}}}", re.escape(value or ""))
    return re.fullmatch(filled, later) is not None


def _bare(url: str) -> str:
    return url.partition("://")[2] or url


def _host(url: str) -> str:
    authority = re.split(r"[/?#]", _bare(url), maxsplit=1)[0].rpartition("@")[2]
    if authority.startswith("["):
        return authority.partition("]")[0].lstrip("[").lower()
    return authority.partition(":")[0].lower()


def _host_glob(text: str) -> re.Pattern[str]:
    return re.compile(_translated(text.lower()))


def _glob(text: str) -> re.Pattern[str]:
    """A URL glob without its scheme; one that is only a host stands for all its URLs."""
    bare = _bare(text)
    host, slash, path = bare.partition("/")
    if not slash:
        return re.compile(_translated(host) + r"(?::\d+)?(?:[/?].*)?", re.IGNORECASE | re.DOTALL)
    return re.compile(
        f"(?i:{_translated(host)})(?::\\d+)?/{_translated(path)}", re.DOTALL | re.IGNORECASE
    )


def _translated(glob: str) -> str:
    """``*`` and ``**`` stand for any characters; all else, ``?`` too, for itself."""
    return ".*".join(re.escape(part) for part in re.split(r"\*+", glob))
