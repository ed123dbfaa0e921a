"""Every key of the configuration, in one literal table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from linters.config.kinds import (
    BOOLEAN,
    CODES,
    DATA,
    DURATION,
    GLOB,
    NAME,
    REGEX,
    SIZE,
    STRING,
    Integer,
    Key,
    Kind,
    ListOf,
    MapOf,
    OneOf,
    Table,
    Text,
)
from linters.model.finding import Severity
from linters.model.settings import (
    AuditSettings,
    FreshSettings,
    LaneSettings,
    LinkSettings,
    LocalizationSettings,
    MetadataSettings,
    SchemaChoice,
    Settings,
)

_HEADER_TEXT = Text("text without line ends", r"^[^\u0000-\u0008\u000a-\u001f\u007f]*$")


def _site(text: str) -> str:
    parts = urlsplit(text)
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f'wants a site such as "https://learn.microsoft.com", not {text!r}')
    return text.rstrip("/")


def _host(text: str) -> str:
    return text.lower()


def _date_format(text: str) -> str:
    from linters.util.dotnet_dates import parse_exact

    parse_exact("", text)
    return text


_DATE_FORMAT = Text("a .NET pattern of dates", r"^.{1,200}$", _date_format)
_SITE = Text("the URL of a site", r"^https?://[^\s/?#]+", _site)
_HOST = Text("a host name", r"^[^\s/?#@]+$", _host)
_LOCALE = Text('a locale such as "nb-NO"', r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def _lane(*, hosts: bool) -> tuple[Key, ...]:
    """The keys that ``[links]`` and ``[links.hosts.NAME]`` share."""

    def key(name: str, kind: Kind, description: str, default: Any = None) -> Key:
        return Key(name, kind, description, None if hosts else default)

    return (
        key("timeout", DURATION, "How long one try may take.", "20s"),
        key("retries", Integer(0, 100), "How often a failed try is repeated.", 3),
        key("max-wait", DURATION, "How long one link may take in all, waiting included.", "60s"),
        key("max-body", SIZE, "How much of a page is read, decoded.", "1MiB"),
        key("host-concurrency", Integer(1, 10_000), "Most requests at once to one host.", 32),
        key("interval", DURATION, "The pause between two requests to one host.", "0s"),
        key("user-agent", _HEADER_TEXT, "The User-Agent header that is sent."),
    )


_HOSTS = Table(
    LaneSettings,
    (
        *_lane(hosts=True),
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
        Key(verdict, DURATION, f"For links that are {verdict}.", default)
        for verdict, default in (
            ("ok", "3d"),
            ("redirected", "3d"),
            ("broken", "1h"),
            ("unknown", "10m"),
        )
    ),
)

_LINKS = Table(
    LinkSettings,
    (
        Key(
            "site",
            _SITE,
            "The site that links beginning with / belong to.",
            "https://learn.microsoft.com",
        ),
        Key("docset-root", NAME, "The folder that links beginning with ~/ belong to.", "."),
        Key("exclude", ListOf(REGEX), "URLs, on any hop, that are not checked.", []),
        Key("remap", MapOf(STRING, REGEX), "What is asked instead: URL pattern to text.", {}),
        Key(
            "accept",
            MapOf(ListOf(Integer(100, 999)), _HOST),
            "Host glob to further status codes that are ok.",
            {},
        ),
        Key(
            "short-links",
            ListOf(NAME),
            "URLs that are meant to redirect.",
            ["aka.ms", "go.microsoft.com/fwlink*"],
        ),
        Key(
            "not-found-redirects",
            MapOf(NAME),
            "URL glob to the glob of the page that an unknown address is sent to.",
            {},
        ),
        Key(
            "outdated-hosts",
            MapOf(_HOST, _HOST),
            "Old host to the host that took its place.",
            {"docs.microsoft.com": "learn.microsoft.com"},
        ),
        Key(
            "locale-free-hosts",
            ListOf(_HOST),
            "Hosts whose URLs should name no locale.",
            ["learn.microsoft.com"],
        ),
        Key("fragments", BOOLEAN, "Whether fragments are looked for in pages.", True),
        *_lane(hosts=False),
        Key("concurrency", Integer(1, 100_000), "Most requests at once in all.", 256),
        Key("ca-files", ListOf(NAME), "Further certificate authorities, as PEM files.", []),
        Key("fresh", _FRESH, "How long a stored answer serves."),
        Key("hosts", MapOf(_HOSTS, _HOST), "Settings of single hosts."),
    ),
)

_SCHEMA_CHOICE = Table(
    SchemaChoice,
    (
        Key("files", ListOf(GLOB), "The articles that the schema is for."),
        Key("schema", NAME, "A bundled schema's name, or a file."),
    ),
    required=("files", "schema"),
)

_METADATA = Table(
    MetadataSettings,
    (
        Key("schemas", ListOf(_SCHEMA_CHOICE), "Schemas of the front matter; all that match."),
        Key(
            "date-formats",
            ListOf(_DATE_FORMAT),
            ".NET patterns of dates, as docfx's dateFormat.",
            ["M/d/yyyy"],
        ),
        Key("global", MapOf(DATA), "docfx's globalMetadata.", {}, "global_metadata"),
        Key("file", MapOf(MapOf(DATA, GLOB)), "docfx's fileMetadata.", {}, "file_metadata"),
        Key("url-keys", ListOf(NAME), "Keys of the header whose values are links.", []),
    ),
)

_LOCALIZATION = Table(
    LocalizationSettings,
    (Key("locale", _LOCALE, "The locale of the articles; else found from their repository."),),
)

_AUDIT = Table(
    AuditSettings,
    (
        Key("runs", Integer(1, 1000), "Failed runs in a row before a link is broken, and", 3),
        Key("days", Integer(0, 1000), "days without a success before a link is broken.", 3),
        Key("flaps", Integer(1, 1000), "Changes of verdict in 30 days before it is flapping.", 3),
        Key("keep", DURATION, "Older runs are thinned to one a month.", "400d"),
    ),
)

SETTINGS = Table(
    Settings,
    (
        Key(
            "include",
            ListOf(GLOB),
            "The files that are articles.",
            ["*.md", "TOC.yml", "toc.yml", "index.yml"],
        ),
        Key("exclude", ListOf(GLOB), "Files and folders that are not looked at.", []),
        Key("select", ListOf(CODES, flatten=True), "The rules that are reported.", ["ALL"]),
        Key(
            "ignore",
            ListOf(CODES, flatten=True),
            "Rules that are not reported, though selected.",
            [],
        ),
        Key(
            "per-file-ignores",
            MapOf(ListOf(CODES, flatten=True), GLOB),
            "Glob to the rules that are not reported there.",
            {},
        ),
        Key(
            "severity",
            MapOf(OneOf(tuple(Severity), Severity), CODES),
            "Rule, prefix or name to its severity.",
            {},
        ),
        Key("metadata", _METADATA, "Front matter."),
        Key("localization", _LOCALIZATION, "Localized articles."),
        Key("audit", _AUDIT, "The history of audits; only the root's configuration counts."),
        Key("links", _LINKS, "Links; only the root's configuration counts."),
    ),
)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of ``articlelint.toml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "articlelint.toml",
        "description": "The configuration of articlelint, also [tool.articlelint].",
        **SETTINGS.schema(),
    }
