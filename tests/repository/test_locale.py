"""The one answer to which locale articles are in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.repository.build import name_in_url
from linters.repository.cldr import canonical_locale
from linters.repository.locale import locale_in_name
from tests.repository.helper import decide

ARTICLE = "---\ntitle: A\n---\n"


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("azure-docs.nb-NO-pr", "nb-NO"),
        ("azure-docs.nb-NO", "nb-NO"),
        ("azure-docs.nb-NO-pr.git", "nb-NO"),
        ("azure-docs-pr.nb-no", "nb-no"),
        ("docs.es-419", "es-419"),
        ("docs.sr-Latn-RS", "sr-Latn-RS"),
        ("docs.zh-cn", "zh-cn"),
        ("docs.zh-Hant-TW", "zh-Hant-TW"),
        ("docs.ja", "ja"),
        ("azure-docs-nb-NO", None),
        ("nb-NO", None),
        ("my-pr", None),
        ("docs.microsoft.com-nuget", None),
        ("docs.xx-XX", None),
        ("docs.nb-JP", None),
        ("contoso.github.io", None),
        ("docs", None),
        ("", None),
    ],
)
def test_the_locale_in_a_name(name: str, locale: str | None) -> None:
    assert locale_in_name(name) == locale


@given(st.text(max_size=40))
def test_any_name_gives_a_known_locale_or_none(name: str) -> None:
    locale = locale_in_name(name)
    assert locale is None or (canonical_locale(locale) is not None and locale in name)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/MicrosoftDocs/azure-docs.nb-NO", "azure-docs.nb-NO"),
        ("https://github.com/MicrosoftDocs/azure-docs.nb-NO.git/", "azure-docs.nb-NO.git"),
        ("git@github.com:MicrosoftDocs/docs.de-DE.git", "docs.de-DE.git"),
        ("host:docs.de-DE", "docs.de-DE"),
        ("C:\\repositories\\docs.de-DE", "docs.de-DE"),
        ("", ""),
    ],
)
def test_the_name_in_an_address(url: str, name: str) -> None:
    assert name_in_url(url) == name


def _publish(**docset: str) -> str:
    return json.dumps({"docsets_to_publish": [{"build_source_folder": "docs", **docset}]})


def _root(tmp_path: Path, name: str, origin: str = "") -> Path:
    root = tmp_path / name
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    text = f'[core]\n[remote "origin"]\n\turl = {origin}\n' if origin else "[core]\n"
    (root / ".git" / "config").write_text(text)
    return root


PUBLISH = ".openpublishing.publish.config.json"
ADDRESS = "git_repository_url_open_to_public_contributors"


def test_the_order_of_what_states_a_locale(tmp_path: Path) -> None:
    root = _root(tmp_path, "docs.ja-JP", "https://example.com/docs.fr-FR.git")
    files: dict[str, str | bytes] = {"docs/a.md": ARTICLE}
    assert decide(root, files).locale("docs/a.md") == "fr-FR"
    files[PUBLISH] = _publish(**{ADDRESS: "https://github.com/o/docs.de-DE"})
    assert decide(root, files).locale("docs/a.md") == "de-DE"
    files[PUBLISH] = _publish(**{ADDRESS: "https://github.com/o/docs.de-DE", "locale": "nb-no"})
    assert decide(root, files).locale("docs/a.md") == "nb-no"
    files["docs/articlelint.toml"] = '[localization]\nlocale = "es-ES"\n'
    decisions = decide(root, files)
    assert decisions.locale("docs/a.md") == "es-ES"
    assert decisions.locale("other/a.md") == "nb-no"


def test_the_folder_is_asked_without_an_origin(tmp_path: Path) -> None:
    root = _root(tmp_path, "docs.ja-JP")
    assert decide(root, {"a.md": ARTICLE}).locale("a.md") == "ja-JP"


def test_en_us_ends_the_search(tmp_path: Path) -> None:
    root = _root(tmp_path, "docs.ja-JP")
    translated = "---\ntitle: A\nms.contentlocale: ja-JP\n---\n"
    files: dict[str, str | bytes] = {"docs/a.md": translated, PUBLISH: _publish(locale="en-us")}
    decisions = decide(root, files)
    assert decisions.locale("docs/a.md") == "en-us"
    assert not decisions.is_translation("docs/a.md")


def test_docsets_of_one_repository_have_locales_of_their_own(tmp_path: Path) -> None:
    docsets = [
        {"build_source_folder": "a", "locale": "en-us"},
        {"build_source_folder": "b", "locale": "zh-cn"},
    ]
    files = {PUBLISH: json.dumps({"docsets_to_publish": docsets}), "a/x.md": ARTICLE}
    decisions = decide(tmp_path, files)
    assert not decisions.is_translation("a/x.md")
    assert decisions.is_translation("b/x.md")


@pytest.mark.parametrize(
    ("locales", "common"),
    [
        (["nb-NO", "NB-no", "de-DE"], "nb-NO"),
        (["nb-NO", "de-DE"], None),
        (["nb-NO", "", ""], None),
        (["nonsense", "nonsense"], None),
        ([], None),
    ],
)
def test_else_most_articles_decide(tmp_path: Path, locales: list[str], common: str | None) -> None:
    root = _root(tmp_path, "docs")
    files: dict[str, str | bytes] = {
        f"{n}.md": f"---\ntitle: A\nms.contentlocale: '{locale}'\n---\n"
        for n, locale in enumerate(locales)
    }
    assert decide(root, {**files, "none.md": "# No header\n"}).locale("0.md") == common


@pytest.mark.parametrize(
    ("locale", "source", "translated"),
    [
        ("nb-NO", "en-US", True),
        ("en-GB", "en-US", False),
        ("EN-us", "en-US", False),
        ("de-DE", "de-CH", False),
        ("en-US", "de-DE", True),
    ],
)
def test_a_translation_is_in_another_language(
    tmp_path: Path, locale: str, source: str, translated: bool
) -> None:
    toml = f'[localization]\nlocale = "{locale}"\nsource-locale = "{source}"\n'
    decisions = decide(tmp_path, {"articlelint.toml": toml, "a.md": ARTICLE})
    assert decisions.is_translation("a.md") is translated
