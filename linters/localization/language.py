"""Checks by script and words that the target is in the language of the locale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
_MIXABLE = ("Latn", "Cyrl", "Grek")
"""Scripts whose letters look like one another's."""
# All letters and signs like letters that are in no Latin alphabet, among others. What is not in
# the set is named: characters over U+FFFF in it take ten times as long to compile.
_NOT_LATIN = re.compile(
    "[^\u0000-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u02af\u2000-\u206f\u20a0-\u20ff]"
)
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
    is_plain = script == "Latn" and _NOT_LATIN.search(target) is None
    if script in _MIXABLE and not is_plain and not target.isascii():
        yield from _mixed_words(pair, target, script)
    if not locale or same_language(locale, source_locale) or names_only(pair.target, pair.source):
        return
    is_english = same_language(source_locale, "en")
    rule, text = "wrong-script", f"text is not in the script of {locale}"
    found = None
    if script and not is_plain:
        found = _foreign_script(target, pair, script, is_english=is_english)
    if found is None:
        rule, text = "untranslated-text", "untranslated text"
        found = _untranslated(target, pair, is_english=is_english)
    if found is not None and (not is_english or is_source_prose(prose(pair.source))):
        yield pair.finding(rule, found, text)


def _mixed_words(pair: SegmentPair, target: str, script: str) -> Iterator[Finding]:
    """Words that mix Latin letters with Cyrillic or Greek ones."""
    for match in PLAIN_WORD.finditer(target):
        word = match[0]
        others = "" if word.isascii() else _slip(word, script)
        if others and word not in pair.source:
            message = f"word {word!r} mixes scripts: {others}"
            yield pair.finding("mixed-script-word", match.span(), message)


def _slip(word: str, script: str) -> str:
    """The scripts that a word mixes by mistake; empty for foreign names with an ending or a unit.

    In Latin text, any Cyrillic letter is a mistake. In Cyrillic or Greek text, a single
    Latin letter is, if it looks like a letter of that script.
    """
    scripts = [script_of_letter(letter) for letter in word]
    mixed = set(scripts) & {"CYRILLIC", "GREEK"}
    if "LATIN" not in scripts or not mixed:
        return ""
    latin = [letter for letter, name in zip(word, scripts, strict=True) if name == "LATIN"]
    if script == "Latn":
        is_slip = "CYRILLIC" in mixed or scripts.count("GREEK") > 1
    else:
        is_slip = len(latin) == 1 and latin[0] in _LOOKALIKES and len(word) > 3
        is_slip = is_slip and not SCRIPTS[script].isdisjoint(mixed)
    return ", ".join(sorted(name.title() for name in {*mixed, "LATIN"})) if is_slip else ""


def _foreign_script(
    target: str, pair: SegmentPair, script: str, *, is_english: bool
) -> tuple[int, int] | None:
    """The span of a sentence without letters of the locale's script."""
    native = SCRIPTS[script]
    letters = list(PLAIN_WORD.finditer(target))
    if len(letters) < 4:
        return None
    span = letters[0].start(), letters[-1].end()
    if script == "Latn":
        foreign = [
            word for word in letters if not word[0].isascii() and not has_script(word[0], native)
        ]
        if 2 * len(foreign) <= len(letters):
            return None
        source = prose(pair.source)
        return None if any(word[0] in source for word in foreign) else span
    if any(not word[0].isascii() and has_script(word[0], native) for word in letters):
        return None
    lower = [word for word in sentence_words(target) if word.islower()]
    content = [word for word in lower if word not in FUNCTION_WORDS]
    known = {word.casefold() for word in PLAIN_WORD.findall(prose(pair.source))}
    if len([word for word in lower if word not in known]) >= 3:
        return span  # another language in Latin letters
    if len(lower) < 4 or (is_english and len(content) == len(lower)):
        return None
    is_sentence = len(content) >= 2 or (content and target.rstrip("*_ ").endswith((".", ":")))
    return span if is_sentence else None


def _untranslated(target: str, pair: SegmentPair, *, is_english: bool) -> tuple[int, int] | None:
    """The span of at least six consecutive words that the source contains as well.

    Two of them must be function words and two others in lower case, so that names do not
    count. Function words are known for English only: in other languages, four words in lower
    case are required and the whole target must be in the source.
    """
    folded = [word.casefold() for word in _TOKEN.findall(target)]
    if not _has_run(folded, pair.source.casefold()):
        return None
    source = prose(pair.source)
    known = [word.casefold() for word in _TOKEN.findall(source)]
    words = list(_TOKEN.finditer(target))
    grams = {tuple(known[index : index + _RUN]) for index in range(len(known) - _RUN + 1)}
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
        counts = counts and 2 * len(run) >= end - index
        if counts and not is_kept(pair.target, target, source, span):
            return span
        index = end
    return None


def _has_run(words: Iterable[str], source: str) -> bool:
    """Whether a source contains enough consecutive words, in any order, or as parts of others.

    Hardly any translation has as many, and the exact comparison is slow.
    """
    length = 0
    for word in words:
        length = length + 1 if word in source else 0
        if length == _RUN:
            return True
    return False
