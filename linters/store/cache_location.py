"""Where the cache is, and whether it can be trusted.

Everything a server answered, and everything an article says, is taken from this file again, so
only the user may have put it there: not another user of the machine, and not the author
of a pull request.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from linters.util import git
from linters.util.safe_paths import detour

FILE_NAME = "cache-2.sqlite3"
_KEY_NAME = "key"
_BARE_REPOSITORY = ("HEAD", "objects", "refs")


class LocationError(Exception):
    """The cache must not, or cannot, be there; says why."""


def default_cache_dir() -> Path:
    """The user's cache folder of this tool; not created."""
    from platformdirs import user_cache_path

    return user_cache_path("articlelint", appauthor=False)


def prepare(folder: Path, roots: Iterable[Path] = ()) -> Path:
    """Create the folder (0700) and the file (0600) where missing; the file's path.

    ``roots`` are the folders that are checked. Raises LocationError where folder or file
    belongs to another user, is a link or not a plain file, where a link leads the folder out of
    a repository or a checked folder, where anybody may write the folder, where git tracks
    anything in it, and where it is in a checked folder without a repository to ask,
    unless the file has the seal of this user.
    """
    roots = tuple(roots)
    _check_links(Path(os.path.abspath(folder)), roots)  # noqa: PTH100 - links stay
    try:
        with suppress(OSError):  # a read-only file system
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        if not folder.is_dir():
            raise LocationError(f"{folder} is not a folder")
        _check_owner(folder, os.stat(folder))  # noqa: PTH116
        path = folder / FILE_NAME
        for name in (path, seal_of(path), *companions(path)):
            _check_file(name)
        _check_origin(folder, path, [root.resolve() for root in roots])
        if not path.exists():
            _create(path)
            _seal(path)
    except OSError as error:
        raise LocationError(f"{folder}: {error.strerror or error}") from error
    return path


def companions(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps next to a database."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def seal_of(path: Path) -> Path:
    """The file with the seal of a cache."""
    return path.with_name(path.name + ".seal")


def set_aside(path: Path) -> Path:
    """Move a damaged database out of the way, over one moved before; where it is now."""
    aside = path.with_name(path.name + ".damaged")
    path.replace(aside)
    for companion in companions(path):
        companion.unlink(missing_ok=True)
    return aside


def _create(path: Path) -> None:
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    os.close(os.open(path, flags, 0o600))


def _check_file(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise LocationError(f"{path} is not a plain file")
    if status.st_nlink > 1:
        raise LocationError(f"{path} has several hard links")
    _check_owner(path, status)
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        with suppress(OSError):
            path.chmod(0o600)


def _check_owner(path: Path, status: os.stat_result) -> None:
    if os.name != "posix":
        return  # the profile folder's access list says who may write
    if status.st_uid not in (os.geteuid(), 0):
        raise LocationError(f"{path} belongs to another user")
    if status.st_mode & 0o002:
        raise LocationError(f"{path} can be written by other users")


def _check_links(folder: Path, roots: Sequence[Path]) -> None:
    """Refuse a folder that a link of a checkout chooses: others' files lie there."""
    above = (folder, *folder.parents)
    repositories = (parent for parent in above if os.path.lexists(parent / ".git"))
    for root in (*repositories, *(Path(os.path.abspath(root)) for root in roots)):  # noqa: PTH100
        wrong = detour(folder, root) if folder.is_relative_to(root) else None
        if wrong is not None:
            raise LocationError(f"{folder}: {wrong}")


def _check_origin(folder: Path, path: Path, roots: Sequence[Path]) -> None:
    """Refuse what may have come with a checkout."""
    above = (folder, *folder.parents)
    for parent in above:
        if all((parent / name).exists() for name in _BARE_REPOSITORY) and parent.name != ".git":
            # git would take it for the repository, which then says what is tracked.
            raise LocationError(f"{folder} is in a bare repository")
    repositories = [parent for parent in above if os.path.lexists(parent / ".git")]
    for parent in repositories:
        if _tracked(parent, folder):
            raise LocationError(
                f"{folder} contains files that git tracks: others may have written them"
            )
    around = [root for root in roots if folder.is_relative_to(root)]
    # A repository below the root may itself have come with the files.
    vouched = any(root.is_relative_to(parent) for root in around for parent in repositories)
    if around and not vouched and path.exists() and not _has_seal(path):
        raise LocationError(
            f"{path} is in the checked folder without a git repository and has no seal of this "
            "user: anybody may have written it"
        )


def _tracked(repository: Path, folder: Path) -> bool:
    """Whether git tracks a file in the folder (then a contributor may have planted it)."""
    inside = folder.relative_to(repository).as_posix()
    try:
        # The repository is named: a bare one in between must not answer.
        words = ("--git-dir", str(repository / ".git"), "--work-tree", str(repository))
        return git.run(repository, *words, "ls-files", "-z", "--", f":(top,literal){inside}") != b""
    except git.GitError:
        return True


def _has_seal(path: Path) -> bool:
    key = _key()
    try:
        salt, _, mark = seal_of(path).read_text("ascii")[:200].partition(" ")
    except (OSError, ValueError):
        return False
    return key is not None and hmac.compare_digest(mark.strip(), _mark(key, salt))


def _seal(path: Path) -> None:
    """Mark a new cache as this user's, with a key from the user's own cache folder."""
    key = _key()
    if key is None or seal_of(path).exists():
        return
    salt = secrets.token_hex(16)
    with suppress(OSError):
        seal_of(path).write_text(f"{salt} {_mark(key, salt)}\n", "ascii")


def _mark(key: bytes, salt: str) -> str:
    return hmac.new(key, salt.encode("ascii", "replace"), hashlib.sha256).hexdigest()


def _key() -> bytes | None:
    """The user's key, made when it is first needed; None where it cannot be kept."""
    path = default_cache_dir() / _KEY_NAME
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_file(path)
        if not path.exists():
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
        key = path.read_bytes()
    except (OSError, LocationError):
        return None
    return key if len(key) == 32 else None
