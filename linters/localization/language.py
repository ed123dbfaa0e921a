"""Whether the target is in the language of the locale, as far as script and words tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from linters.localization.problem import Problem
from linters.localization.segment_text import Translated, prose

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        """
        a an and are as at be because been but by can do does for from has have how if in into
        is it its may more must not of on only or other our should so some such than that the
        their them then there these they this those to under up use using was we were what when
        where whether which while who will with without would you your
        """
    )
)
_RUN = 6
# Tokens with digits or joined by signs are names, ids and the like: they end a run.
_TOKEN = re.compile(r"[\w./\\@-]*[\w](?:['’]\w+)?")
_QUOTED = re.compile(
    r"""\*\*[^*\n]+\*\*|(?<![*\w])\*[^*\n]+\*|\[[^\[\]\n]+\]|\([^()\n]+\)
    |"[^"\n]+"|'[^'\n]{12,}'|“[^“”\n]+”|„[^„“”\n]+[“”]|‘[^‘’\n]+’|«[^«»\n]+»|‹[^‹›\n]+›
    |「[^「」\n]+」|『[^『』\n]+』|《[^《》\n]+》""",
    re.VERBOSE,
)
_SCRIPTS = {
    "Arab": {"ARABIC"},
    "Cyrl": {"CYRILLIC"},
    "Grek": {"GREEK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"HIRAGANA", "KATAKANA", "CJK"},
    "Kore": {"HANGUL", "CJK"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Thai": {"THAI"},
    "Deva": {"DEVANAGARI"},
    "Armn": {"ARMENIAN"},
    "Geor": {"GEORGIAN"},
    "Ethi": {"ETHIOPIC"},
    "Khmr": {"KHMER"},
    "Latn": {"LATIN"},
}
_BY_LANGUAGE = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "ug": "Arab",
    "be": "Cyrl", "bg": "Cyrl", "kk": "Cyrl", "ky": "Cyrl", "mk": "Cyrl", "mn": "Cyrl",
    "ru": "Cyrl", "tg": "Cyrl", "tt": "Cyrl", "uk": "Cyrl", "sr": "Cyrl",
    "el": "Grek", "he": "Hebr", "ja": "Jpan", "ko": "Kore", "zh": "Hans", "th": "Thai",
    "hi": "Deva", "mr": "Deva", "ne": "Deva", "hy": "Armn", "ka": "Geor", "am": "Ethi",
    "km": "Khmr",
}  # fmt: skip
# Without a word for it in the table a language is taken for one in Latin script, but these.
_OTHER = frozenset(_WORD.findall("as bn gu kn lo ml my or pa si ta te"))
_LOOKALIKES = frozenset("aceopxyABCEHKMOPTXiIsSjJ")


def script_of(locale: str) -> str | None:
    """The script (ISO 15924) that a locale (BCP 47) is written in; None if unknown."""
    language, *rest = locale.replace("_", "-").split("-")
    for part in rest:
        if part.title() in _SCRIPTS:
            return part.title()
    if language.lower() == "zh" and {"tw", "hk", "mo"} & {part.lower() for part in rest}:
        return "Hant"
    if language.lower() in _OTHER:
        return None
    return _BY_LANGUAGE.get(language.lower(), "Latn")


def language_problems(one: Translated, locale: str | None) -> Iterator[Problem]:
    """Sentences that were not translated, and words or sentences in a wrong script."""
    if one.target == one.source:
        yield one.problem("identical-text", None, "Target and source are the same text")
    target = prose(one.target)
    script = script_of(locale) if locale else None
    if not target.isascii() and script:
        yield from _mixed_words(one, target, script)
    if not locale or locale.lower().partition("-")[0] == "en":
        return
    if script and (found := _foreign_script(target, prose(one.source), script)):
        message = f"this is not written in the script of {locale}"
        yield one.problem("wrong-script", found, message)
    elif run := _untranslated(target, prose(one.source), one.target):
        yield one.problem("untranslated-text", run, "this was not translated")


def _mixed_words(one: Translated, target: str, script: str) -> Iterator[Problem]:
    """Words of Latin and of Cyrillic or Greek letters at once."""
    for match in _WORD.finditer(target):
        word = match[0]
        if word.isascii() or word in one.source:
            continue
        scripts = [_script(letter) for letter in word]
        mixed = set(scripts) & {"CYRILLIC", "GREEK"}
        if "LATIN" in scripts and mixed and _is_slip(word, scripts, script, mixed):
            others = ", ".join(sorted(name.title() for name in {*mixed, "LATIN"}))
            message = f"the word {word!r} mixes letters of two scripts: {others}"
            yield one.problem("mixed-script-word", match.span(), message)


def _is_slip(word: str, scripts: list[str], script: str, mixed: set[str]) -> bool:
    """Whether a mixed word is a slip, not a foreign name with an ending or a unit.

    In Latin text any Cyrillic letter is one. In Cyrillic or Greek text it is the single
    Latin letter that looks like one of its own.
    """
    if script == "Latn":
        greek = [letter for letter, name in zip(word, scripts, strict=True) if name == "GREEK"]
        return "CYRILLIC" in mixed or len(greek) > 1
    if _SCRIPTS[script] & mixed:
        latin = [letter for letter, name in zip(word, scripts, strict=True) if name == "LATIN"]
        return len(latin) == 1 and latin[0] in _LOOKALIKES and len(word) > 3
    return False


def _foreign_script(target: str, source: str, script: str) -> tuple[int, int] | None:
    """The extent of a sentence without a letter of the locale's script."""
    native = _SCRIPTS[script]
    words = list(_WORD.finditer(target))
    if len(words) < 4:
        return None
    if script != "Latn":
        if any(not word[0].isascii() and _has(word[0], native) for word in words):
            return None
        plain = [word for word in words if word[0].islower()]
        function = [word for word in plain if word[0] in _FUNCTION_WORDS]
        known = {match[0].casefold() for match in _WORD.finditer(source)}
        other = [word for word in plain if word[0] not in known]
        if len(other) < 3 and (len(plain) < 3 or not function or len(function) == len(plain)):
            return None
    else:
        if target.isascii():
            return None
        foreign = [word for word in words if not word[0].isascii() and not _has(word[0], native)]
        if 2 * len(foreign) <= len(words) or any(word[0] in source for word in foreign):
            return None
    return words[0].start(), words[-1].end()


