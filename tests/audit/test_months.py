"""Daily audits against pages that die, heal, flap, move and slow down by a script."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from linters.util import clock
from tests.audit.scripted_server import SILENT, Script, scripted
from tests.reports.schema import validate

DAYS = 60
START = datetime(2026, 1, 1, 6, tzinfo=UTC)

PAGES: dict[str, Script] = {
    "/stable": lambda _: 200,
    "/dies": lambda day: 404 if day >= 10 else 200,
    "/heals": lambda day: 404 if 5 <= day <= 8 else 200,
    "/slow": lambda day: SILENT if 12 <= day <= 15 else 200,
    "/hiccup": lambda day: 503 if day in (20, 21) else 200,
    "/down": lambda day: 500 if day >= 30 else 200,
    "/flaps": lambda day: 404 if day >= 40 and day % 2 else 200,
    "/moves": lambda day: 301 if day >= 15 else 200,
    "/forbidden": lambda day: 403 if day >= 10 else 200,
    "/mixed": lambda day: {0: 200, 1: 503, 2: 403, 3: 503, 4: 503}.get(day, 503),
}

CONFIG = """
[links]
timeout = "3s"
retries = 0
max-wait = "1s"
"""


def _expected(path: str, day: int) -> str:
    """The verdict of the audit on a day, as the script and the contract say."""
    counted = {"/slow": (12, 15), "/hiccup": (20, 21), "/down": (30, DAYS), "/mixed": (1, DAYS)}
    if path in counted:
        first, last = counted[path]
        if not first <= day <= last:
            return "ok"
        if path == "/mixed":  # the third counted failure is on day 4, three days after day 0
            return "broken" if day >= 4 else "unknown"
        return "broken" if day >= first + 2 else "unknown"
    status = PAGES[path](day)
    return {200: "ok", 404: "broken", 301: "redirected", 403: "unknown"}[status]


def _date(day: int) -> str:
    return clock.rfc3339(START + timedelta(days=day))


@pytest.mark.slow
def test_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "docs"
    root.mkdir()
    (root / "articlelint.toml").write_text(CONFIG, encoding="utf-8")
    seen: dict[str, list[str]] = {path: [] for path in PAGES}
    reports: list[dict[str, Any]] = []
    with scripted(PAGES) as server:
        lines = [f"[{path}]({server.url(path)})\n" for path in PAGES]
        header = "---\ntitle: Links\nms.author: maria\n---\n# Links\n\n"
        (root / "a.md").write_text(header + "\n".join(lines), encoding="utf-8")
        for day in range(DAYS):
            server.day = day
            server.released.set()
            server.released.clear()
            monkeypatch.setenv(clock.VARIABLE, _date(day))
            report = _audit(root, tmp_path)
            reports.append(report)
            for link in report["links"]:
                seen["/" + link["target"].rpartition("/")[2]].append(link["verdict"])
    for path, verdicts in seen.items():
        assert verdicts == [_expected(path, day) for day in range(DAYS)], path
    links = {"/" + link["target"].rpartition("/")[2]: link for link in reports[-1]["links"]}
    assert {link["history"]["first_seen"] for link in links.values()} == {_date(0)}
    assert links["/dies"]["history"]["since"] == _date(10)
    assert links["/dies"]["history"]["last_ok"] == _date(9)
    assert links["/dies"]["history"]["failures"] == DAYS - 10
    assert links["/down"]["history"]["since"] == _date(32)
    assert links["/down"]["history"]["last_ok"] == _date(29)
    assert links["/slow"]["history"]["failures"] == 0
    assert links["/moves"]["history"]["since"] == _date(15)
    assert [path for path, link in links.items() if link["history"]["flapping"]] == ["/flaps"]
    assert {link["owners"][0] for link in links.values()} == {"maria"}
    _check_changes(reports)


def _audit(root: Path, folder: Path) -> dict[str, Any]:
    file = folder / "report.json"
    arguments = ["audit", str(root), "--allow-network", "127.0.0.0/8", "--no-progress", "-q"]
    arguments += ["--journal", str(folder / "j.sqlite3"), "--report", f"json={file}"]
    assert main([*arguments, "--output-format", "concise"]) == 0
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    validate(report)
    return report


def _check_changes(reports: list[dict[str, Any]]) -> None:
    """What each report says that broke, healed and moved since the day before."""
    for day in range(1, DAYS):
        audit = reports[day]["audit"]
        assert audit["run"] == day + 1
        assert (audit["started"], audit["previous"]) == (_date(day), _date(day - 1))
        for name, became, was in (
            ("broken_new", ("broken",), None),
            ("healed", ("ok", "redirected"), ("broken",)),
        ):
            expected = {
                path
                for path in PAGES
                if _expected(path, day) in became
                and (
                    _expected(path, day - 1) in was if was else _expected(path, day - 1) != "broken"
                )
            }
            listed = {"/" + link["target"].rpartition("/")[2] for link in audit[name]["links"]}
            assert listed == expected, (day, name)
            assert audit[name]["count"] == len(expected)
    moved = [day for day in range(DAYS) if reports[day]["audit"]["moved"]["count"]]
    assert moved == [15]
    assert len(reports[-1]["audit"]["trend"]) == DAYS
