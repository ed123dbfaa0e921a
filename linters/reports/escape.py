"""Makes foreign text safe to print: on terminals, in CI logs, on one line.

Articles, file names and answers of servers may be hostile. Nothing of theirs may move the
cursor, reorder what is shown, end a line, or be taken for a command by a CI runner.
"""

from __future__ import annotations

import re

# C0, DEL and C1 controls (ESC and CSI among them), line and paragraph separators, marks,
# embeddings, overrides and isolates of the bidirectional algorithm, tag characters,
# surrogates, and U+FEFF.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
# GitHub's runner takes "##[name]" and Azure's agent "##vso[name]" for a command anywhere in
# a line, GitHub's "::name::" where a line begins.
_COMMAND = re.compile(r"##(?=\w*\[)")
_LINE_COMMAND = re.compile(r"^(\s*)::")


def escape(text: str) -> str:
    """The text on one line, with every unsafe character as ``\\xNN`` or ``\\uNNNN``.

    ``##name[`` is broken up, so that no CI runner takes it for a command.
    """
    if text.isascii() and text.isprintable() and "##" not in text:
        return text  # nearly every text
    return _COMMAND.sub(r"#\\x23", _UNSAFE.sub(_visible, text))


def escape_line(text: str) -> str:
    """A whole output line: as ``escape``, and ``::`` at its beginning broken up, too."""
    escaped = escape(text)
    return _LINE_COMMAND.sub(r"\1\\x3a:", escaped) if "::" in escaped else escaped


def escape_character(character: str) -> str:
    """One character as ``escape`` shows it."""
    return _UNSAFE.sub(_visible, character)


def begins_command(text: str, index: int) -> bool:
    """Whether the ``#`` at a 0-based index is the second one of ``##name[``."""
    return index > 0 and _COMMAND.match(text, index - 1) is not None


def _visible(match: re.Match[str]) -> str:
    number = ord(match[0])
    short = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}.get(number)
    if short is not None:
        return short
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
