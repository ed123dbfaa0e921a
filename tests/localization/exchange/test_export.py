"""TMX and XLIFF hold every segment, are valid, and are read back with the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from linters.cli import main
from linters.localization.exchange.tmx import write_tmx
from linters.localization.exchange.translation_units import Languages, Unit
from linters.localization.exchange.xliff import write_xliff
from linters.localization.exchange.xmltext import ILLEGAL
from linters.model.finding import Position
from tests.localization.exchange.schemas import TMX, XLIFF
from tests.localization.exchange.texts import header, pair

READ_TMX: Any = tmxfile.parsestring
READ_XLIFF: Any = Xliff2File.parsestring
SPACE = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
TEXTS = st.lists(
    st.sampled_from(
        (*" ab&<>\"'`*_[]()\r\n\t", "](u)", "**", "<br>", "`x`", "\x07", "\ufffe", "\u200f猫", "😀")
    )
).map("".join)
UNITS = st.lists(
    st.builds(
        Unit,
        path=st.sampled_from(["a.md", "b & <c>.md", "d/\udc80.md"]),
        id=st.sampled_from(["0a1b2-101", "0a1b2-p102", "no token", ""]),
        place=st.builds(Position, st.integers(1, 9), st.integers(1, 9)),
        source=TEXTS,
        target=TEXTS,
        state=st.sampled_from(["MT", "HT", None, "a:b c"]),
        languages=st.just(Languages("en-US", "nb-NO")),
    ),
    min_size=1,
)
ARTICLE = (
    header(state="HT")
    + "# "
    + pair("0a1b2-101", "Katter", "Cats")
    + "\n\n"
    + pair("0a1b2-102", "**Se** [her](u) & `x`\u0007.", "**See** [here](u) & `x`.")
    + "\n"
)


def parse(text: str) -> Any:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))


def inside(element: Any) -> str:
    """What a source or target says with the codes' own text put back."""
    originals = element.xpath("../..//x:data", namespaces=SPACE)
    data = {data.get("id"): characters(data) for data in originals}

    def walk(node: Any) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            name = etree.QName(child).localname
            if name == "cp":
                yield chr(int(child.get("hex"), 16))
            elif name == "ph":
                yield data[child.get("dataRef")]
            else:
                yield data[child.get("dataRefStart")]
                yield from walk(child)
                yield data[child.get("dataRefEnd")]
            yield child.tail or ""

    return "".join(walk(element))


