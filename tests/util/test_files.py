"""Bounded reads and whole writes."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from linters.model.errors import UserError
from linters.util.files import FileError, read_bounded, read_stream, write_whole
from linters.util.safe_paths import detour, refuse_detour, write_output


def _link(link: Path, target: str) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("symbolic links need a privilege")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"1234")
    assert read_bounded(file, 4) == b"1234"
    with pytest.raises(FileError, match=r"larger than 3 bytes \(4 bytes\)"):
        read_bounded(file, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="not a regular file"):
        read_bounded(tmp_path / "pipe", 10)


@pytest.mark.parametrize("name", ["missing", "nul\0"])
def test_what_cannot_be_opened_says_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=r"\w"):
        read_bounded(tmp_path / name, 10)


def test_a_write_replaces_the_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.sh"
    file.write_bytes(b"old")
    file.chmod(0o700)
    write_whole(file, [b"new", b"er"])
    assert file.read_bytes() == b"newer"
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o700
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_new_file_has_the_permissions_of_the_mask(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", [b"x"])
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(file, pieces())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_symbolic_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    _link(tmp_path / "link", "real")
    write_whole(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices")
def test_a_device_is_written_to() -> None:
    write_whole(Path("/dev/null"), [b"x"])
    assert not Path("/dev/null").is_file()


def test_the_ways_out_of_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".git").mkdir(parents=True)
    (root / "a").write_bytes(b"")
    _link(root / "fine", "a")
    _link(root / "out", "../outside")
    _link(root / "data", ".git/config")
    _link(root / "circle", "circle")
    assert [detour(root / name, root) for name in ("a", "new", "fine")] == [None, None, None]
    assert [detour(root / name, root) for name in ("out", "data", "circle")] == [
        "a symbolic link that leaves the repository",
        "a symbolic link into the repository's own data",
        "a symbolic link loop",
    ]


def test_output_goes_nowhere_by_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "root" / ".git").mkdir(parents=True)
    _link(tmp_path / "root" / "report", "../outside")
    with pytest.raises(UserError, match=r"--report x: |report: a symbolic link"):
        write_output(tmp_path / "root" / "report", [b"x"], "--report x")
    assert not (tmp_path / "outside").exists()
    refuse_detour(tmp_path / "anywhere")
    write_output(tmp_path / "new" / "folder" / "file", [b"x"])
    assert (tmp_path / "new" / "folder" / "file").read_bytes() == b"x"


def test_output_that_cannot_be_written_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="cannot be written: "):
        write_output(tmp_path / "file" / "below", [b"x"], "--report x")


def test_a_stream_is_read_up_to_a_limit() -> None:
    assert read_stream(io.BytesIO(b"x" * 1024), 1024) == b"x" * 1024
    with pytest.raises(FileError, match="larger than 1 KiB"):
        read_stream(io.BytesIO(b"x" * 1025), 1024)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", [b"x"], private=True)
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
