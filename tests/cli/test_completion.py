"""``articlelint completion``: scripts that the shells read, with every command and flag."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from linters.cli import main
from linters.cli.command_line import COMMANDS
from linters.cli.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert command in text
    for flag in ("offline", "output-format", "unsafe-fixes"):
        assert flag in text


def test_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bsh"]) == 2
    assert "did you mean 'bash'?" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_completes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "articlelint.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    ask = """
    source "$1"
    COMP_WORDS=(articlelint check --off) COMP_CWORD=2 COMP_LINE='articlelint check --off'
    COMP_POINT=${#COMP_LINE}
    "$(complete -p articlelint | sed -E 's/.*-F ([^ ]+).*/\\1/')" articlelint --off check
    printf '%s\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", ask, "ask", str(script)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["--offline"]
