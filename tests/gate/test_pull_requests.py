"""Scripted pull requests, and what the gate has to say of each.

Run with ``-rA`` for the table. The gate is that of a careful owner: only what is new, rules
and baseline from the base branch, no new suppressions.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.case_server import serving
from tests.gate.base_repository import ROT, SUPPRESSION, PullRequest, article, make_base
from tests.gate.conftest import Gate, commit
from tests.git import git
from tests.running import write

pytestmark = pytest.mark.slow
GATE = ("--since", "main", "--config-from", "main", "--no-new-suppressions")
OK, FAILS = 0, 1
Script = Callable[[PullRequest], None]
SCENARIOS: list[tuple[str, int, Script]] = []


def expecting(status: int) -> Callable[[Script], Script]:
    """Register a scenario with the status that the gate has to end with."""

    def register(script: Script) -> Script:
        SCENARIOS.append((script.__name__, status, script))
        return script

    return register


@expecting(OK)
def nothing_changed(change: PullRequest) -> None:
    change.commit()


@expecting(OK)
def old_rot_mended(change: PullRequest) -> None:
    change.replace("rot", ROT, "nothing")


@expecting(OK)
def a_valid_new_article(change: PullRequest) -> None:
    change.write(new=article("A new article", "See [install](a.md#install).\n"))


@expecting(FAILS)
def a_new_article_without_header(change: PullRequest) -> None:
    change.write(new="# New\n\nText.\n")


@expecting(OK)
def a_date_in_a_header_with_an_old_misspelt_key(change: PullRequest) -> None:
    change.replace("misspelt", "ms.date: 02/13/2025", "ms.date: 03/13/2025")


@expecting(FAILS)
def a_misspelt_key(change: PullRequest) -> None:
    change.replace("a", "ms.topic: how-to\n", "ms.topic: how-to\nms.sevice: tool\n")


@expecting(FAILS)
def a_key_removed(change: PullRequest) -> None:
    change.replace("a", "title: Install the tool\n", "titel: Install the tool\n")


@expecting(FAILS)
def a_header_that_is_not_yaml(change: PullRequest) -> None:
    change.replace("a", "author: kari-example\n", "author: [kari-example\n")


@expecting(FAILS)
def a_link_to_a_missing_file(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")


@expecting(FAILS)
def a_link_to_a_missing_bookmark(change: PullRequest) -> None:
    change.append("a", "See [new](b.md#not-there).")


@expecting(FAILS)
def a_heading_renamed_that_others_link_to(change: PullRequest) -> None:
    change.replace("b", "## Setup", "## First steps")


@expecting(OK)
def a_heading_renamed_with_its_links(change: PullRequest) -> None:
    change.replace("b", "## Setup", "## First steps")
    change.replace("a", "b.md#setup", "b.md#first-steps")


@expecting(FAILS)
def a_file_removed_that_others_link_to(change: PullRequest) -> None:
    change.remove("moved")


@expecting(OK)
def a_file_removed_with_its_links(change: PullRequest) -> None:
    change.remove("moved")
    change.replace("a", " and [moved](moved.md)", "")


@expecting(FAILS)
def a_file_of_the_table_of_contents_removed(change: PullRequest) -> None:
    change.remove("b")
    change.replace("a", "[setup](b.md#setup)", "nothing")


@expecting(OK)
def a_file_moved_with_its_links_and_its_rot(change: PullRequest) -> None:
    change.move("moved", "there")
    change.replace("a", "moved.md", "there.md")


@expecting(FAILS)
def a_file_moved_without_its_links(change: PullRequest) -> None:
    change.move("moved", "there")


@expecting(FAILS)
def a_file_moved_with_new_rot(change: PullRequest) -> None:
    change.move("moved", "there")
    change.replace("a", "moved.md", "there.md")
    change.append("there", "See [x](not-there.md).")


@expecting(OK)
def another_line_beside_old_rot(change: PullRequest) -> None:
    change.replace("rot", "Last line.", "The last line.")


@expecting(FAILS)
def the_line_of_old_rot_rewritten(change: PullRequest) -> None:
    change.replace("rot", "See", "Now see")


@expecting(OK)
def other_line_ends(change: PullRequest) -> None:
    change.write(rot=change.read("rot").replace("\n", "\r\n"))


@expecting(FAILS)
def a_suppression_added(change: PullRequest) -> None:
    change.append("a", f"{SUPPRESSION}See [new](not-there.md).")


@expecting(FAILS)
def a_suppression_widened(change: PullRequest) -> None:
    change.replace("suppressed", "file-not-found", "ALL")


@expecting(OK)
def an_old_suppression_untouched(change: PullRequest) -> None:
    change.replace("suppressed", "End.", "The end.")


@expecting(FAILS)
def a_suppression_removed_whose_finding_stays(change: PullRequest) -> None:
    change.replace("suppressed", SUPPRESSION, "")


@expecting(FAILS)
def the_configuration_ignores_everything(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")
    change.settings('ignore = ["ALL"]\n')


@expecting(FAILS)
def a_nested_configuration_excludes_the_folder(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")
    change.settings('exclude = ["*"]\n', "gate/articlelint.toml")


@expecting(FAILS)
def a_pyproject_turns_the_rule_off(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")
    change.settings("[tool.articlelint.severity]\nfile-not-found = 'off'\n", "gate/pyproject.toml")


@expecting(FAILS)
def the_schema_asks_for_nothing(change: PullRequest) -> None:
    change.replace("a", "author: kari-example\n", "")
    change.settings('{"type": "object"}\n', "schemas/own.json")


@expecting(FAILS)
def docfx_no_longer_publishes_the_article(change: PullRequest) -> None:
    change.write(new="# New\n\nText.\n")
    change.settings(
        '{"build": {"content": [{"files": ["**/*.md"], "exclude": ["new.md"]}]}}',
        "gate/docfx.json",
    )


@expecting(FAILS)
def the_baseline_is_extended(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")
    known = change.root / "known.txt"
    line = known.read_text(encoding="utf-8").replace("gate/known.md", "gate/a.md")
    known.write_text(known.read_text(encoding="utf-8") + line, encoding="utf-8")


@expecting(OK)
def a_file_with_a_baseline_entry_moved(change: PullRequest) -> None:
    change.move("known", "sub/known")


@expecting(OK)
def a_hostile_name_and_a_valid_text(change: PullRequest) -> None:
    change.write(**{"::error::x ##vso[task.complete]'\"$(id)`id`": article("A name", "Text.\n")})


@expecting(FAILS)
def a_hostile_name_and_a_broken_link(change: PullRequest) -> None:
    change.write(**{"x\n::set-output name=a::b": article("A name", "[x](not-there.md)\n")})


@expecting(FAILS)
def a_name_that_looks_like_an_option(change: PullRequest) -> None:
    write(change.root, {"--exit-zero.md": article("An option", "[x](not-there.md)\n")})


@expecting(FAILS)
def a_title_that_another_article_has(change: PullRequest) -> None:
    change.replace("rot", "title: An old article", "title: Install the tool")


@expecting(FAILS)
def only_staged(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")
    change.git("add", "-A")


@expecting(FAILS)
def only_in_the_working_tree(change: PullRequest) -> None:
    change.append("a", "See [new](not-there.md).")


@expecting(FAILS)
def a_new_file_that_git_does_not_know_yet(change: PullRequest) -> None:
    change.write(new=article("A new article", "[x](not-there.md)\n"))


@expecting(OK)
def main_went_on_and_has_new_rot(change: PullRequest) -> None:
    change.replace("a", "## Install", "## Install\n\nText.")
    change.commit()
    change.git("switch", "-q", "main")
    change.append("b", "[x](not-there.md)")
    change.commit()
    change.git("switch", "-q", "topic")


@expecting(OK)
def main_merged_in_with_new_rot(change: PullRequest) -> None:
    main_went_on_and_has_new_rot(change)
    change.git("merge", "-q", "--no-ff", "-m", "merge", "main")


@expecting(OK)
def a_merge_of_main_in_progress(change: PullRequest) -> None:
    main_went_on_and_has_new_rot(change)
    change.git("merge", "-q", "--no-ff", "--no-commit", "main")


@expecting(FAILS)
def an_include_with_a_broken_link(change: PullRequest) -> None:
    change.append("includes/part", "See [x](not-there.md).")


@expecting(FAILS)
def an_include_removed_that_is_still_included(change: PullRequest) -> None:
    change.remove("includes/part")


@expecting(OK)
def only_a_picture(change: PullRequest) -> None:
    write(change.root, {"gate/media/logo.png": b"\x89PNG\0\xff"})


@expecting(FAILS)
def a_new_article_that_is_not_text(change: PullRequest) -> None:
    write(change.root, {"gate/new.md": b"\xff\xfe\0binary"})


@expecting(FAILS)
def a_damaged_segment(change: PullRequest) -> None:
    path = change.root / "sxs/nb-no/add-printer.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('<span data-ttu-id="4c9e2-104">', "", 1), encoding="utf-8")


@expecting(FAILS)
def a_new_link_to_a_page_that_is_not_there(change: PullRequest) -> None:
    change.append("remote", f"See <{change.url}/missing>.")


@expecting(OK)
def a_new_link_to_a_server_that_fails(change: PullRequest) -> None:
    change.append("remote", f"See <{change.url}/busy>.")


@expecting(OK)
def an_old_broken_link_on_a_line_that_changes(change: PullRequest) -> None:
    change.replace("remote", f"<{change.url}/old>", f"<{change.url}/old>, and more")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    with serving(["/busy 503", "/old 404", "/missing 404"]) as port:
        root = tmp_path_factory.mktemp("base") / "repository"
        url = f"http://127.0.0.1:{port}"
        make_base(root, url)
        yield root, url


@pytest.fixture
def change(base: tuple[Path, str], tmp_path: Path, gate: Gate) -> PullRequest:
    root = tmp_path / "repository"
    shutil.copytree(base[0], root)
    gate("--select", "LINK", "--write-baseline", "known.txt", "gate/known.md", folder=root)
    git(root, "config", "core.fileMode", "false")
    commit(root, "baseline")
    git(root, "switch", "-q", "-c", "topic")
    return PullRequest(root, base[1])


def network(change: PullRequest) -> tuple[str, ...]:
    """The flags with which the scenarios of the server run."""
    own = change.url.replace(".", "\\.")
    return ("--allow-network", "127.0.0.0/8", "--config", f"links.exclude=['^(?!{own})']")


@pytest.mark.parametrize(
    ("name", "status", "script"), SCENARIOS, ids=[name for name, _, _ in SCENARIOS]
)
def test_the_gate_decides(
    change: PullRequest, gate: Gate, name: str, status: int, script: Script
) -> None:
    script(change)
    flags: tuple[str, ...] = (*GATE, "--baseline", "known.txt")
    if "server" in name or "page" in name or "old_broken" in name:
        flags += (*network(change), "--config", "links.retries=0")
        result = gate(*flags, folder=change.root, offline=False)
    else:
        result = gate(*flags, folder=change.root)
    print(f"| {name.replace('_', ' ')} | {status} | {result.status} | {result.found} |")
    assert result.status == status, (result.found, result.err)
    assert ("error: --no-new-suppressions" in result.err) == (": new suppression" in result.err)


def test_there_are_forty() -> None:
    assert len(SCENARIOS) >= 40
