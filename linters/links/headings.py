"""The text of a heading, from its events, and the slugs it may get."""

from __future__ import annotations

import re

from linters.article.text.markdown import Event
from linters.links.bookmarks import slug_part, slugs

_ID = re.compile(r"#([^\s{}]+)")
_INCLUDES = re.compile(r"\[!include[^\[\]]*\](?:.*\[!include[^\[\]]*\])?", re.IGNORECASE)


class HeadingText:
    """Collects the events of one heading.

    Renderers differ on an image's description and on a line break, so a heading may have
    several texts. ``tab`` is set for the heading of a tab, which has no slug.
    """

    def __init__(self) -> None:
        self.tab = False
        self._full: list[str] = []
        self._plain: list[str] = []
        self._images = 0

    def see(self, event: Event) -> None:
        """Take the next event of the heading."""
        if event.tag == "Image":
            self._images += 1 if event.kind == "start" else -1
        elif event.kind in ("text", "code"):
            self._full.append(event.value)
            if not self._images:
                self._plain.append(event.value)
        elif event.kind in ("soft-break", "hard-break"):
            self._full.append(" ")

    def around_includes(self) -> tuple[str, str] | None:
        """The slug before and after what the heading includes; None where it includes nothing.

        The build puts the included text into the slug. A heading of nothing else is None, too.
        """
        full = "".join(self._full)
        match = None if self.tab else _INCLUDES.search(full)
        if match is None:
            return None
        before, after = slug_part(full[: match.start()]), slug_part(full[match.end() :])
        return (before, after) if before.strip("-") or after.strip("-") else None

    def slugs(self) -> tuple[str, ...]:
        """The slugs before numbering, and the id of a ``{#id}`` at the end."""
        if self.tab:
            return ()
        full, plain = "".join(self._full), "".join(self._plain)
        names = dict.fromkeys(slugs(full))
        if plain != full:
            names.update(dict.fromkeys(slugs(plain)))
        before, brace, attributes = full.rstrip(" \t").rpartition("{")
        explicit = _ID.search(attributes) if brace and attributes.endswith("}") else None
        if explicit and attributes.count("}") == 1:
            names[explicit[1]] = None
            names.update(dict.fromkeys(slugs(before.rstrip(" \t"))))
        return tuple(names)
