"""Distinguishes sentences from names, code, commands, formulas and program output."""

from __future__ import annotations

import re

from linters.localization.segment_text import blank, links_in, without_code_text

PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FUNCTION_WORDS = frozenset(
    PLAIN_WORD.findall("""
    a an and are as at be because been but by can do does each for from has have how if in into
    is it its may more must my no not of on only or other our should so some such than that the
    their them then there these they this those to under up use using was we were what when
    where whether which while who will with without would you your
    """)
)
# Common words of other languages (Portuguese "do", French "on", Spanish "has") prove nothing.
_ENGLISH = FUNCTION_WORDS - frozenset(
    PLAIN_WORD.findall("a an as but do has is me no of on or was")
)
_LIKELY_ENGLISH = FUNCTION_WORDS - frozenset(("as", "do", "no"))  # several of them
_ENGLISH_SHARE = 0.12
_HTML = re.compile(r"<(?!xref:)/?[A-Za-z][^<>\n]*>|<!--.*?-->", re.DOTALL)
_ENTITY_TAG = re.compile(r"&lt;/?[A-Za-z][^<>&\n]{0,80}&gt;")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,31};")
_URL = re.compile(
    r"(?:https?|ftp|mailto|xref):[^\s<>()\[\]\"']+|www\.[^\s<>()\[\]\"']+", re.IGNORECASE
)
_SENTENCE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_EDGES = "()[]{}\"“”„‘’'«»‹›*_~.,;:!?…。，、：；！？（）-–—"
_FILE_NAME = re.compile(r"[\w .()-]+\.[A-Za-z][A-Za-z0-9]{1,4}")
_QUOTED = re.compile(
    r"""\*\*[^*\n]+\*\*|(?<![*\w])\*[^*\n]+\*|\[[^\[\]\n]+\]|\([^()\n]+\)
    |"[^"\n]+"|'[^'\n]{12,}'|“[^“”\n]+”|„[^„“”\n]+[“”]|‘[^‘’\n]+’|«[^«»\n]+»|‹[^‹›\n]+›
    |「[^「」\n]+」|『[^『』\n]+』|《[^《》\n]+》""",
    re.VERBOSE,
)
_WHOLE_QUOTE = re.compile(
    r"""\s*(?:"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|「[^「」\n]+」)[\s.。]*""",
)
# A compiler's message: ``a.cs(4,5):``, ``error :``, ``warning NU1101:``.
_MESSAGE = re.compile(
    r"\([0-9]+(?:,[0-9]+)?\) ?:|\b(?:error|warning|fatal)(?: [A-Z]+[0-9]+ ?| ):", re.IGNORECASE
)
_GLOSS = re.compile(r"""[\s*_"”»]*[(（\[]([^()（）\[\]\n]+)[)）\]](?!\()""")


def prose(text: str) -> str:
    """The text with code, URLs, HTML and link destinations replaced by as many spaces."""
    text = without_code_text(text)
    if "](" in text:
        text = _without_links(text)
        if "](" in text:  # an image inside a link
            text = _without_links(text)
    if "<" in text:
        text = blank(_HTML, text)
    if "&" in text:
        text = blank(_ENTITY, blank(_ENTITY_TAG, text))
    return blank(_URL, text) if ":" in text or "www." in text else text


def _without_links(text: str) -> str:
    """The text with images and all but the texts of links replaced by as many spaces."""
    parts, position = [], 0
    for match in links_in(text):
        begin, end = match.span()
        start, stop = (end, end) if match["image"] else match.span("text")
        parts += [text[position:begin], " " * (start - begin), text[start:stop], " " * (end - stop)]
        position = end
    return "".join((*parts, text[position:]))


def sentence_words(text: str) -> list[str]:
    """The words of a text, without ids, paths, signatures, abbreviations and single letters."""
    words = []
    for token in text.split():
        word = token.strip(_EDGES)
        if token in ("a", "A"):
            words.append(token)
        if len(word) < 2 or not _SENTENCE_WORD.fullmatch(word):
            continue
        if word.islower() or word.istitle():
            words.append(word)
    return words


def is_source_prose(source: str) -> bool:
    """Whether a source is an English sentence, not another language, code or a formula."""
    words = [word.casefold() for word in sentence_words(source)]
    if 2 * len(words) < len(source.split()):
        return False
    share = _ENGLISH_SHARE * len(words)
    english = sum(word in _ENGLISH for word in words)
    if english > 0 and english >= share:
        return True
    likely = [word for word in words if word in _LIKELY_ENGLISH]
    return len(set(likely)) > 1 and len(likely) >= share


def names_only(target: str, source: str) -> bool:
    """Whether an untranslated target is a file name or a quotation, which translators keep."""
    if target.strip() != source.strip():
        return False
    text = target.strip().strip("*_")
    if _FILE_NAME.fullmatch(text):
        return True
    return _WHOLE_QUOTE.fullmatch(target) is not None


def is_kept(written: str, words: str, source: str, span: tuple[int, int]) -> bool:
    """Whether translators keep a run on purpose.

    It is a title or label inside a translated sentence, a program's message, or has its
    translation after it in parentheses. ``written`` is the target, ``words`` its prose.
    """
    for match in _QUOTED.finditer(written):
        if match.start() <= span[0] and span[1] <= match.end():
            outside = f"{words[: match.start()]} {words[match.end() :]}"
            return PLAIN_WORD.search(outside) is not None
    if _MESSAGE.search(written, max(0, span[0] - 60), span[1]):
        return True
    gloss = _GLOSS.match(written, span[1])
    if gloss is None:
        return False
    known = {word.casefold() for word in PLAIN_WORD.findall(source)}
    found = [word.casefold() for word in PLAIN_WORD.findall(gloss[1])]
    # What a translation has in common with its source are the names and commands in it.
    return 3 * sum(word not in known for word in found) > len(found)
