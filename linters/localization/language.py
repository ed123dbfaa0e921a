"""Checks by script and words that the target is in the language of the locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from linters.localization.segment_text import SegmentPair, prose
from linters.model.finding import Finding

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
# A token with digits or joined by punctuation is a name or an id: it ends a run of words.
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
# Languages that are in no table are assumed to use Latin script, except these.
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


def language_findings(pair: SegmentPair, locale: str | None) -> Iterator[Finding]:
    """Untranslated sentences, and words or sentences in a wrong script."""
    if pair.target == pair.source:
        yield pair.finding("identical-text", None, "target and source are identical")
    target = prose(pair.target)
    script = script_of(locale) if locale else None
    if not target.isascii() and script:
        yield from _mixed_words(pair, target, script)
    if not locale or locale.lower().partition("-")[0] == "en":
        return
    if script and (found := _foreign_script(target, prose(pair.source), script)):
        message = f"text is not in the script of {locale}"
        yield pair.finding("wrong-script", found, message)
    elif run := _untranslated(target, prose(pair.source), pair.target):
        yield pair.finding("untranslated-text", run, "untranslated text")


def _mixed_words(pair: SegmentPair, target: str, script: str) -> Iterator[Finding]:
    """Words that mix Latin letters with Cyrillic or Greek ones."""
    for match in _WORD.finditer(target):
        word = match[0]
        if word.isascii() or word in pair.source:
            continue
        scripts = [_script(letter) for letter in word]
        mixed = set(scripts) & {"CYRILLIC", "GREEK"}
        if "LATIN" in scripts and mixed and _is_slip(word, scripts, script, mixed):
            others = ", ".join(sorted(name.title() for name in {*mixed, "LATIN"}))
            message = f"word {word!r} mixes scripts: {others}"
            yield pair.finding("mixed-script-word", match.span(), message)


def _is_slip(word: str, scripts: list[str], script: str, mixed: set[str]) -> bool:
    """Whether a mixed word is a mistake, not a foreign name with an ending or a unit.

    In Latin text, any Cyrillic letter is a mistake. In Cyrillic or Greek text, a single
    Latin letter is, if it looks like a letter of that script.
    """
    if script == "Latn":
        greek = [letter for letter, name in zip(word, scripts, strict=True) if name == "GREEK"]
        return "CYRILLIC" in mixed or len(greek) > 1
    if _SCRIPTS[script] & mixed:
        latin = [letter for letter, name in zip(word, scripts, strict=True) if name == "LATIN"]
        return len(latin) == 1 and latin[0] in _LOOKALIKES and len(word) > 3
    return False


def _foreign_script(target: str, source: str, script: str) -> tuple[int, int] | None:
    """The span of a sentence without letters of the locale's script."""
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
    """The span of at least six consecutive words that the source contains as well.

    Two of them must be function words and two others in lower case, so that names do not
    count.
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
    """Whether a run is a title or label inside a translated sentence.

    ``written`` is the target, ``words`` its prose.
    """
    for match in _QUOTED.finditer(written):
        if match.start() <= extent[0] and extent[1] <= match.end():
            return _TOKEN.search(f"{words[: match.start()]} {words[match.end() :]}") is not None
    return False


def _has(word: str, scripts: set[str]) -> bool:
    return any(_script(letter) in scripts for letter in word)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-")[0]
