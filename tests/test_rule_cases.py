"""Every case of every rule page gives exactly the findings it lists."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from linters.checker import Checker, NetworkOptions
from linters.config.loading import load
from linters.findings.core_rules import CORE_RULES
from linters.findings.rule_settings import RuleSelection
from linters.localization.exchange.compare_locales import (
    ComparedChecker,
    LocaleTree,
    compare_trees,
)
from linters.localization.exchange.tree_lookup import ArticleTree
from linters.localization.exchange.verify_published import PublishedChecker
from linters.localization.exchange.verify_source import SourceChecker
from linters.model.settings import Settings
from linters.pipeline.plugins import load_checkers
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from linters.repository.repository import Repository
from linters.testing import NOW, Case, read_cases, run_case, shown
from tests.case_server import serving

RULE_FILES = sorted((Path(__file__).parent.parent / "linters").glob("**/rules/*.md"))
CASES = [case for path in RULE_FILES for case in read_cases(path)]
RULES = {rule.name: rule for rule in (*CORE_RULES, *(r for c in load_checkers() for r in c.rules))}


def test_every_rule_has_one_documentation_and_every_documentation_a_rule() -> None:
    assert sorted(path.stem for path in RULE_FILES) == sorted(RULES)


def test_every_rule_has_good_and_bad_cases() -> None:
    for name in RULES:
        cases = [case for case in CASES if case.rule == name]
        assert any(_names(case, name) for case in cases), f"{name}: no bad case"
        assert any(not _names(case, name) for case in cases), f"{name}: no good case"


def _names(case: Case, name: str) -> bool:
    return any(line.split()[1].rstrip(":") == name for line in case.expected or ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_case(case: Case, tmp_path: Path) -> None:
    if not case.others:
        run_case(case, load_checkers(), tmp_path)
        return
    assert case.expected is not None, "no expected block"
    root = tmp_path / "root"
    _write(root, {"articlelint.toml": case.config, **case.files})
    settings = load(root / "articlelint.toml")
    selection = select(root, [root], settings)
    family = RULES[case.rule].code.rstrip("0123456789")
    with _network(case, settings) as (settings, network, port):
        options = Options(
            choice=RuleSelection(extend_select=(case.rule,)), network=network, now=NOW
        )
        report = run(
            RunInput(
                replace(selection.repository, settings_of=lambda _: settings),
                selection.reported,
                _checkers(case, selection.repository, tmp_path),
                options,
            )
        )
    found = [
        replace(finding, message=finding.message.replace(f"127.0.0.1:{port}", "server.test"))
        for finding in report.findings
        if finding.rule.code.startswith(family)
    ]
    assert shown(found, case.expected) == case.expected


def _blocks(case: Case, kind: str) -> list[tuple[tuple[str, ...], str]]:
    return [(words, content) for found, words, content in case.others if found == kind]


@contextlib.contextmanager
def _network(case: Case, settings: Settings) -> Iterator[tuple[Settings, NetworkOptions, int]]:
    """The settings, network and port under which a case runs: offline without a server."""
    servers = _blocks(case, "server")
    if not servers:
        yield settings, NetworkOptions(offline=True), 0
        return
    with serving(servers[0][1].splitlines()) as port:
        links = replace(
            settings.links,
            remap={r"^http://server\.test(?=/)": f"http://127.0.0.1:{port}"},
            retries=0,
        )
        network = NetworkOptions(allow_network=(ip_network("127.0.0.0/8"),))
        yield replace(settings, links=links), network, port


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogatepass"))


def _checkers(case: Case, repository: Repository, folder: Path) -> Sequence[Checker]:
    trees = {}
    for name in ("published", "english"):
        files = {words[0]: content for words, content in _blocks(case, name)}
        if files:
            _write(folder / name, files)
            trees[name] = ArticleTree(folder / name, name)
    if "published" in trees:
        return (PublishedChecker(trees["published"]),)
    if "english" in trees:
        return (SourceChecker(trees["english"], [repository.root]),)
    for _, names in _blocks(case, "compare"):
        compared = compare_trees([_locale_tree(name, repository) for name in names.split()])
        return (
            ComparedChecker([finding for found in compared.findings.values() for finding in found]),
        )
    return load_checkers()


def _locale_tree(name: str, repository: Repository) -> LocaleTree:
    start = f"{name}/"
    paths = [path for path in repository.articles if path.startswith(start)]
    return LocaleTree(name, repository, {path.removeprefix(start): path for path in paths})
