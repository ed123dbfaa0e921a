"""Verdicts derived from stored answers by the settings in force."""

from __future__ import annotations

import pytest

from linters.checker import NetworkOptions
from linters.links.network.answer import Answer, Failure, FailureKind, Step
from linters.links.network.verdict import Judge
from linters.links.web.fragments import Page, PageEnd, PageKind
from linters.links.web.url_rules import UrlRules
from linters.model.link import Outcome
from linters.model.settings import LinkSettings

SETTINGS = LinkSettings()


def judge(url: str, answer: Answer, settings: LinkSettings) -> Outcome:
    """The outcome under these settings."""
    return Judge(settings, NetworkOptions(), UrlRules.of(settings)).outcome(url, answer)


def shows(url: str, answer: Answer, settings: LinkSettings) -> bool:
    """Whether the answer decides on the fragment."""
    judging = Judge(settings, NetworkOptions(), UrlRules.of(settings))
    return judging.shown(url, answer) is not None


def chain(*steps: tuple[str, int]) -> Answer:
    """An answer after these steps."""
    urls = [url for url, _ in steps[1:]] + [None]
    made = (Step(url, status, location=to) for (url, status), to in zip(steps, urls, strict=True))
    return Answer(steps[0][0], 0.0, tuple(made))


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (("https://aka.ms/nonsense", "https://www.bing.com/?ref=aka&shorturl=x"), True),
        (("https://aka.ms/nonsense", "https://www.microsoft.com/nb-no/"), True),
        (("https://aka.ms/dotnet", "https://www.microsoft.com/net"), False),
        (("https://go.microsoft.com/fwlink/?linkid=1", "https://www.microsoft.com/"), True),
        (("https://github.com/a/b/wiki/Gone", "https://github.com/a/b/wiki"), True),
        (("https://github.com/a/b/wiki/Gone", "https://github.com/a/c/wiki"), False),
        (("https://github.com/a/b/wiki/Home", "https://github.com/a/b/wiki"), False),
        (("https://example.com/x", "https://www.bing.com/"), False),
    ],
)
def test_redirects_that_mean_not_found(urls: tuple[str, str], expected: bool) -> None:
    outcome = judge(urls[0], chain((urls[0], 302), (urls[1], 200)), SETTINGS)
    assert outcome.verdict == ("broken" if expected else "ok")
    assert (outcome.cause == "not-found-redirect") is expected


def test_the_general_page_need_not_work() -> None:
    failure = Failure(FailureKind.NAME_ABSENT, "no such name", "https://www.bing.com/?ref=aka")
    step = Step("https://aka.ms/nonsense", 302, location=failure.url)
    outcome = judge(step.url, Answer(step.url, 0.0, (step,), failure), SETTINGS)
    assert outcome.cause == "not-found-redirect"


def test_a_changed_setting_derives_another_verdict() -> None:
    url = "https://example.com/x"
    answer = chain((url, 403))
    assert judge(url, answer, SETTINGS).verdict == "unknown"
    accepting = LinkSettings(accept={"*.com": (403,)})
    assert judge(url, answer, accepting).verdict == "ok"
    assert judge(url, answer, LinkSettings(exclude=("^https://example",))).verdict == "skipped"
    moved = chain((url, 301), ("https://example.com/y", 200))
    assert judge(url, moved, SETTINGS).verdict == "redirected"
    assert judge(url, moved, LinkSettings(short_links=("example.com",))).verdict == "ok"
    sent = LinkSettings(not_found_redirects={"example.com/*": "example.com/y"})
    assert judge(url, moved, sent).cause == "not-found-redirect"


def test_a_stored_address_is_judged_by_todays_networks() -> None:
    url = "http://inner.test/"
    answer = Answer(url, 0.0, (Step(url, 200, address="10.0.0.1"),))
    assert judge(url, answer, SETTINGS).verdict == "blocked"


def test_a_page_read_for_another_fragment_does_not_tell() -> None:
    url = "https://example.com/x"
    page = Page(PageKind.HTML, PageEnd.ENOUGH, ("one",))
    answer = Answer(url, 0.0, (Step(url, 200),), page=page)
    assert shows(f"{url}#one", answer, SETTINGS)
    assert not shows(f"{url}#two", answer, SETTINGS)
    assert shows(f"{url}#two", answer, LinkSettings(fragments=False))


def test_the_final_url_keeps_the_fragment_and_hides_the_password() -> None:
    url = "https://user:secret@example.com/x"
    answer = chain((url, 301), ("https://user:secret@example.com/y", 200))
    outcome = judge(f"{url}#part", answer, LinkSettings(fragments=False))
    assert outcome.final_url == "https://***@example.com/y#part"
    assert "secret" not in repr(outcome)
