"""Where a cache may be: only the user may have written it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from linters.store.cache import Cache
from linters.store.cache_location import FILE_NAME, LocationError, prepare
from tests.git import git

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of one's own, for the key of the seals."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))


def plant(folder: Path) -> None:
    """A cache with a value, made elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    cache = Cache(folder)
    cache.put("answer", b"key", b"planted")
    cache.close()
    for file in folder.glob("*.seal"):
        file.unlink()


@posix
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    cache.put("answer", b"key", b"value")
    cache.flush()
    folder = tmp_path / "deep" / "cache"
    modes = {file.stat().st_mode & 0o777 for file in folder.iterdir() if "seal" not in file.name}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert modes == {0o600}
    cache.close()


@posix
def test_a_link_or_a_folder_for_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "elsewhere").touch()
    (tmp_path / "a" / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LocationError, match="not a plain file"):
        prepare(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b").chmod(0o777)
    with pytest.raises(LocationError, match="other users"):
        prepare(tmp_path / "b")
    (tmp_path / "c").touch()
    with pytest.raises(LocationError):
        prepare(tmp_path / "c")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_another_user_is_refused(tmp_path: Path) -> None:
    path = prepare(tmp_path / "cache")
    os.chown(path, 12345, 12345)
    with pytest.raises(LocationError, match="another user"):
        prepare(tmp_path / "cache")


def test_what_git_tracks_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    plant(tmp_path / "cache")
    assert prepare(tmp_path / "cache", [tmp_path])  # a folder of one's own within the tree
    git(tmp_path, "add", "-f", "cache")
    with pytest.raises(LocationError, match="git tracks"):
        prepare(tmp_path / "cache", [tmp_path])


@posix
@pytest.mark.parametrize("name", ["cache", "cache/new/folder"])
@pytest.mark.parametrize("repository", [True, False])
def test_a_link_of_a_checkout_does_not_choose_the_folder(
    tmp_path: Path, name: str, repository: bool
) -> None:
    root, victim = tmp_path / "root", tmp_path / "victim"
    root.mkdir()
    victim.mkdir()
    (root / "cache").symlink_to(victim)
    if repository:
        git(root, "init", "-q")
    with pytest.raises(LocationError, match="symbolic link that leaves"):
        prepare(root / name, [root])
    assert not list(victim.iterdir())


@posix
def test_a_link_to_what_git_tracks_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    plant(root / "planted")
    git(root, "init", "-q")
    git(root, "add", "-f", "planted")
    (tmp_path / "link").symlink_to(root / "planted")
    with pytest.raises(LocationError, match="git tracks"):
        prepare(tmp_path / "link", [root])


def test_a_bare_repository_around_it_vouches_for_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    plant(tmp_path / "bare" / "cache")
    git(tmp_path / "bare", "init", "-q", "--bare")
    (tmp_path / "bare" / "config").write_text("[core]\nbare = false\nworktree = .\n")
    git(tmp_path, "add", "-f", "bare")
    with pytest.raises(LocationError, match="bare repository"):
        prepare(tmp_path / "bare" / "cache", [tmp_path])


@posix
def test_a_broken_link_in_place_of_the_repository_vouches_for_nothing(tmp_path: Path) -> None:
    plant(tmp_path / "cache")
    (tmp_path / ".git").symlink_to(tmp_path / "nowhere")
    with pytest.raises(LocationError, match="git tracks"):
        prepare(tmp_path / "cache", [tmp_path])


def test_without_a_repository_only_a_seal_vouches(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    plant(root / "cache")
    with pytest.raises(LocationError, match="seal"):
        prepare(root / "cache", [root])
    assert prepare(root / "cache", [other])  # the cache is not in what is checked
    own = prepare(root / "own", [root])
    assert prepare(root / "own", [root]) == own


def test_a_repository_that_came_with_the_cache_vouches_for_nothing(tmp_path: Path) -> None:
    plant(tmp_path / "cache")
    git(tmp_path / "cache", "init", "-q")
    with pytest.raises(LocationError, match="seal"):
        prepare(tmp_path / "cache", [tmp_path])


def test_a_seal_of_another_user_vouches_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path / "root" / "cache", [tmp_path])
    shutil.copytree(tmp_path / "root", tmp_path / "copy")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another home"))
    with pytest.raises(LocationError, match="seal"):
        prepare(tmp_path / "copy" / "cache", [tmp_path / "copy"])


def test_a_cache_that_is_refused_costs_only_a_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plant(tmp_path / "cache")
    cache = Cache(tmp_path / "cache", [tmp_path])
    assert cache.get("answer", b"key") is None
    cache.close()
    assert "the cache is not used" in caplog.text
