"""``articlelint links`` lists every link, and sends nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.cli import main
from tests.reports.schema import validate
from tests.running import write

FILES = {
    "a.md": "[a](https://u:pw@a.test/), [b](b.md#x)\n\n![c](~/c.png) <m@a.test> <xref:A.B>\n",
    "sub/b.md": "[a](https://u:pw@a.test/) [s](/azure/)\n",
}


def test_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, FILES)
    assert main(["links", "--no-cache", str(tmp_path)]) == 0
    assert capsys.readouterr().out == (
        "/azure/  [site]\n  sub/b.md:1:31  inline\n"
        "b.md#x  [file]\n  a.md:1:32  inline\n"
        "https://***@a.test/  [external]\n  a.md:1:5  inline\n  sub/b.md:1:5  inline\n"
        "m@a.test  [mail]\n  a.md:3:16  autolink\n"
        "xref:A.B  [xref]\n  a.md:3:27  autolink\n"
        "~/c.png  [file]\n  a.md:3:6  image\n"
    )


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, FILES)
    assert main(["links", "--no-cache", "--output-format", "json", str(tmp_path)]) == 0
    report = json.loads(capsys.readouterr().out)
    validate(report)
    assert report["findings"] == []
    assert report["summary"]["links"]["skipped"] == len(report["links"]) == 6
    assert [(link["url"], link["target"], link["kind"]) for link in report["links"]] == [
        ("/azure/", "https://learn.microsoft.com/azure/", "site"),
        ("b.md#x", "b.md#x", "file"),
        ("https://***@a.test/", "https://***@a.test/", "external"),
        ("m@a.test", "mailto:m@a.test", "mail"),
        ("xref:A.B", "xref:A.B", "xref"),
        ("~/c.png", "c.png", "file"),
    ]
    assert {link["verdict"] for link in report["links"]} == {"skipped"}


def test_a_folder_without_articles(tmp_path: Path) -> None:
    assert main(["links", str(tmp_path)]) == 2