def _untranslated(target: str, source: str, written: str) -> tuple[int, int] | None:
    """A run of at least six English words that the source has in the same order.

    Two of them must be function words and two more lower-case: names do not count.
    """
    words = list(_TOKEN.finditer(target))
    if len(words) < _RUN:
        return None
    known = [match[0].casefold() for match in _TOKEN.finditer(source)]
    grams = {tuple(known[index : index + _RUN]) for index in range(len(known) - _RUN + 1)}
    folded = [match[0].casefold() for match in words]
    index = 0
    while index + _RUN <= len(words):
        if tuple(folded[index : index + _RUN]) not in grams:
            index += 1
            continue
        end = index + _RUN
        while end < len(words) and tuple(folded[end - _RUN + 1 : end + 1]) in grams:
            end += 1
        run = [match[0] for match in words[index:end]]
        lower = [word for word in run if word.islower()]
        function = [word for word in run if word.casefold() in _FUNCTION_WORDS]
        content = [word for word in lower if word not in _FUNCTION_WORDS]
        extent = (words[index].start(), words[end - 1].end())
        if len(function) >= 2 and len(content) >= 2 and not _is_quoted(written, target, extent):
            return extent
        index = end
    return None


def _is_quoted(written: str, words: str, extent: tuple[int, int]) -> bool:
    """Whether a run is a title or label inside a sentence that is translated.

    ``written`` is the target, ``words`` the same with its words only.
    """
    for match in _QUOTED.finditer(written):
        if match.start() <= extent[0] and extent[1] <= match.end():
            return _TOKEN.search(f"{words[: match.start()]} {words[match.end() :]}") is not None
    return False


def _has(word: str, scripts: set[str]) -> bool:
    return any(_script(letter) in scripts for letter in word)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-")[0]
