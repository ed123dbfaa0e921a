"""Every key is read, and every mistake is named with its file, line and key."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from linters.config.loading import find_config, load
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.settings import HostOverrides, SchemaChoice, Settings

EVERYTHING = r"""
include = ["*.md"]
exclude = ["drafts/"]
select = ["META", "LINK,SPAN"]
ignore = "rare-value"
per-file-ignores = { "archive/**" = ["LINK", "SPAN001, SPAN002"] }
severity = { "heading-anchor-mismatch" = "warning", META = "info", "SPAN001,SPAN002" = "off" }

[[metadata.schemas]]
files = ["*.md"]
schema = "article"
[[metadata.schemas]]
files = ["x/**"]
schema = "schemas/x.json"

[metadata]
date-formats = ["M/d/yyyy", "yyyy-MM-dd"]
global = { "ms.topic" = "article", day = 2021-02-03 }
file = { "ms.author" = { "docs/**" = "someone" } }
url-keys = ["original_url"]

[localization]
locale = "nb-NO"

[links]
site = "https://example.com/"
docset-root = "docs"
exclude = ['^https://internal\.']
remap = { '^https://a\.b/' = "https://c.d/" }
accept = { "*.example.com" = [403, 999] }
short-links = ["aka.ms"]
not-found-redirects = { "aka.ms/*" = "https://www.bing.com/*" }
outdated-hosts = { "Old.example.com" = "new.example.com" }
locale-free-hosts = ["example.com"]
fragments = false
timeout = "1.5s"
retries = 0
max-wait = "2m"
max-body = "64KiB"
concurrency = 8
host-concurrency = 2
interval = "250ms"
user-agent = "test"
ca-files = ["ca.pem"]
fresh = { ok = "1d", redirected = "2h", broken = "3m", unknown = "4s" }
[links.hosts."API.github.com"]
headers = { Authorization = "Bearer ${GITHUB_TOKEN}" }
timeout = "5s"
"""


MISTAKES = [
    ("selct = []", r"toml:1: selct: unknown key 'selct'; did you mean 'select'\?"),
    ("\n[links]\ntimout = '1s'", r":3: links.timout: unknown key.*'timeout'"),
    ("[links]\nmax_wait = '1s'", r"'max-wait'"),
    ("[metadata]\nurl-keys = 'a'", r":2: metadata.url-keys: expected a list, got 'a'"),
    ("[links]\ntimeout = 20", r"links.timeout: expected a duration such as .*, got 20"),
    ("[links]\ntimeout = '20 sec'", "expected a duration"),
    ("[links]\ntimeout = '20s\\n'", "expected a duration"),
    ('[links]\nmax-body = "1MiB\\n"', "expected a size"),
    ("[links]\nmax-body = '1 megabyte'", "expected a size"),
    ("[links]\nretries = true", "expected a whole number, got True"),
    ("[links]\nretries = 1000", "expected a number from 0 to 100, got 1000"),
    ("[links]\nexclude = ['ok', '(']", r":2: links.exclude\[1\]: invalid regular expression"),
    ("[links]\nremap = { '[' = '' }", r"invalid regular expression"),
    ("[links]\naccept = { 'a.b' = ['x'] }", r"links.accept.a.b\[0\]: expected a whole number"),
    ("[links]\nsite = 'learn.microsoft.com'", "expected the URL of a site"),
    ("[links.hosts.'a.b']\nheaders = { X = \"a\\r\\nY: b\" }", "without line ends"),
    ("[links.hosts.'a.b']\nconcurrency = 1", "unknown key 'concurrency'; did you mean 'host-"),
    ("[links.fresh]\nskipped = '1s'", "unknown key 'skipped'"),
    (
        "severity = { META = 'warn' }",
        "expected one of error, warning, info, off, got 'warn'; did you",
    ),
    ("severity = { META = 3 }", "expected one of"),
    ("select = ['META003', 'a b']", r"select\[1\]: expected rule codes"),
    ("select = [',']", r"expected rule codes"),
    ("include = ['']", r"include\[0\]: expected a glob"),
    ("include = '*.md'", "include: expected a list"),
    ("[[metadata.schemas]]\nfiles = ['*.md']", r"metadata.schemas\[0\]: missing key 'sch"),
    ("[localization]\nlocale = 'norsk bokmål'", 'expected a locale such as "nb-NO"'),
    ("[metadata.global]\na = nan", "expected a finite number"),
    ("metadata = 1", "metadata: expected a table, got 1"),
    ("a = ", ":1: invalid value"),
    ("a = " + "[" * 5000, "nested too deeply"),
    ("\n" + "a." * 300 + "b = 1", r":2: a key with more than 100 parts"),
    ("[" + '"a" . ' * 300 + "b]", r":1: a key with more than 100 parts"),
    ("[metadata]\ndate-formats = ['M/d/yyyy', \"''\"]", r":2: metadata.date-formats\[1\]: "),
    ("a = " + "9" * 5000, "integer"),
]


def write(folder: Path, text: str, name: str = "articlelint.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = load(write(tmp_path, EVERYTHING))
    assert settings.include == ("*.md",)
    assert settings.select == ("META", "LINK", "SPAN")
    assert settings.ignore == ("rare-value",)
    assert settings.per_file_ignores == {"archive/**": ("LINK", "SPAN001", "SPAN002")}
    assert settings.severity == {
        "heading-anchor-mismatch": Severity.WARNING,
        "META": Severity.INFO,
        "SPAN001": Severity.OFF,
        "SPAN002": Severity.OFF,
    }
    assert settings.metadata.schemas == (
        SchemaChoice(("*.md",), "article"),
        SchemaChoice(("x/**",), "schemas/x.json"),
    )
    assert settings.metadata.global_metadata == {"ms.topic": "article", "day": "2021-02-03"}
    assert settings.metadata.file_metadata == {"ms.author": {"docs/**": "someone"}}
    assert settings.localization.locale == "nb-NO"
    links = settings.links
    assert links.site == "https://example.com"
    assert links.accept == {"*.example.com": (403, 999)}
    assert links.outdated_hosts == {"old.example.com": "new.example.com"}
    assert (links.timeout, links.max_wait, links.interval) == (1.5, 120.0, 0.25)
    assert links.max_body == 65536
    assert links.fresh.unknown == 4.0
    assert links.ca_files == (str(tmp_path / "ca.pem"),)
    assert links.hosts == {
        "api.github.com": HostOverrides(
            timeout=5.0, headers={"Authorization": "Bearer ${GITHUB_TOKEN}"}
        )
    }
    assert settings.directory == str(tmp_path)
    assert settings.source == "articlelint.toml"


def test_settings_travel_between_processes(tmp_path: Path) -> None:
    settings = load(write(tmp_path, EVERYTHING))
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = load(write(tmp_path, ""))
    default = Settings(directory=str(tmp_path), source="articlelint.toml")
    assert settings == default


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_named_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        load(write(tmp_path, text))


def test_pyproject_holds_the_same_below_tool(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.articlelint]\nselect = ["META"]\n'
    path = write(tmp_path, text, "pyproject.toml")
    assert find_config(tmp_path / "docs") == path
    assert load(path).select == ("META",)
    path.write_text(text.replace("select", "selec"), encoding="utf-8")
    with pytest.raises(UserError, match=r"pyproject.toml:4: selec: unknown"):
        load(path)


def test_the_nearest_file_is_found_and_none_beyond_the_repository(tmp_path: Path) -> None:
    outer = write(tmp_path, "")
    inner = write(tmp_path / "a" / "b", "")
    (tmp_path / "a" / ".git").mkdir()
    write(tmp_path / "a" / "b" / "c", "[project]\n", "pyproject.toml")
    assert find_config(tmp_path / "a" / "b" / "c") == inner
    assert find_config(tmp_path / "a") is None
    assert find_config(tmp_path) == outer


def test_a_broken_pyproject_that_does_not_name_us_is_not_our_affair(tmp_path: Path) -> None:
    write(tmp_path, "[broken", "pyproject.toml")
    assert find_config(tmp_path) is None or find_config(tmp_path) != tmp_path / "pyproject.toml"
    write(tmp_path, "[tool.articlelint", "pyproject.toml")
    with pytest.raises(UserError, match=r"pyproject.toml"):
        find_config(tmp_path)


def test_what_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "articlelint.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match=":1: not UTF-8: byte 0xff"):
        load(tmp_path / "articlelint.toml")
    with pytest.raises(UserError, match=r"missing\.toml"):
        load(tmp_path / "missing.toml")


def test_inherited_values_have_their_places(tmp_path: Path) -> None:
    text = '\n[metadata.global]\n"ms.topic" = "x"\n[metadata]\nfile."a.b" = {"d/**" = "é"}\n'
    places = load(write(tmp_path, text)).places
    assert places["metadata", "global", "ms.topic"] == ((3, 14), (3, 17))
    assert places["metadata", "file", "a.b", "d/**"] == ((5, 24), (5, 27))


@pytest.mark.parametrize(
    "text",
    [
        f"ignore = {['X001'] * 2000}",
        f'ignore = "{",".join(["X001"] * 2000)}"',
        f'ignore = ["{",".join(["X001"] * 2000)}"]',
        "[severity]\n" + "\n".join(f'x-{number} = "off"' for number in range(2000)),
    ],
    ids=["list", "text", "text in a list", "severity"],
)
def test_lists_of_rules_are_bounded(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="expected at most 1,000 entries"):
        load(write(tmp_path, text))
