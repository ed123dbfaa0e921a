"""Opens pages in a real headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

needs_chromium = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


def dump_dom(page: Path, *flags: str, budget: int = 30_000) -> str:
    """The document after its scripts have run (``budget`` milliseconds of virtual time)."""
    assert BROWSER is not None
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                BROWSER,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                f"--user-data-dir={profile}",
                f"--virtual-time-budget={budget}",
                *flags,
                "--dump-dom",
                page.as_uri(),
            ],
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=240,
        )
    assert "CONSOLE" not in done.stderr, done.stderr
    return done.stdout
