"""Writes docs/schema-keywords.md: the keywords that metadata schemas may use.

``python docs/schema_keywords.py`` writes it; a test compares the page with the code.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "schema-keywords.md"

_INTRODUCTION = """\
---
title: Keywords of metadata schemas
description: Every keyword that a schema of front matter may use, docfx's own included.
---
<!-- Made by docs/schema_keywords.py: do not edit here. -->

# Keywords of metadata schemas

A schema in `[[metadata.schemas]]` is a JSON Schema of draft 7 (the default, as in docfx), 2019-09
or 2020-12, with the keywords that docfx adds. All keywords of the schema's draft are supported;
`$ref` may name files of the repository, remote schemas are never fetched. Keywords that begin
with `x-` are ignored. Any other unknown keyword is ignored with a note that suggests the nearest
known one.

## Differences from JSON Schema

As in docfx, other keywords are not checked where `type` fails, `format` asserts `date`, `time` and
`date-time` only, and null and blank values count as not set in `dependencies`,
`dependentSchemas` and `dependentRequired`. Patterns run with a time limit. A schema
has at most 50,000 values, those of the files that it refers to included.
"""


def page() -> str:
    """The text of the page."""
    from linters.metadata.schema.docfx_metaschema import docfx_keywords, draft_keywords
    from linters.metadata.schema.validator import DRAFTS

    every = docfx_keywords()
    checked = {name: row for name, row in every.items() if not row.get("x-ignored")}
    rows = ["| keyword | value | meaning | example |", "|---|---|---|---|"]
    for name, row in checked.items():
        example = json.dumps(row["examples"][0], ensure_ascii=False) if "examples" in row else ""
        shown = f"`{example}`" if example else ""
        rows.append(f"| `{name}` | {row['title']} | {row['description']} | {shown} |")
    ignored = ["| keyword | meaning |", "|---|---|"]
    ignored += [
        f"| `{name}` | {row['description']} |"
        for name, row in every.items()
        if row.get("x-ignored")
    ]
    drafts = ["| draft | keywords |", "|---|---|"]
    for draft in dict.fromkeys(DRAFTS.values()):
        names = ", ".join(f"`{name}`" for name in sorted(draft_keywords(draft)))
        drafts.append(f"| <{draft.META_SCHEMA['$id']}> | {names} |")
    parts = [
        _INTRODUCTION,
        "## docfx's keywords\n",
        "\n".join(rows) + "\n",
        "## Accepted and not checked\n",
        "\n".join(ignored) + "\n",
        "## JSON Schema's keywords, by draft\n",
        "\n".join(drafts),
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
