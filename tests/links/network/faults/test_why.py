"""``articlelint why`` on real servers and a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from linters.cli import main
from tests.links.network.faults.exchange import answer, by_target, page, redirect
from tests.links.network.faults.fault import ok
from tests.links.network.faults.server import FaultServer


@pytest.fixture
def local() -> Iterator[FaultServer]:
    """A server on 127.0.0.1 with a few pages."""
    pages = {
        "/moved": redirect("/page", 301, "X-Secret: no", "Server: \x1b[31mred"),
        "/page": answer(200, 'ETag: "v1"', body=page("here")),
        "/gone": answer(410),
    }
    with FaultServer([ok("local", by_target(pages), host="127.0.0.1")], {}, {}) as server:
        yield server


@pytest.fixture
def site(local: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with articles, to be in; the server's origin."""
    origin = f"http://127.0.0.1:{local.ports['http']}"
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(
        f"# A\n\n[one]({origin}/moved) [two]({origin}/page#here) [three]({origin}/gone)\n"
        "[local](b.md#none)\n",
        encoding="utf-8",
    )
    (folder / "b.md").write_text(f"# B\n\n<{origin}/moved>\n", encoding="utf-8")
    (folder / "articlelint.toml").write_text(
        '[links.hosts."127.0.0.1"]\n'
        'headers = { Authorization = "Bearer ${WHY_TOKEN}", X-Key = "hunter2" }\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(folder)
    monkeypatch.setenv("WHY_TOKEN", "swordfish")
    return origin


def why(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit status and output."""
    status = main(["why", *words, "--allow-network", "127.0.0.0/8"])
    return status, capsys.readouterr().out


def test_a_moved_page(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = why(capsys, f"{site}/moved", "--no-cache", "--allow-env", "WHY_TOKEN")
    assert status == 0
    assert "verdict   redirected" in text
    assert "[link-redirected] warning" in text
    assert "places    2\n  a.md:3:7  inline\n  b.md:3:2  autolink\n" in text
    assert f" GET {site}/moved\n     301 Moved Permanently" in text
    assert "location: /page" in text
    assert "127.0.0.1" in text
    assert "\x1b" not in text
    assert "swordfish" not in text
    assert "hunter2" not in text
    assert "'Authorization: ''Bearer '\"${WHY_TOKEN}\"" in text


def test_a_broken_link_is_status_one(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = why(capsys, f"{site}/gone", "--no-cache")
    assert status == 1
    assert "broken (status): 410 Gone" in text
    status, text = why(capsys, f"{site}/nowhere", "--no-cache")
    assert status == 1
    assert "none in these articles" in text


def test_a_local_link(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = why(capsys, "b.md#none", "--offline", "--no-cache")
    assert status == 1
    assert "[bookmark-not-found] error" in text
    assert "curl" not in text


def test_a_fragment(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = why(capsys, f"{site}/page#here", "--no-cache")
    assert status == 0
    assert "verdict   ok" in text
    assert "page      html" in text


def test_offline_shows_what_a_check_stored_and_asks_nothing(
    site: str, local: FaultServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = str(tmp_path / "cache")
    url = f"{site}/page#here"
    assert why(capsys, url, "--offline", "--cache-dir", cache) == (0, _nothing(url))
    allow = ["--allow-network", "127.0.0.0/8", "--allow-env", "WHY_TOKEN"]
    main(["check", "--cache-dir", cache, "--output-format", "json", *allow])
    capsys.readouterr()
    asked = local.requests.total()
    status, text = why(capsys, url, "--offline", "--cache-dir", cache, "--allow-env", "WHY_TOKEN")
    assert status == 0
    assert "asked     not now (--offline)" in text
    assert ", expires " in text
    assert 'etag: "v1"' in text
    assert local.requests.total() == asked
    content = b"".join(
        file.read_bytes() for file in (tmp_path / "cache").rglob("*") if file.is_file()
    )
    assert b"swordfish" not in content
    assert b"hunter2" not in content


def _nothing(url: str) -> str:
    column = len("[one](/moved) [two](/") + len(url) - len("/page#here")
    agent = "'articlelint/0.1.0 (+https://example.org/articlelint)'"
    headers = "--header 'Authorization: ''Bearer '\"${WHY_TOKEN}\" --header 'X-Key: ***'"
    return (
        f"{url}\nverdict   skipped (offline)\nplaces    1\n  a.md:3:{column}  inline\n"
        "asked     not now (--offline)\nstored    nothing\n"
        "repeat    curl --verbose --location --max-redirs 10 --compressed --output /dev/null "
        f"--user-agent {agent} {headers} {url.partition('#')[0]}\n"
    )


def test_json(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = why(capsys, f"{site}/gone", "--no-cache", "--output-format", "json")
    report = json.loads(text)
    assert status == 1
    assert [finding["name"] for finding in report["findings"]] == ["link-broken"]
    assert [(link["url"], link["status"]) for link in report["links"]] == [(f"{site}/gone", 410)]
