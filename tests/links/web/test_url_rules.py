"""The URL patterns of the settings: what they match, and that none can hang a run."""

from __future__ import annotations

from linters.links.web.url_rules import UrlRules
from linters.model.settings import LinkSettings
from tests.steps import no_hang


def test_globs_stand_for_whole_urls_without_their_scheme() -> None:
    rules = UrlRules.of(LinkSettings(short_links=("aka.ms", "go.example/fwlink*")))
    assert rules.is_short("https://AKA.ms/x?y")
    assert rules.is_short("http://go.example/fwlink/?LinkId=1")
    assert not rules.is_short("https://go.example/other")
    assert not rules.is_short("https://baka.ms/x")


def test_a_replacement_refers_to_groups() -> None:
    rules = UrlRules.of(LinkSettings(remap={r"^http://(\w+)\.test/(.*)$": "http://$1.preview/$2"}))
    assert rules.remapped("http://docs.test/a?b") == "http://docs.preview/a?b"
    assert rules.remapped("http://other.example/") == "http://other.example/"


def test_a_glob_of_many_stars_takes_bounded_time() -> None:
    rules = UrlRules.of(LinkSettings(short_links=("a.example/" + "*a" * 60 + "b",)))
    with no_hang():
        assert not rules.is_short("https://a.example/" + "a" * 5000)
