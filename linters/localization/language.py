"""Checks by script and words that the target is in the language of the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linters.localization.prose import (
    FUNCTION_WORDS,
    PLAIN_WORD,
    is_kept,
    is_source_prose,
    names_only,
    prose,
    sentence_words,
)
from linters.localization.scripts import SCRIPTS, has_script, script_of, script_of_letter
from linters.localization.segment_text import SegmentPair
from linters.model.finding import Finding
from linters.repository.locale import same_language

_RUN = 6
_LOOKALIKES = frozenset("aceopxyABCEHKMOPTXiIsSjJ")
# A token with digits or joined by punctuation is a name or an id: it ends a run of words.
_TOKEN = re.compile(r"[\w./\\@-]*[\w](?:['’]\w+)?")


def language_findings(
    pair: SegmentPair, locale: str | None, source_locale: str
) -> Iterator[Finding]:
    """Untranslated sentences, and words or sentences in a wrong script."""
    if pair.target == pair.source:
        yield pair.finding("identical-text", None, "target and source are identical")
    target = prose(pair.target)
    script = script_of(locale) if locale else None
    if not target.isascii() and script:
        yield from _mixed_words(pair, target, script)
    if not locale or same_language(locale, source_locale) or names_only(pair.target, pair.source):
        return
    source = prose(pair.source)
    is_english = same_language(source_locale, "en")
    if is_english and not is_source_prose(source):
        return
    if script and (found := _foreign_script(target, source, script, is_english=is_english)):
        yield pair.finding("wrong-script", found, f"text is not in the script of {locale}")
    elif run := _untranslated(target, source, pair.target, is_english=is_english):
        yield pair.finding("untranslated-text", run, "untranslated text")


def _mixed_words(pair: SegmentPair, target: str, script: str) -> Iterator[Finding]:
    """Words that mix Latin letters with Cyrillic or Greek ones."""
    for match in PLAIN_WORD.finditer(target):
        word = match[0]
        if word.isascii() or word in pair.source:
            continue
        scripts = [script_of_letter(letter) for letter in word]
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
    if SCRIPTS[script] & mixed:
        latin = [letter for letter, name in zip(word, scripts, strict=True) if name == "LATIN"]
        return len(latin) == 1 and latin[0] in _LOOKALIKES and len(word) > 3
    return False


def _foreign_script(
    target: str, source: str, script: str, *, is_english: bool
) -> tuple[int, int] | None:
    """The span of a sentence without letters of the locale's script."""
    native = SCRIPTS[script]
    letters = list(PLAIN_WORD.finditer(target))
    if len(letters) < 4:
        return None
    span = letters[0].start(), letters[-1].end()
    if script == "Latn":
        if target.isascii():
            return None
        foreign = [
            word for word in letters if not word[0].isascii() and not has_script(word[0], native)
        ]
        is_foreign = 2 * len(foreign) > len(letters)
        return span if is_foreign and not any(word[0] in source for word in foreign) else None
    if any(not word[0].isascii() and has_script(word[0], native) for word in letters):
        return None
    lower = [word for word in sentence_words(target) if word.islower()]
    content = [word for word in lower if word not in FUNCTION_WORDS]
    known = {match[0].casefold() for match in PLAIN_WORD.finditer(source)}
    if len([word for word in lower if word not in known]) >= 3:
        return span  # another language in Latin letters
    if len(lower) < 4 or (is_english and len(content) == len(lower)):
        return None
    is_sentence = len(content) >= 2 or (content and target.rstrip("*_ ").endswith((".", ":")))
    return span if is_sentence else None


def _untranslated(
    target: str, source: str, written: str, *, is_english: bool
) -> tuple[int, int] | None:
    """The span of at least six consecutive words that the source contains as well.

    Two of them must be function words and two others in lower case, so that names do not
    count. Function words are known for English only: in other languages, four words in lower
    case are required and the whole target must be in the source.
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
        span = (words[index].start(), words[end - 1].end())
        run = sentence_words(target[span[0] : span[1]])
        lower = [word for word in run if word.islower()]
        function = [word for word in run if word.casefold() in FUNCTION_WORDS]
        content = [word for word in lower if word not in FUNCTION_WORDS]
        if is_english:
            counts = len(function) >= 2 and len(content) >= 2
        else:
            counts = len(lower) >= 4 and end - index == len(words)
        if counts and 2 * len(run) >= end - index and not is_kept(written, target, source, span):
            return span
        index = end
    return None
