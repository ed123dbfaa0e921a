"""The URL patterns of the settings, compiled once per run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linters.model.errors import UserError
from linters.model.settings import LinkSettings
from linters.util.pattern_set import PatternSet
from linters.util.patterns import PatternError

MAX_ADDED = 8192
"""Code points by which ``remap`` may make a URL longer."""

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
    """What the settings say about a URL."""

    exclude: PatternSet
    short: tuple[UrlGlob, ...]
    accept: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]
    missing: tuple[tuple[UrlGlob, UrlGlob], ...]
    remap: PatternSet
    replacements: Mapping[str, str]

    @classmethod
    def of(cls, settings: LinkSettings) -> UrlRules:
        """Compile the settings' patterns.

        An expression that cannot be compiled is a configuration error, reported when the
        configuration is read, and skipped here.
        """
        return cls(
            PatternSet(settings.exclude),
            tuple(UrlGlob.of(text) for text in settings.short_links),
            tuple((parts_of(host.lower()), codes) for host, codes in settings.accept.items()),
            tuple(
                (UrlGlob.of(source), UrlGlob.of(target))
                for source, target in settings.not_found_redirects.items()
            ),
            PatternSet(settings.remap),
            settings.remap,
        )

    def excluded(self, url: str) -> bool:
        """Whether a URL is not to be asked."""
        return self.exclude.first(url) is not None

    def is_short(self, url: str) -> bool:
        """Whether a URL is meant to redirect."""
        return any(glob.matches(url) for glob in self.short)

    def accepted(self, url: str, status: int) -> bool:
        """Whether the configuration takes a status of this URL's host for a success."""
        if not self.accept:
            return False
        host = _host(url)
        return any(status in codes and matches(parts, host) for parts, codes in self.accept)

    def not_found(self, chain: Sequence[str]) -> str | None:
        """The URL in a chain that an unknown address is sent to by one before it."""
        for at, url in enumerate(chain[:-1]):
            for later in chain[at + 1 :]:
                if self._sent_away(url, later):
                    return later
        return None

    def _sent_away(self, url: str, later: str) -> bool:
        for source, target in self.missing:
            if source.matches(url) and target.matches(later):
                return True
        return any(_known(source, target, url, later) for source, target in _NOT_FOUND)

    def remapped(self, url: str) -> str:
        """The URL that is asked instead; the first expression that matches decides.

        UserError where that makes it much longer.
        """
        pattern = self.remap.first(url)
        if pattern is None:
            return url
        replacement = _groups(self.replacements[pattern.text])
        try:
            return pattern.replace(url, replacement, len(url) + MAX_ADDED)
        except PatternError as error:
            raise UserError(f"links.remap: {error}") from error


def _groups(replacement: str) -> str:
    """``$1`` and ``${name}`` as well as ``\\1`` refer to groups."""
    return re.sub(r"\$(?:\{(\w+)\}|(\d+))", lambda m: rf"\g<{m[1] or m[2]}>", replacement)


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


@dataclass(frozen=True, slots=True)
class UrlGlob:
    """A URL glob without its scheme: ``*`` and ``**`` mean any characters, all else itself.

    One that is only a host means all its URLs, at any port. Matching takes linear time.
    """

    host: tuple[str, ...]
    path: tuple[str, ...] | None

    @classmethod
    def of(cls, text: str) -> UrlGlob:
        """The glob of a text."""
        host, slash, path = _bare(text).lower().partition("/")
        return cls(parts_of(host), parts_of(path) if slash else None)

    def matches(self, url: str) -> bool:
        """Whether the glob matches a URL; upper and lower case are the same."""
        bare = _bare(url).lower()
        end = next((at for at, c in enumerate(bare) if c in "/?"), len(bare))
        authority, rest = bare[:end], bare[end:]
        host, colon, port = authority.rpartition(":")
        hosts = (authority, host) if colon and port.isdigit() else (authority,)
        if not any(matches(self.host, host) for host in hosts):
            return False
        if self.path is None:
            return True
        return rest.startswith("/") and matches(self.path, rest[1:])


def parts_of(glob: str) -> tuple[str, ...]:
    """The texts between the stars of a glob."""
    return tuple(re.split(r"\*+", glob))


def matches(parts: tuple[str, ...], text: str) -> bool:
    """Whether a glob's parts are in a text, in order, the first at its start and the last at
    its end. Each part's first place is as good as any, so nothing is tried twice."""
    first, *middle = parts
    if not middle:
        return text == first
    last = middle.pop()
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end
