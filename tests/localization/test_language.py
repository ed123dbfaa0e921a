"""The quick check for letters of other scripts misses none."""

import re

from linters.localization import language
from linters.localization.scripts import script_of_letter


def test_every_letter_of_another_script_is_seen() -> None:
    letter = re.compile(r"[^\W\d_]")
    for code in range(0x80, 0x3000):
        character = chr(code)
        if letter.match(character) and script_of_letter(character) != "LATIN":
            assert language._NOT_LATIN.match(character), f"U+{code:04X}"
