"""The quick check of asterisks agrees with the Markdown parser."""

from hypothesis import given
from hypothesis import strategies as st

from linters.article.text.markdown import parse
from linters.localization import emphasis

_PIECES = (
    "**a b**",
    "*c*",
    "**",
    "*",
    "~~",
    "`",
    "[",
    "](u)",
    "\\",
    "&amp;",
    "(",
    "|",
    "文",
    " x",
    "_",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_asterisks_around_plain_words_are_never_text(text: str) -> None:
    if emphasis._only_plain(text):
        texts = (str(event.value) for event in parse(f"x {text}") if event.kind == "text")
        assert not any("*" in shown for shown in texts)


def test_asterisks_in_blocks_and_autolinks_are_left_to_the_parser() -> None:
    assert emphasis._only_plain("**bold** and *more*, **too**.")
    assert not any(map(emphasis._only_plain, ("```\n**b**\n```", "<http://x.y/**b**>", "2 * 3")))
