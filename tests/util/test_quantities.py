"""Durations and sizes as text."""

from __future__ import annotations

from linters.util.quantities import shown_size


def test_sizes_are_shown_in_the_largest_whole_unit() -> None:
    sizes = (0, 7, 1024, 16 * 1024**2, 3 * 1024**3)
    assert [shown_size(size) for size in sizes] == [
        "0 bytes",
        "7 bytes",
        "1 KiB",
        "16 MiB",
        "3 GiB",
    ]