def characters(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += [chr(int(child.get("hex"), 16)), child.tail or ""]
    return "".join(pieces)


@given(UNITS)
def test_any_unit_makes_valid_tmx_that_is_read_back(units: list[Unit]) -> None:
    text = "".join(write_tmx(units, {"en-US"}))
    assert TMX.validate(parse(text)), TMX.error_log
    read = READ_TMX(text.encode()).units
    assert [(str(entry.source or ""), str(entry.target or "")) for entry in read] == [
        (ILLEGAL.sub("\ufffd", unit.source), ILLEGAL.sub("\ufffd", unit.target)) for unit in units
    ]
    assert all(entry.getid() == unit.id for entry, unit in zip(read, units, strict=True) if unit.id)


@given(UNITS)
def test_any_unit_makes_valid_xliff_that_is_read_back(units: list[Unit]) -> None:
    root = parse("".join(write_xliff(units, Languages("en-US", "nb-NO"))))
    assert XLIFF.validate(root), XLIFF.error_log
    pairs = [
        tuple(inside(segment.find(f"x:{side}", SPACE)) for side in ("source", "target"))
        for segment in root.iterfind(".//x:segment", SPACE)
    ]
    assert pairs == [(unit.source, unit.target) for unit in units]


@given(UNITS)
def test_translate_toolkit_reads_the_text_of_xliff(units: list[Unit]) -> None:
    text = "".join(write_xliff(units, Languages("en-US", "nb-NO")))
    store = READ_XLIFF(text.encode())
    expected = [
        ("".join(element[0].itertext()), "".join(element[1].itertext()))
        for element in parse(text).iterfind(".//x:segment", SPACE)
    ]
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == expected


def export(path: Path, kind: str, capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    assert main(["localization", "export", str(path), "--format", kind]) == 0
    return capfdbinary.readouterr().out.decode()


def test_tmx_of_an_article(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8", newline="")
    text = export(tmp_path, "tmx", capfdbinary)
    root = parse(text)
    assert TMX.validate(root), TMX.error_log
    first, second = root.findall("body/tu")
    assert [(prop.get("type"), prop.text) for prop in second.findall("prop")] == [
        ("x-file", "a.md"),
        ("x-place", "12:1"),
        ("x-state", "HT"),
    ]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [tuv.get(lang) for tuv in first.findall("tuv")] == ["en-US", "nb-NO"]
    codes = [(code.tag, code.text) for code in second.findall("tuv")[1].find("seg")]
    assert codes == [
        ("bpt", "**"),
        ("ept", "**"),
        ("bpt", "["),
        ("ept", "](u)"),
        ("ph", "`x`"),
    ]
    read = READ_TMX(text.encode()).units[1]
    assert str(read.source) == "**See** [here](u) & `x`."
    assert str(read.target) == "**Se** [her](u) & `x`\ufffd."


def test_xliff_of_an_article(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8", newline="")
    text = export(tmp_path, "xliff", capfdbinary)
    root = parse(text)
    assert XLIFF.validate(root), XLIFF.error_log
    assert (root.get("srcLang"), root.get("trgLang")) == ("en-US", "nb-NO")
    assert root.find("x:file", SPACE).get("original") == "a.md"
    unit = root.findall(".//x:unit", SPACE)[1]
    assert unit.get("id") == "0a1b2-102"
    assert [note.text for note in unit.iterfind("x:notes/x:note", SPACE)] == ["12:1", "HT"]
    segment = unit.find("x:segment", SPACE)
    assert segment.get("subState") == "articlelint:HT"
    assert inside(segment.find("x:target", SPACE)) == "**Se** [her](u) & `x`\u0007."
    read = READ_XLIFF(text.encode()).units
    assert [str(entry.source) for entry in read] == ["Cats", "See here & ."]


def test_writing_again_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8", newline="")
    for kind in ("tmx", "xliff"):
        outputs = [tmp_path / "one.xml", tmp_path / "two.xml"]
        for output in outputs:
            arguments = [str(tmp_path), "--format", kind, "--output", str(output)]
            assert main(["localization", "export", *arguments]) == 0
            note = f"articlelint: note: segments of 1 article written to {output}\n"
            assert capsys.readouterr() == ("", note)
        assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "one.xml", "two.xml"]


def test_xliff_has_one_target_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for locale in ("nb-NO", "ja-JP"):
        article = header(locale=locale) + pair("0a1b2-101", "x", "y")
        (tmp_path / f"{locale}.md").write_text(article, encoding="utf-8")
    assert main(["localization", "export", str(tmp_path), "--format", "xliff"]) == 2
    assert "ja-JP, nb-NO" in capsys.readouterr().err
    assert main(["localization", "export", str(tmp_path), "--format", "tmx"]) == 0


def test_bad_input_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.md"
    article.write_text("# Plain\n", encoding="utf-8")
    command = ["localization", "export", str(tmp_path), "--format", "tmx"]
    assert main(command) == 2
    assert "no segments" in capsys.readouterr().err
    article.write_text(ARTICLE, encoding="utf-8")
    assert main([*command, "--output", str(article)]) == 2
    assert "one of the articles" in capsys.readouterr().err
    assert main([*command, "--output", str(tmp_path / "no" / "such" / "folder")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    (tmp_path / "b.md").write_bytes(b"\xff")
    assert main([*command, "--output", str(tmp_path / "out.tmx")]) == 2
    assert "b.md: not UTF-8" in capsys.readouterr().err
    assert TMX.validate(parse((tmp_path / "out.tmx").read_text(encoding="utf-8")))


def test_the_configured_locale_goes_first(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "articlelint.toml").write_text('[localization]\nlocale = "nn-NO"\n')
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    assert parse(export(tmp_path, "xliff", capfdbinary)).get("trgLang") == "nn-NO"


def test_an_article_without_locale_joins_the_others(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.md").write_text(pair("0a1b2-101", "Hei", "Hi"), encoding="utf-8")
    assert parse(export(tmp_path, "xliff", capfdbinary)).get("trgLang") == "und"
    (tmp_path / "b.md").write_text(ARTICLE, encoding="utf-8")
    assert parse(export(tmp_path, "xliff", capfdbinary)).get("trgLang") == "nb-NO"
