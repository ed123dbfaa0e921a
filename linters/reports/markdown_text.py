"""Foreign text in Markdown: it reads as it is, and none of it is markup."""

from __future__ import annotations

import re

from linters.reports.escape import escape

# What may begin or end markup within a line. Escaped ":" and "." also keep the extensions of
# GitHub, GitLab and others from making links of what looks like a URL or a host ("a.md").
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#!|~&@:$]|\.(?!\s|$)")
# Servers make mentions of people, issues, labels and milestones from the text after Markdown.
# A word joiner, which takes no room, ends the name.
_MENTION = re.compile(r"\\@(?=[\w\\])|\\[#!](?=\d)|(?<![\w\\/=?;-])(?:\\[~$&]|%)(?=\w)")
_WORD_JOINER = "\u2060"


def markdown_text(text: str) -> str:
    """The text on one line, with markup escaped."""
    escaped = _MARKUP.sub(r"\\\g<0>", escape(text))
    return _MENTION.sub(rf"\g<0>{_WORD_JOINER}", escaped)
