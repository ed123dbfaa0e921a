"""Which other articles the links of an article were resolved with."""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b

from linters.checker import Dependencies
from linters.facts import codec
from linters.links.facts import LinkFacts, Use
from linters.links.include_graph import IncludeGraph
from linters.links.page_anchors import AnchorIndex


class UsedPages:
    """Collects the pages whose anchors were looked up, and the files that include others."""

    def __init__(self, anchors: AnchorIndex, graph: IncludeGraph) -> None:
        self._anchors = anchors
        self._graph = graph
        self._pages: dict[str, set[str]] = defaultdict(set)
        self._shared: dict[str, bytes] = {}
        self._common: dict[str, bytes] = {}

    def add(self, source: str, *pages: str) -> None:
        """The links of ``source`` depend on the anchors of pages, and of what these include."""
        for page in pages:
            if page != source or self._graph.includes(page):
                self._pages[source].add(page)

    def share(self, path: str, facts: LinkFacts) -> None:
        """What others may depend on: the anchors of a file, and where it includes which files."""
        includes = [link for link in facts.links if link.use is Use.INCLUDE]
        self._shared[path] = _digest((facts.anchors, includes))
        if includes:
            self._common[path] = _digest([link.url for link in includes])

    def dependencies(self) -> Dependencies:
        """By article: the pages, and all files that they include."""
        reached = self._anchors.reached
        uses = {
            source: frozenset(path for page in pages for path in reached(page)) - {source}
            for source, pages in self._pages.items()
        }
        return Dependencies(uses, self._shared, self._common)


def _digest(value: object) -> bytes:
    try:
        data = codec.encode(value)
    except ValueError:  # text that is not Unicode
        data = repr(value).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).digest()
