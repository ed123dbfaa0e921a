"""Every key of the configuration, in one literal table.

The defaults are those of the dataclasses in ``linters.model.settings``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from linters.config.kinds import Boolean, Data, Integer, Key, ListOf, MapOf, OneOf, Table, Text
from linters.model.finding import Severity
from linters.model.settings import (
    AuditSettings,
    FreshSettings,
    HostOverrides,
    LinkSettings,
    LocalizationSettings,
    MetadataSettings,
    SchemaChoice,
    Settings,
)
from linters.util import quantities as units
from linters.util.quantities import byte_count, duration, seconds, size

_HEADER_TEXT = Text("text without line ends", r"^[^\u0000-\u0008\u000a-\u001f\u007f]*$")


def _site(text: str) -> str:
    parts = urlsplit(text)
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f'expected a site such as "https://learn.microsoft.com", got {text!r}')
    return text.rstrip("/")


def _host(text: str) -> str:
    return text.lower()


def _date_format(text: str) -> str:
    from linters.util.dotnet_dates import parse_exact

    parse_exact("", text)
    return text


def _glob(text: str) -> str:
    from linters.util.globs import glob_problem

    problem = glob_problem(text)
    if problem is not None:
        raise ValueError(f"invalid glob {text!r}: {problem}")
    return text


def _regex(text: str) -> str:
    from linters.util.patterns import PatternError, compile_pattern

    try:
        compile_pattern(text)
    except PatternError as error:
        raise ValueError(f"invalid regular expression: {error}") from error
    return text


def _codes(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


STRING = Text()
NAME = Text("a name", r"\S")
BOOLEAN = Boolean()
DURATION = Text('a duration such as "20s", "5m" or "3d"', units.DURATION, seconds, duration)
SIZE = Text('a size such as "64KiB" or "1MiB"', units.SIZE, byte_count, size)
REGEX = Text("a regular expression", "", _regex)
GLOB = Text("a glob", r"^[^\u0000\r\n]*[^\u0000\s][^\u0000\r\n]*$", _glob)
CODES = Text(
    "rule codes, prefixes, names or ALL",
    r"^\s*[A-Za-z0-9][A-Za-z0-9-]*\s*(,\s*[A-Za-z0-9][A-Za-z0-9-]*\s*)*$",
    _codes,
    ",".join,
)
DATA = Data()
_DATE_FORMAT = Text("a .NET date pattern", r"^.{1,200}$", _date_format)
_SITE = Text("the URL of a site", r"^https?://[^\s/?#]+", _site)
_HOST = Text("a host name", r"^[^\s/?#@]+$", _host)
_LOCALE = Text('a locale such as "nb-NO"', r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_PLUGIN_NAME = Text("the name of a plug-in", r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


def _max_body(text: str) -> int:
    value = byte_count(text)
    if value > MAX_BODY:
        raise ValueError(f"expected at most {size(MAX_BODY)}, got {text}")
    return value


MAX_BODY = 64 * 1024 * 1024
_MAX_BODY = Text(SIZE.expected, units.SIZE, _max_body, size)

_HOST_KEYS = (
    Key("timeout", DURATION, "How long one try may take."),
    Key("retries", Integer(0, 100), "How often a failed try is repeated."),
    Key("max-wait", DURATION, "How long one link may take in total, waiting included."),
    Key("max-body", _MAX_BODY, "How much of a page is read, decoded; 64MiB at most."),
    Key("host-concurrency", Integer(1, 10_000), "Most requests at once to one host."),
    Key("interval", DURATION, "The pause between two requests to one host."),
    Key("user-agent", _HEADER_TEXT, "The User-Agent header that is sent."),
)
"""The keys that ``[links]`` and ``[links.hosts.NAME]`` share."""

_HOSTS = Table(
    HostOverrides,
    (
        *_HOST_KEYS,
        Key(
            "headers",
            MapOf(_HEADER_TEXT, Text("a header's name", r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")),
            "Headers sent to this host; ${NAME} is a variable, used only with --allow-env NAME.",
        ),
    ),
)

_FRESH = Table(
    FreshSettings,
    tuple(
        Key(verdict, DURATION, f"For links that are {verdict}.")
        for verdict in ("ok", "redirected", "broken", "unknown")
    ),
)

_MOST = 1000
"""Patterns that every URL or path may be compared with."""

_LINKS = Table(
    LinkSettings,
    (
        Key("site", _SITE, "The site that links beginning with / belong to."),
        Key("docset-root", NAME, "The folder that links beginning with ~/ belong to."),
        Key("exclude", ListOf(REGEX, most=_MOST), "URLs, on any hop, that are not checked."),
        Key(
            "remap",
            MapOf(STRING, REGEX, _MOST),
            "URL pattern to the replacement that is requested.",
        ),
        Key(
            "accept",
            MapOf(ListOf(Integer(100, 999), most=_MOST), _HOST, _MOST),
            "Host glob to further status codes that are ok.",
        ),
        Key(
            "short-links",
            ListOf(NAME, most=_MOST),
            "URLs that are meant to redirect.",
        ),
        Key(
            "not-found-redirects",
            MapOf(NAME, most=_MOST),
            "URL glob to the glob of the page that an unknown URL redirects to.",
        ),
        Key(
            "outdated-hosts",
            MapOf(_HOST, _HOST, _MOST),
            "Old host to the host that replaces it.",
        ),
        Key(
            "locale-free-hosts",
            ListOf(_HOST, most=_MOST),
            "Hosts whose URLs should not contain a locale.",
        ),
        Key("fragments", BOOLEAN, "Whether fragments are looked up in pages."),
        *_HOST_KEYS,
        Key("concurrency", Integer(1, 100_000), "Most requests at once in all."),
        Key("ca-files", ListOf(NAME, most=_MOST), "Further certificate authorities, as PEM files."),
        Key("fresh", _FRESH, "How long a stored answer is used."),
        Key("hosts", MapOf(_HOSTS, _HOST, _MOST), "Settings of single hosts."),
    ),
)

_MOST_SCHEMAS = 200
_MOST_FORMATS = 50
"""Formats that a date may be compared with; each takes about a tenth of a millisecond."""

_SCHEMA_CHOICE = Table(
    SchemaChoice,
    (
        Key("files", ListOf(GLOB, most=_MOST), "The articles that the schema is for."),
        Key("schema", NAME, "A bundled schema's name, or a file."),
    ),
    required=("files", "schema"),
)

_METADATA = Table(
    MetadataSettings,
    (
        Key(
            "schemas",
            ListOf(_SCHEMA_CHOICE, most=_MOST_SCHEMAS),
            "Schemas of the front matter; all that match.",
        ),
        Key(
            "date-formats",
            ListOf(_DATE_FORMAT, most=_MOST_FORMATS),
            ".NET patterns of dates, as docfx's dateFormat.",
        ),
        Key("global", MapOf(DATA), "docfx's globalMetadata.", "global_metadata"),
        Key(
            "file",
            MapOf(MapOf(DATA, GLOB), most=_MOST, counts_values=True),
            "docfx's fileMetadata.",
            "file_metadata",
        ),
        Key("url-keys", ListOf(NAME, most=_MOST), "Keys of the header whose values are links."),
    ),
)

_LOCALIZATION = Table(
    LocalizationSettings,
    (
        Key("locale", _LOCALE, "The locale of the articles; else found from their repository."),
        Key("source-locale", _LOCALE, "The locale that articles are translated from."),
    ),
)

_AUDIT = Table(
    AuditSettings,
    (
        Key("runs", Integer(1, 1000), "Failed runs in a row before a link is broken."),
        Key("days", Integer(0, 1000), "Days without a success before a link is broken."),
        Key("flaps", Integer(1, 1000), "Changes of verdict in 30 days before it is flapping."),
        Key("keep", DURATION, "Older runs are thinned to one a month."),
    ),
)

SETTINGS = Table(
    Settings,
    (
        Key(
            "include",
            ListOf(GLOB, most=_MOST),
            "The files that are articles.",
        ),
        Key("exclude", ListOf(GLOB, most=_MOST), "Files and folders that are not read."),
        Key("select", ListOf(CODES, flatten=True, most=_MOST), "The rules that are reported."),
        Key(
            "extend-select", ListOf(CODES, flatten=True, most=_MOST), "Rules reported in addition."
        ),
        Key(
            "ignore",
            ListOf(CODES, flatten=True, most=_MOST),
            "Rules that are not reported, though selected.",
        ),
        Key(
            "per-file-ignores",
            MapOf(ListOf(CODES, flatten=True, most=_MOST), GLOB, _MOST),
            "Glob to the rules that are not reported there.",
        ),
        Key(
            "severity",
            MapOf(OneOf(tuple(Severity), Severity), CODES, _MOST),
            "Rule, prefix or name to its severity.",
        ),
        Key("metadata", _METADATA, "Front matter."),
        Key("localization", _LOCALIZATION, "Localized articles."),
        Key("audit", _AUDIT, "The history of audits; only the root's configuration counts."),
        Key(
            "plugins",
            MapOf(MapOf(DATA), _PLUGIN_NAME),
            "Plug-in to its own settings, which its own schema validates.",
        ),
        Key("links", _LINKS, "Links; only the root's configuration counts."),
    ),
)


def json_schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "articlelint.toml",
        "description": "The configuration of articlelint, also [tool.articlelint].",
        **SETTINGS.schema(),
    }
