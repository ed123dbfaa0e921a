"""Text that tries to act in whatever shows it."""

from __future__ import annotations

from hypothesis import strategies as st

SNIPPETS = (
    *("\x1b[31m", "\r", "\n", ":", "#", "[", "]", "%", ",", " ", "\x9b", "\x85", "\0", ";"),
    *("\u202e", "\u2066", "\u2028", "\udc80", "\ufffe", "::error::", "##vso[task.x]", "##[group]"),
    *("<script>alert(1)</script>", "</script>", "<!--", "]]>", "<img src=x onerror=alert(1)>"),
    *("=1+1", "+1", "-1", "@team", "#123", "![x](http://evil.example/)", "https://evil.example/"),
    *("`", "|", "&lt;", "\\", '"', "'", "{{7*7}}", "{% raw %}", "www.evil.example", "a@b.example"),
    *("$x$", "~~~", "]: http://evil.example/", "</textarea>", "</style>", "javascript:alert(1)"),
)

CHARACTERS = st.lists(st.one_of(st.characters(), st.sampled_from(SNIPPETS))).map("".join)
