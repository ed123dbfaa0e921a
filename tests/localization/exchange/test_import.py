"""Edited targets come back into the articles as exact edits, and nothing else changes."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.article.article import Article
from linters.cli import main
from linters.localization.exchange.target_import import import_targets
from linters.localization.exchange.unit_reader import ReadUnit, read_units
from linters.localization.exchange.xml_reader import MAX_DEPTH, MAX_TEXT
from linters.model.errors import UserError
from tests.localization.exchange.texts import header, pair
from tests.sizes import size

PIECES = st.lists(
    st.sampled_from(
        (*" ab&<>\"'`*_[]()\n", "](u)", "**", "<br>", "`x`", "\u200f猫", "😀", "</span>", "<span>",
         '<span data-ttu-id="', "x\r\ny", "\x07")
    ),
    min_size=1,
    max_size=12,
).map("".join)  # fmt: skip
TARGETS = PIECES.filter(lambda text: bool(text.strip()) and "span" not in text)
FORMATS = pytest.mark.parametrize("kind", ["xliff", "tmx"])


def article(targets: list[str], end: str = "\n") -> str:
    segments = [
        pair(f"0a1b2-{101 + index}", target, f"Source {index} **b** `c`")
        for index, target in enumerate(targets)
    ]
    text = header() + "\n# Katter\n\n" + "\n\n> ".join(segments) + "\n"
    return text.replace("\n", end)


def export(folder: Path, kind: str) -> Path:
    file = folder / f"units.{kind}"
    arguments = [str(folder / "docs"), "--format", kind, "--output", str(file)]
    assert main(["localization", "export", *arguments]) == 0
    return file


def write(folder: Path, name: str, text: str, bom: bytes = b"") -> Path:
    path = folder / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bom + text.encode())
    return path


def run(file: Path, folder: Path, *arguments: str) -> int:
    return main(["localization", "import", str(file), str(folder / "docs"), *arguments])


@FORMATS
@settings(max_examples=size(20, 200), suppress_health_check=[HealthCheck.too_slow])
@given(targets=st.lists(TARGETS, min_size=1, max_size=4), end=st.sampled_from(["\n", "\r\n"]))
def test_importing_what_was_exported_changes_no_byte(
    kind: str, targets: list[str], end: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder, "a.md", article(targets, end), b"\xef\xbb\xbf")
        before = path.read_bytes()
        assert run(export(folder, kind), folder) == 0
        assert path.read_bytes() == before


@given(
    old=st.lists(TARGETS, min_size=2, max_size=4),
    new=st.lists(PIECES, min_size=4, max_size=4),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_random_targets_are_written_exactly_or_left_alone(
    old: list[str], new: list[str], end: str
) -> None:
    before = Article("a.md", article(old, end))
    units = [
        ReadUnit(
            path="a.md",
            id=segment.id,
            place=before.lines.position(segment.start),
            source=before.text[segment.source_start : segment.source_end],
            target=new[index],
        )
        for index, segment in enumerate(before.segments)
    ]
    result = import_targets(before, units)
    after = Article("a.md", result.text)
    refused = {entry.unit.id for entry in result.left_alone}
    assert [segment.id for segment in after.segments] == [s.id for s in before.segments]
    for index, (was, now) in enumerate(zip(before.segments, after.segments, strict=True)):
        source = after.text[now.source_start : now.source_end]
        assert source == before.text[was.source_start : was.source_end]
        target = after.text[now.target_start : now.target_end]
        if was.id in refused:
            assert target == before.text[was.target_start : was.target_end]
        else:
            assert (
                target.replace("\r\n", "\n") == new[index].replace("\r\n", "\n").replace("\r", "\n")
                or target == before.text[was.target_start : was.target_end]
            )
    outside = [re.sub(r'<span data-ttu.*?</span></span>', "", a.text, flags=re.DOTALL)
               for a in (before, after)]  # fmt: skip
    if not any("span" in text for text in new):
        assert outside[0] == outside[1]


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert escape(old) in text
    file.write_text(text.replace(escape(old), escape(new)), encoding="utf-8")


@FORMATS
def test_only_the_edited_target_changes(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = article(["Katter **sover**.", "De sover & `x`."], "\r\n")
    paths = [write(tmp_path, name, text) for name in ("a.md", "b.md")]
    file = export(tmp_path, kind)
    content = file.read_text(encoding="utf-8")
    first, second = content.split("b.md", 1)
    file.write_text(first.replace("Katter ", "Kattene & ") .replace("Kattene & ", "Kattene &amp; ")
                    + "b.md" + second, encoding="utf-8")  # fmt: skip
    assert run(file, tmp_path) == 0
    assert paths[0].read_bytes() == text.replace("Katter **", "Kattene & **").encode()
    assert paths[1].read_bytes() == text.encode()
    assert "1 target changed in 1 article; 0 left alone" in capsys.readouterr().err


@FORMATS
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("De sover", "De </span> sover", "do not match"),
        ("De sover.", 'De</span><span class="sxs-lookup">', "do not match"),
        (
            "De sover.",
            'De <span data-ttu-id="0a1b2-109">x</span>.',
            "markup of segments",
        ),
        ("De sover.", " ", "empty"),
    ],
)
def test_refused_targets_are_listed(
    kind: str, old: str, new: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "a.md", article(["Katter.", "De sover."]))
    before = path.read_bytes()
    file = export(tmp_path, kind)
    edited(file, old, new)
    assert run(file, tmp_path) == 1
    out = capsys.readouterr().out
    assert re.search(rf"a\.md:\d+:\d+: segment 0a1b2-102: left alone: .*{reason}", out)
    assert path.read_bytes() == before


@FORMATS
def test_an_article_that_changed_since_is_left_alone(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = article(["Katter.", "De sover."])
    path = write(tmp_path, "a.md", text)
    file = export(tmp_path, kind)
    edited(file, "Katter.", "Hunder.")
    edited(file, "De sover.", "De spiser.")
    for changed, reason in (
        (text.replace("Source 0", "Origin 0"), "source differs"),
        ("\n".join([*text.split("\n")[:-4], "", *text.split("\n")[-4:]]), "not at"),
        (text.replace("0a1b2-101", "0a1b2-100"), "no segment with this id"),
    ):
        path.write_text(changed, encoding="utf-8", newline="")
        assert run(file, tmp_path) == 1
        assert reason in capsys.readouterr().out
        assert "Hunder" not in path.read_text(encoding="utf-8")
    path.unlink()
    write(tmp_path, "b.md", text)
    assert run(file, tmp_path) == 1
    assert "not among the paths" in capsys.readouterr().out


@FORMATS
def test_a_diff_writes_nothing(
    kind: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = write(tmp_path, "a.md", article(["Katter."]))
    before = path.read_bytes()
    file = export(tmp_path, kind)
    edited(file, "Katter.", "Hunder.")
    assert run(file, tmp_path, "--diff") == 0
    assert b'+<span data-ttu-id="0a1b2-101">Hunder.' in capfdbinary.readouterr().out.replace(
        b"> <span", b"<span"
    )
    assert path.read_bytes() == before


def test_codes_that_an_editor_split_or_moved(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", article(["Se [her](u) nå."]))
    file = export(tmp_path, "xliff")
    text = file.read_text(encoding="utf-8")
    target = re.search(r"<target>(.*)</target>", text)
    assert target is not None
    opener, closer = re.findall(r'dataRef(?:Start|End)="(\w+)"', target[1])
    new = (
        f'<sc id="1" dataRef="{opener}"/>Her<ec startRef="1" dataRef="{closer}"/>'
        '<mrk id="m" type="term"> er</mrk> katter'
    )
    file.write_text(text.replace(target[0], f"<target>{new}</target>"), encoding="utf-8")
    assert run(file, tmp_path) == 0
    assert ">[Her](u) er katter</span>" in path.read_text(encoding="utf-8")


HOSTILE = {
    "entity": '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>',
    "external entity": '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>',
    "parameter entity": '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]><tmx/>',
    "depth": "<tmx>" + "<a>" * (MAX_DEPTH + 1),
    "text": '<tmx><tu tuid="x"><tuv><seg>' + "a" * (MAX_TEXT + 1),
    "torn": '<tmx><body><tu tuid="x">',
    "xliff 1": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>',
    "other": "<html/>",
    "not xml": "# Katter\n",
    "encoding of several bytes": '<?xml version="1.0" encoding="utf-7"?><tmx/>',
    "unknown encoding": '<?xml version="1.0" encoding="none"?><tmx/>',
    "references": '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"><file><unit id="u">'
    '<originalData><data id="d">'
    + "b" * 1000
    + "</data></originalData><segment><target>"
    + '<ph dataRef="d"/>' * 1100
    + "</target>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "a.md", article(["Katter."]))
    before = path.read_bytes()
    file = tmp_path / "units.xml"
    file.write_text(HOSTILE[name], encoding="utf-8")
    assert run(file, tmp_path) == 2
    assert str(file) in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_document_type_without_subset_is_never_opened(tmp_path: Path) -> None:
    file = tmp_path / "units.tmx"
    file.write_text('<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/x.dtd"><tmx/>', encoding="utf-8")
    assert list(read_units(file)) == []


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_file_is_read_or_refused(content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "units.xml"
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        file.write_bytes(data)
        with pytest.raises(UserError):
            list(read_units(file))
