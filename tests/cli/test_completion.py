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
    assert "Exit status" not in text  # a menu has room for a summary only


def test_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bsh"]) == 2
    assert "did you mean 'bash'?" in capsys.readouterr().err


BASH = """
source "$1"
COMP_WORDS=(articlelint check --off) COMP_CWORD=2 COMP_LINE='articlelint check --off'
COMP_POINT=${#COMP_LINE}
"$(complete -p articlelint | sed -E 's/.*-F ([^ ]+).*/\\1/')" articlelint --off check
printf '%s\n' "${COMPREPLY[@]}"
"""
# zsh completes at its prompt only: another zsh types the line, and waits for the word.
ZSH = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=(${1:h} \\$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w shell 'compadd() { builtin compadd -O found "$@"; print -l -- "<$^found>" }'
zpty -w -n shell $'articlelint check --off\t'
zpty -r shell screen '*<--offline>*' && print -- --offline
"""
FISH = "source $argv[2]; complete --do-complete 'articlelint check --off' | cut -f 1"


@pytest.mark.parametrize(
    ("shell", "options", "script"),
    [("bash", [], BASH), ("zsh", ["-f"], ZSH), ("fish", [], FISH)],
    ids=lambda value: value if isinstance(value, str) and len(value) < 5 else "",
)
def test_a_shell_completes(
    shell: str,
    options: list[str],
    script: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell}")
    assert main(["completion", shell]) == 0
    file = tmp_path / "_articlelint"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    done = subprocess.run(
        [shell, *options, "-c", script, "ask", str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == ["--offline"]
