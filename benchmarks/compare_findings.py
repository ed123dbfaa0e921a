"""Compares the findings and links of two runs, by rule and place: what a change of code changes.

``python benchmarks/compare_findings.py BEFORE AFTER`` takes two JSON reports, or two folders
of reports with the same names. Wording, help and fingerprints do not count. Exit status 0
when nothing differs, 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> int:
    """Print what only one side has; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--summary", action="store_true", help="counts by rule only")
    arguments = parser.parse_args()
    different = False
    for name, before, after in _pairs(arguments.before, arguments.after):
        old, new = Counter(_rows(before)), Counter(_rows(after))
        missing, added = old - new, new - old
        different = different or bool(missing or added)
        if arguments.summary:
            counts = {
                sign: Counter(row[0] for row in rows.elements())
                for sign, rows in (("-", missing), ("+", added))
            }
            for sign, rules in counts.items():
                for rule, count in rules.most_common():
                    print(f"{name}: {sign}{count} {rule}")
            continue
        for sign, rows in (("-", missing), ("+", added)):
            for row in sorted(rows.elements()):
                print(f"{name}: {sign} {' '.join(row)}")
    return int(different)


def _pairs(before: Path, after: Path) -> Iterator[tuple[str, Any, Any]]:
    if before.is_file():
        yield before.stem, _load(before), _load(after)
        return
    for file in sorted(before.glob("*.json")):
        yield file.stem, _load(file), _load(after / file.name)


def _load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _rows(report: Any) -> Iterator[tuple[str, ...]]:
    for finding in report["findings"]:
        place = f"{finding['path']}:{finding['line']}:{finding['column']}"
        end = f"{finding['end_line']}:{finding['end_column']}"
        yield finding["name"], place, end, finding["severity"]
    for link in report["links"]:
        for place in link["places"]:
            yield (
                f"link {link['verdict']} {link['cause']}",
                f"{place['path']}:{place['line']}:{place['column']}",
                link["url"],
                link["target"],
            )


if __name__ == "__main__":
    raise SystemExit(main())
