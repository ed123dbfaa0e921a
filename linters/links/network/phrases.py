"""Status lines as a person reads them."""

from __future__ import annotations

from http import HTTPStatus


def phrase(status: int, said: str = "") -> str:
    """``404 Not Found``: the registered phrase, else what the server said, printable."""
    try:
        text = HTTPStatus(status).phrase
    except ValueError:
        text = "".join(character for character in said[:60] if character.isprintable()).strip()
    return f"{status} {text}".strip()
