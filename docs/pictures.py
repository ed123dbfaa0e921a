"""Makes docs/media/check.svg (a terminal, by rich) and docs/media/report.png (the HTML report).

``python docs/pictures.py``; the second one needs Chromium and is left as it is without it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEDIA = ROOT / "docs" / "media"
COLUMNS = 96
_COMMAND = ["check", "--offline", "examples"]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(*flags: str) -> str:
    """The output of the command on the examples."""
    done = subprocess.run(
        [sys.executable, "-m", "linters", *_COMMAND, "--no-cache", *flags],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 1:
        raise SystemExit(done.stderr)
    return done.stdout


def terminal() -> str:
    """The report in a terminal, as SVG without fonts from elsewhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    console.print(Text(f"$ articlelint {' '.join(_COMMAND)}", style="bold"))
    console.print(Text.from_ansi(run("--color", "always")))
    svg = console.export_svg(title="articlelint", unique_id="articlelint")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def browser(output: Path) -> None:
    """A screenshot of the HTML report."""
    name = next((name for name in _BROWSERS if shutil.which(name)), None)
    if name is None:
        print("no Chromium: report.png is left as it is", file=sys.stderr)  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(run("--output-format", "html"), encoding="utf-8")
        subprocess.run(
            [
                name,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--window-size=1200,900",
                f"--user-data-dir={folder}/profile",
                f"--screenshot={output}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Write both pictures."""
    MEDIA.mkdir(exist_ok=True)
    (MEDIA / "check.svg").write_text(terminal(), encoding="utf-8", newline="\n")
    browser(MEDIA / "report.png")


if __name__ == "__main__":
    main()
