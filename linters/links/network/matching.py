"""The URL patterns of the settings, compiled once per run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linters.model.settings import LinkSettings
from linters.util.patterns import Pattern, PatternError, PatternTimeout

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

    exclude: tuple[Pattern, ...]
    short: tuple[Pattern, ...]
    accept: tuple[tuple[Pattern, tuple[int, ...]], ...]
    missing: tuple[tuple[Pattern, Pattern], ...]
    remap: tuple[tuple[Pattern, str], ...]

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
        return any(_found(pattern.search, url) for pattern in self.exclude)

    def is_short(self, url: str) -> bool:
        """Whether a URL is meant to redirect."""
        return any(_found(pattern.fullmatch, _bare(url)) for pattern in self.short)

    def accepted(self, url: str, status: int) -> bool:
        """Whether the configuration takes a status of this URL's host for a success."""
        if not self.accept:
            return False
        host = _host(url)
        return any(
            status in codes and _found(pattern.fullmatch, host) for pattern, codes in self.accept
        )

    def not_found(self, chain: Sequence[str]) -> str | None:
        """The URL in a chain that an unknown address is sent to by one before it."""
        for at, url in enumerate(chain[:-1]):
            for later in chain[at + 1 :]:
                if self._sent_away(url, later):
                    return later
        return None

    def _sent_away(self, url: str, later: str) -> bool:
        for source, target in self.missing:
            if _found(source.fullmatch, _bare(url)) and _found(target.fullmatch, _bare(later)):
                return True
        return any(_known(source, target, url, later) for source, target in _NOT_FOUND)

    def remapped(self, url: str) -> str:
        """The URL that is asked instead; the first expression that matches decides."""
        for pattern, replacement in self.remap:
            if _found(pattern.search, url):
                try:
                    return pattern.replace(url, _groups(replacement))
                except (PatternTimeout, PatternError):
                    continue
        return url


def _groups(replacement: str) -> str:
    """``$1`` and ``${name}`` as well as ``\\1`` refer to groups."""
    return re.sub(r"\$(?:\{(\w+)\}|(\d+))", lambda m: rf"\g<{m[1] or m[2]}>", replacement)


def _expressions(texts: Iterable[str]) -> Iterable[Pattern]:
    for text in texts:
        try:
            yield Pattern(text)
        except PatternError:
            continue


def _found(test: Callable[[str], bool], text: str) -> bool:
    """Whether a pattern's test holds; one that takes too long does not."""
    try:
        return test(text)
    except PatternTimeout:
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


def _host_glob(text: str) -> Pattern:
    return Pattern(_translated(text.lower()))


def _glob(text: str) -> Pattern:
    """A URL glob without its scheme; one that is only a host stands for all its URLs."""
    bare = _bare(text)
    host, slash, path = bare.partition("/")
    if not slash:
        return Pattern(rf"(?si){_translated(host)}(?::\d+)?(?:[/?].*)?")
    return Pattern(rf"(?si){_translated(host)}(?::\d+)?/{_translated(path)}")


def _translated(glob: str) -> str:
    """``*`` and ``**`` stand for any characters; all else, ``?`` too, for itself."""
    return ".*".join(re.escape(part) for part in re.split(r"\*+", glob))
