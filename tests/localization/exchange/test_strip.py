"""Stripping keeps every byte that is not a marker or a source side."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.cli import main
from linters.localization.exchange.published_bytes import leftover_lines, published_bytes
from tests.localization.exchange.texts import header, pair

PLAIN = st.text(st.sampled_from("ab*\\`\r\n #[]()é猫\U0001f600"))
OUTSIDE = PLAIN.map(lambda text: text.replace("`", ""))  # segments in code may be mere examples
SXS = pair("0a1b2-101", "Katten sover.", "The cat sleeps.")


@given(st.lists(st.tuples(OUTSIDE, PLAIN, PLAIN)), PLAIN, st.booleans())
def test_what_is_outside_and_the_targets_are_kept(
    pieces: list[tuple[str, str, str]], end: str, bom: bool
) -> None:
    sxs = "".join(
        outside + pair(f"0a1b2-{number}", target, source)
        for number, (outside, target, source) in enumerate(pieces, 101)
    )
    published = "".join(outside + target for outside, target, _ in pieces)
    mark = b"\xef\xbb\xbf" if bom else b""
    article = Article.from_bytes("a.md", mark + (sxs + end).encode())
    assert published_bytes(article) == mark + (published + end).encode()


def test_a_damaged_segment_keeps_its_target_and_its_line_is_reported() -> None:
    text = f'# One\n\n{SXS}\n\n<span data-ttu-id="0a1b2-102">Bare mål.</span>\n'
    article = Article("a.md", text)
    assert published_bytes(article).decode() == "# One\n\nKatten sover.\n\nBare mål.\n"
    assert leftover_lines(article) == (5,)


def test_a_file_goes_to_standard_output(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(f"\ufeff{header()}\r\n{SXS}\r\n\r\nSlutt".encode())
    assert main(["localization", "strip", str(file)]) == 0
    assert capfdbinary.readouterr().out == (
        f"\ufeff{header()}\r\nKatten sover.\r\n\r\nSlutt".encode()
    )


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{SXS}\r\n".encode())))
    assert main(["localization", "strip", "-"]) == 0
    assert capfdbinary.readouterr().out == b"Katten sover.\r\n"


def test_standard_input_that_is_no_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert main(["localization", "strip", "-"]) == 2
    assert "standard input: not UTF-8" in capsys.readouterr().err


def test_a_folder_becomes_a_tree_and_running_again_changes_nothing(tmp_path: Path) -> None:
    source, output = tmp_path / "sxs", tmp_path / "sxs" / "published"
    (source / "deep").mkdir(parents=True)
    (source / "a.md").write_text(SXS, encoding="utf-8", newline="")
    (source / "deep" / "b.md").write_text("# Plain\r\n", encoding="utf-8", newline="")
    for _ in range(2):
        assert main(["localization", "strip", str(source), "--output", str(output)]) == 0
        written = {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.is_file()
        }
        assert written == {"a.md": b"Katten sover.", "deep/b.md": b"# Plain\r\n"}


def test_named_files_keep_their_path_below_their_common_folder(tmp_path: Path) -> None:
    (tmp_path / "articlelint.toml").touch()
    for name in ("one", "two"):
        (tmp_path / "docs" / name).mkdir(parents=True)
        (tmp_path / "docs" / name / "a.md").write_text(name, encoding="utf-8")
    output = tmp_path / "out"
    names = [str(tmp_path / "docs" / name / "a.md") for name in ("one", "two")]
    assert main(["localization", "strip", *names, "--output", str(output)]) == 0
    assert (output / "one" / "a.md").read_text(encoding="utf-8") == "one"
    assert (output / "two" / "a.md").read_text(encoding="utf-8") == "two"


@pytest.mark.parametrize("output", ["docs", "."], ids=["same", "through a named file"])
def test_sources_are_never_overwritten(
    tmp_path: Path, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articlelint.toml").touch()
    (tmp_path / "docs").mkdir()
    for name in ("docs/a.md", "a.md"):
        (tmp_path / name).write_text(SXS, encoding="utf-8")
    paths = [str(tmp_path / "docs"), *([str(tmp_path / "a.md")] if output == "." else [])]
    assert main(["localization", "strip", *paths, "--output", str(tmp_path / output)]) == 2
    assert "articlelint: error:" in capsys.readouterr().err
    assert (tmp_path / "docs" / "a.md").read_text(encoding="utf-8") == SXS


def test_nothing_is_written_outside_of_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "deep" / "a.md").write_text(SXS, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    try:
        (tmp_path / "out" / "deep").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    arguments = [str(tmp_path / "docs"), "--output", str(tmp_path / "out")]
    assert main(["localization", "strip", *arguments]) == 2
    assert "leaves" in capsys.readouterr().err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_bad_input_is_reported_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["localization", "strip", str(tmp_path / "gone.md")]) == 2
    assert "no such file or folder" in capsys.readouterr().err
    assert main(["localization", "strip", str(tmp_path)]) == 2
    assert "no articles" in capsys.readouterr().err
    (tmp_path / "a.md").write_bytes(b"\xff\xff")
    assert main(["localization", "strip", str(tmp_path)]) == 2
    assert "a.md: not UTF-8" in capsys.readouterr().err


def test_an_output_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(SXS, encoding="utf-8")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    arguments = [str(tmp_path / "a.md"), "--output", str(tmp_path / "taken")]
    assert main(["localization", "strip", *arguments]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_gets_no_control_characters(tmp_path: Path) -> None:
    import pty

    article = tmp_path / "a.md"
    article.write_text("# Hi \x1b]0;title\x07\r\n\ttext\n", encoding="utf-8", newline="")
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "linters", "localization", "strip", str(article)]
    subprocess.run(command, stdout=child, check=True)
    os.close(child)
    shown = os.read(parent, 4096)
    os.close(parent)
    assert b"\x1b" not in shown
    assert b"\x07" not in shown
    assert b"\\x1b]0;title\\x07" in shown
