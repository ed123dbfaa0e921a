"""Misspelt keys are distinguished from a repository's own keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.metadata.invisible import find_invisible
from linters.metadata.known_keys import EXPECTED, OTHER
from linters.metadata.placeholders import is_placeholder
from linters.metadata.spelling import suggest_key
from linters.util.edit_distance import edit_distance
from linters.util.suggestions import nearest


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("ms,.custom", "ms.custom"),
        ("ms-custom", "ms.custom"),
        ("ms..date", "ms.date"),
        ("MS.Author", "ms.author"),
        ("ms. search.keywords", "ms.search.keywords"),
        ("ms.search. form", "ms.search.form"),
        ("ms.serch.region", "ms.search.region"),
        ("ms.saerch.form", "ms.search.form"),
        ("m.search.form", "ms.search.form"),
        ("ms.search.validfrom", "ms.search.validFrom"),
        ("custom.ms", "ms.custom"),
        ("ms.review", "ms.reviewer"),
        ("mw.reviewer", "ms.reviewer"),
        ("ms.technolgy", "ms.technology"),
        ("ms.prodcut", "ms.product"),
        ("ms.tgt.pltfrm", "ms.tgt_pltfrm"),
        ("auhtor", "author"),
        ("titel", "title"),
        ("tittel", "title"),
        ("beskrivelse", "description"),
        ("ms.dato", "ms.date"),
        ("タイトル", "title"),
        ("الوصف", "description"),
        ("munlocking-an-account s.custom", "ms.custom"),
        ("foo bar ms.date", "ms.date"),
        ("decription", "description"),
        ("ms.openlocfilehsh", "ms.openlocfilehash"),
    ],
)
def test_a_misspelt_key_is_known_for_what_it_is(key: str, meant: str) -> None:
    suggestion = suggest_key(key, (), ())
    assert suggestion is not None
    assert suggestion.key == meant


OWN_KEYS = [
    *sorted(EXPECTED | OTHER),
    *("order", "x", "my-own-key", "k" * 999, "page_type", "technology", "devlang", "applies_to"),
    *("ms:assetid", "ms:mtpsurl", "no-toc", "ms.project", "ms.site", "ms.appliesto"),
    *("robots", "Robots", "ms.tgt_platform", "ms.search.forms", "ms.description", "msc.type"),
]


@pytest.mark.parametrize("key", OWN_KEYS)
def test_other_keys_are_left_alone(key: str) -> None:
    assert suggest_key(key, (), ()) is None


def test_a_schema_makes_a_key_known() -> None:
    assert suggest_key("ms.sevice", ("ms.sevice",), ()) is None


def test_a_near_key_is_a_misspelling_beside_the_right_one_as_well() -> None:
    suggestion = suggest_key("ms.sevice", (), ("ms.service",))
    assert suggestion is not None
    assert suggestion.key == "ms.service"


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distances_are_symmetric_and_bounded(one: str, other: str) -> None:
    for limit in (1, 2):
        distance = edit_distance(one, other, limit)
        assert distance == edit_distance(other, one, limit)
        assert (distance == 0) == (one == other)
        assert distance <= limit + 1


def test_the_nearest_value() -> None:
    assert nearest("Article", ["article", "articles"]) == "article"
    assert nearest("artcle", [None, "article", "how-to"]) == "article"
    assert nearest("zebra", ["article"]) is None


@pytest.mark.parametrize(
    "text", ["{github-id}", "'{ms-alias}'", "{{title}}", "<your title>", "TODO", "MM/DD/YYYY"]
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["{x:Bind}", "<audio>", "title", "octocat", "", "[a, b]"])
def test_values_that_are_none(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["myGitHubHandle", "Your alias", "<Alias>", "<needs new guid>"])
def test_placeholders_of_ids(text: str) -> None:
    assert is_placeholder(text, "ms.author")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("title", "Your account"),
        ("title", "Enter-PSSession"),
        ("description", "Enter a SOAP action in a shape"),
        ("no-loc", "<string>"),
        ("ms.custom", "my-tag"),
        ("ms.author", "namewell"),
    ],
)
def test_values_that_resemble_placeholders(key: str, text: str) -> None:
    assert not is_placeholder(text, key)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("plain", []),
        ("a\u200bb", [1]),
        ("\ufeffa", [0]),
        ("a\u202eb", [1]),
        ("می\u200cشود", []),
        ("a\u200cb", [1]),
        ("❤️\u200d🔥", []),
        ("a\u200f", [1]),
        ("שלום\u200f", []),
        ("\u202bשלום\u202c", []),
        ("שלום\u202e", [4]),
        ("x\u00ady", [1]),
        ("Oktober\u00a02020", []),
    ],
)
def test_invisible_characters(text: str, places: list[int]) -> None:
    assert list(find_invisible(text)) == places
