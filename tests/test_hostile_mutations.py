"""Damaged articles: whatever they contain, no checker fails and no command gives up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.article.article import Article
from linters.checker import Checker
from linters.links.checker import LinkChecker
from linters.localization.checker import LocalizationChecker
from linters.localization.exchange.published_bytes import leftover_lines, published_bytes
from linters.metadata.checker import MetadataChecker
from tests.running import check

OWN: tuple[Checker, ...] = (MetadataChecker(), LocalizationChecker(), LinkChecker())
EXAMPLES = Path(__file__).parents[1] / "examples"
WHOLE = [
    file.read_bytes().decode("utf-8-sig")
    for file in sorted(EXAMPLES.rglob("*"))
    if file.suffix in (".md", ".yml")
]
BITS = [
    *(
        '<span data-ttu-id="',
        "</span>",
        '<span class="sxs-lookup">',
        "---\n",
        "[!INCLUDE [x](a.md)]",
    ),
    *(
        "](",
        "[",
        "`",
        "```\n",
        "<!-- articlelint-disable LINK -->",
        "<!--",
        "\r",
        "&#",
        "> [!NOTE]\n",
    ),
    *(':::image source="', "{#", "title: &a [*a]\n", "? ", '"\\ud800"', "http://[", "~/", "xref:"),
    *(
        "\u202e",
        "\U0001f600",
        "|",
        "\t",
        "# # {#a}\n",
        "%",
        "\\",
        "**",
        "file:///etc",
        "C:\\",
        "9" * 400,
    ),
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 1, 20, 200]))
        text = text[:start] + draw(st.sampled_from([*BITS, "", text[start:end] * 2])) + text[end:]
    return text


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(damaged(), damaged())
def test_no_checker_fails_on_a_damaged_article(first: str, second: str) -> None:
    with TemporaryDirectory() as folder:
        report = check(
            Path(folder), {"a.md": first, "b.md": second, "TOC.yml": first}, checkers=OWN
        )
    assert not report.errors


@given(damaged())
def test_what_was_published_can_always_be_stripped(text: str) -> None:
    article = Article("a.md", text)
    assert len(published_bytes(article)) <= len(text.encode())
    assert all(1 <= line <= len(article.lines) for line in leftover_lines(article))
