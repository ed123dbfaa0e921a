"""What is a header, what it says, and where."""

from __future__ import annotations

from typing import Any

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.article.frontmatter_handler import DocfxHandler
from linters.article.header import Header, read_header


def header_of(text: str) -> Header:
    header = read_header(text)
    assert header is not None
    return header


@pytest.mark.parametrize(
    "text",
    [
        "---\nkey: value\n---\n",
        "---\nkey: value\n...\n",
        "---  \t\nkey: value\n--- \n",
        "---\r\nkey: value\r\n---\r\n",
        "---\rkey: value\r---\r",
        "---\nkey: value\n---",
        "---\nkey: value\n\n...",
    ],
)
def test_a_header_is_found(text: str) -> None:
    assert header_of(text).values == {"key": "value"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "----\nkey: value\n---\n",
        "\n---\nkey: value\n---\n",
        " ---\nkey: value\n---\n",
        "---\nkey: value\n",
        "---\nkey: value\n....\n",
        "---\nkey: value\n ---\n",
        "--- # comment\nkey: value\n---\n",
    ],
)
def test_no_header_is_found(text: str) -> None:
    assert read_header(text) is None


def test_an_empty_header_is_a_header_without_values() -> None:
    header = header_of("---\n---\nbody")
    assert header.values == {}
    assert header.root is None
    assert header.problem is None
    assert header.body == 8


def test_scalars_are_those_of_the_core_schema() -> None:
    header = header_of(
        "---\nno: no\ntime: 12:30\noctal: 0777\nnew: 0o17\nhex: 0x1F\ndate: 2021-99-99\n"
        'quoted: "1"\nnull: ~\nyes: true\nfloat: -1.5e3\nempty:\nbig: ' + "9" * 5000 + "\n---\n"
    )
    assert header.values == {
        "no": "no",
        "time": "12:30",
        "octal": 777,
        "new": 15,
        "hex": 31,
        "date": "2021-99-99",
        "quoted": "1",
        "null": None,
        "yes": True,
        "float": -1500.0,
        "empty": None,
        "big": "9" * 5000,
    }


def places(text: str) -> dict[str, tuple[str, str]]:
    return {
        entry.key: (text[slice(*entry.extent)], text[slice(*entry.node.extent)])
        for entry in header_of(text).entries
    }


def test_every_key_and_value_has_its_place() -> None:
    text = (
        '---\ntitle: "a: b" # é\n"quoted": x\nlist:\n- 1\n- {a: 2}\n\nempty:\n'
        "literal: |\n  one\n  two\n\nfolded: a\n  b\né😀: z\n---\n"
    )
    assert places(text) == {
        "title": ("title", '"a: b"'),
        "quoted": ('"quoted"', "x"),
        "list": ("list", "- 1\n- {a: 2}"),
        "empty": ("empty", ""),
        "literal": ("literal", "|\n  one\n  two"),
        "folded": ("folded", "a\n  b"),
        "é😀": ("é😀", "z"),
    }


def test_nested_places() -> None:
    text = "---\na:\n  b:\n    - x\n    - y: z\n---\n"
    node = header_of(text).root
    assert node is not None
    found = node.at(("a", "b", 1, "y"))
    assert text[slice(*found.extent)] == "z"
    with pytest.raises(KeyError):
        node.at(("a", "b", 2))


def test_duplicate_keys_are_found_at_any_depth() -> None:
    text = "---\na: 1\nb:\n  c: 1\n  c: 2\na: 3\n---\n"
    header = header_of(text)
    assert [(item.entry.key, item.entry.extent.start) for item in header.duplicates] == [
        ("c", text.index("c: 2")),
        ("a", text.index("a: 3")),
    ]
    assert header.values == {"a": 3, "b": {"c": 2}}


@pytest.mark.parametrize(
    ("yaml", "message", "stopped"),
    [
        ("title: a: b", "mapping values are not allowed", ": b"),
        ("a: @b", "cannot start any token", "@b"),
        ("a:\n\t- b", "cannot start any token", "\t"),
        ("a: é😀 x\nb: c: d", "mapping values are not allowed", ": d"),
        ("a: \x08b", "U+0008 is not allowed", "\x08"),
        ("a: *b", "*b has no anchor", "*b"),
        ("? [a, b]\n: c", "must be plain text", "[a"),
        ('a: "\\ud800"', "invalid Unicode", "ud800"),
    ],
)
def test_broken_yaml_is_placed_where_the_parser_stopped(
    yaml: str, message: str, stopped: str
) -> None:
    text = f"---\n{yaml}\n---\n"
    problem = header_of(text).problem
    assert problem is not None
    assert message in problem.message
    assert abs(problem.offset - text.index(stopped)) <= 1


HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "sequences": "- " * 100_000,
    "key of a megabyte": "k" * 1_000_000 + ": 1",
    "alias bomb": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
    "merge bomb": "a0: &a0 {x: 1}\n"
    + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 30)),
    "alias of itself": "a: &a [*a]",
    "many keys": "".join(f"k{n}: v\n" for n in range(40_000)),
}


@pytest.mark.parametrize("yaml", HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_is_a_problem_not_an_accident(yaml: str) -> None:
    problem = header_of(f"---\n{yaml}\n---\n").problem
    assert problem is not None


YAML_TEXT = st.text(st.sampled_from("ab:- \n\r#\"'[]{},&*|>!%@`\t\u00e9\U0001f600\u2028\ufeff"))


@given(YAML_TEXT)
def test_any_text_is_read_with_places_inside_the_header(yaml: str) -> None:
    text = f"---\n{yaml}\n---\nbody"
    header = header_of(text)
    if header.problem is not None:
        assert 0 <= header.problem.offset <= len(text)
    pending: list[Any] = [header.root] if header.root else []
    while pending:
        node = pending.pop()
        assert header.content.start <= node.extent.start <= node.extent.end <= len(text)
        for entry in node.entries:
            assert entry.extent.start <= entry.extent.end <= node.extent.end
            pending.append(entry.node)
        pending.extend(node.items)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z.]{0,8}", fullmatch=True), st.integers(0, 99)))
def test_plain_values_stand_at_their_places(values: dict[str, int]) -> None:
    text = "---\n" + "".join(f"{key}:   {value}  # note\n" for key, value in values.items())
    text += "---\n"
    if any(key in ("null", "true", "false") for key in values):
        return
    expected = {key: (key, str(value)) for key, value in values.items()}
    assert places(text) == expected


def test_python_frontmatter_reads_what_docfx_reads() -> None:
    post = frontmatter.loads("---\ndate: 2021-02-30\n...\nBody", handler=DocfxHandler())
    assert post.metadata == {"date": "2021-02-30"}
    assert post.content == "Body"
    text = "-----\na: b\n-----\n"
    assert frontmatter.loads(text, handler=DocfxHandler()).metadata == {}


def test_yaml_files_have_no_header() -> None:
    assert Article("TOC.yml", "---\na: b\n---\n").header is None
