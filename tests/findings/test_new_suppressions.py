"""What counts as a suppression that a change adds."""

from __future__ import annotations

from linters.article.article import Article
from linters.findings.directives import find_directives
from linters.findings.new_suppressions import new_suppressions
from linters.model.diff import Diff
from linters.repository.changed_lines import touched_lines

NEXT = "<!-- articlelint-disable-next-line TOY -->\n"


def lines(before: str | None, now: str) -> list[int]:
    """The lines of the new suppressions."""
    bases = {} if before is None else {"a.md": before}
    change = Diff("main", {"a.md": touched_lines(before, now)}, bases=bases)
    directives = find_directives(Article("a.md", now))
    found = new_suppressions("a.md", directives, change)
    return [directive.range.start.line for directive in found]


def test_an_added_directive_is_new() -> None:
    assert lines("bad\n", NEXT + "bad\n") == [1]
    assert lines(None, "x\n\n" + NEXT + "bad\n") == [3]


def test_what_was_there_is_not() -> None:
    assert lines(NEXT + "bad\n", "new text\n\n" + NEXT + "bad\n") == []


def test_other_codes_make_it_new() -> None:
    assert lines(NEXT + "bad\n", NEXT.replace("TOY", "ALL") + "bad\n") == [1]


def test_other_lines_of_a_header_do_not() -> None:
    header = "---\ntitle: {}\nms.date: x  # articlelint-disable-line META\n{}---\n"
    assert lines(header.format("a", ""), header.format("b", "")) == []
    second = "author: y  # articlelint-disable-line META\n"
    assert lines(header.format("a", ""), header.format("a", second)) == [4]


def test_a_region_that_no_longer_ends_is_new() -> None:
    region = "<!-- articlelint-disable TOY -->\nbad\n\n{}\nbad\n"
    end = "<!-- articlelint-enable TOY -->\n"
    assert lines(region.format(end), region.format("")) == [1]
