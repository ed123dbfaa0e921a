"""What a configuration from a pull request cannot ask of the network and the processor."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.config.loading import load
from linters.model.errors import UserError


def config(folder: Path, text: str) -> Path:
    """A configuration file with these keys of ``[links]``."""
    file = folder / "articlelint.toml"
    file.write_text(f"[links]\n{text}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text",
    [
        'max-body = "65MiB"',
        'timeout = "999999999d"',
        "exclude = [" + '"x",' * 1001 + "]",
        "short-links = [" + '"x",' * 1001 + "]",
        "retries = 0x" + "f" * 4000,
        'exclude = ["(a{1000}){1000}"]',
    ],
)
def test_bounds_are_configuration_errors(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        load(config(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "exclude = [" + '"x*",' * 1001 + "]",
        "[per-file-ignores]\n" + "".join(f'"{i}*" = ["META"]\n' for i in range(1001)),
        "[metadata.file.author]\n" + "".join(f'"{i}*" = "x"\n' for i in range(1001)),
        "".join(f"[metadata.file.k{i}]\na = 1\nb = 2\n" for i in range(501)),
        "[metadata]\ndate-formats = [" + '"M/d/yyyy",' * 51 + "]",
        "[[metadata.schemas]]\nfiles = ['*']\nschema = 'article'\n" * 201,
    ],
)
def test_every_article_is_compared_with_a_thousand_globs_at_most(tmp_path: Path, text: str) -> None:
    file = tmp_path / "articlelint.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="expected at most"):
        load(file)


def test_authorities_are_files_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "ca.pem").touch()
    inside = load(config(tmp_path / "root", 'ca-files = ["ca.pem"]'))
    assert inside.links.ca_files == (str(tmp_path / "root" / "ca.pem"),)
    for name in ("../ca.pem", str(tmp_path / "ca.pem")):
        with pytest.raises(UserError, match="outside the repository"):
            load(config(tmp_path / "root", f'ca-files = ["{name}"]'))
    file = config(tmp_path / "root", 'ca-files = ["ca.pem"]')
    flag = load(file, None, {"links": {"ca-files": [str(tmp_path / "ca.pem")]}})
    assert flag.links.ca_files == (str(tmp_path / "ca.pem"),)
