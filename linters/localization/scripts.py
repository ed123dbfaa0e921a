"""Writing systems (ISO 15924) of locales and letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SCRIPTS = {
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
"""Each script and the first words of the Unicode names of its letters."""

_BY_LANGUAGE = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "ug": "Arab",
    "be": "Cyrl", "bg": "Cyrl", "kk": "Cyrl", "ky": "Cyrl", "mk": "Cyrl", "mn": "Cyrl",
    "ru": "Cyrl", "tg": "Cyrl", "tt": "Cyrl", "uk": "Cyrl", "sr": "Cyrl",
    "el": "Grek", "he": "Hebr", "ja": "Jpan", "ko": "Kore", "zh": "Hans", "th": "Thai",
    "hi": "Deva", "mr": "Deva", "ne": "Deva", "hy": "Armn", "ka": "Geor", "am": "Ethi",
    "km": "Khmr",
}  # fmt: skip
# Languages that are in no table are assumed to use Latin script, except these.
_OTHER = frozenset(re.findall(r"\w+", "as bn gu kn lo ml my or pa si ta te"))


@lru_cache(maxsize=256)
def script_of(locale: str) -> str | None:
    """The script (ISO 15924) that a locale (BCP 47) is written in; None if unknown."""
    language, *rest = locale.replace("_", "-").split("-")
    for part in rest:
        if part.title() in SCRIPTS:
            return part.title()
    if language.lower() == "zh" and {"tw", "hk", "mo"} & {part.lower() for part in rest}:
        return "Hant"
    if language.lower() in _OTHER:
        return None
    return _BY_LANGUAGE.get(language.lower(), "Latn")


def has_script(word: str, names: set[str]) -> bool:
    """Whether a word contains a letter of one of these scripts, by Unicode name."""
    return any(script_of_letter(letter) in names for letter in word)


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-")[0]
