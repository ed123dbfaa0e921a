"""The network client of plug-ins: guarded as links are, and absent without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from linters.checker import Article, Context, NetworkOptions, Resolution, ResolveContext
from linters.config.nearest import Configurations
from linters.finding import Finding, Position, Range, Rule, Severity
from linters.model.report import Report
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from tests.case_server import serving
from tests.running import write

ANSWER = Rule("ASK001", "server-answer", Severity.INFO, "What a server says.")
LOCAL = NetworkOptions(allow_network=(ip_network("127.0.0.0/8"),))


class Asks:
    """Reports what a server answers."""

    name = "asks"
    rules = (ANSWER,)
    facts_type = None
    settings_schema: Mapping[str, Any] = {"type": "object"}

    def check(self, article: Article, context: Context) -> tuple[Finding, ...]:
        return ()

    def collect(self, article: Article, context: Context) -> None:
        return None

    async def resolve(self, facts: Mapping[str, Any], context: ResolveContext) -> Resolution:
        url = context.options["url"]
        if context.client is None:
            message = "no client"
        else:
            found = await context.client.get(url)
            body = "nothing" if found is None else found.body.decode()
            message = f"{body}, {(await context.client.ask([url]))[url].verdict}"
        place = Range(Position(1, 1), Position(1, 2))
        return Resolution((Finding(rule=ANSWER, path="a.md", range=place, message=message),))


@pytest.fixture
def server() -> Iterator[str]:
    with serving(["/ 200 hello"]) as port:
        yield f"http://127.0.0.1:{port}/"


def _run(folder: Path, url: str, network: NetworkOptions) -> Report:
    write(folder, {"a.md": "text\n", "articlelint.toml": f"[plugins.asks]\nurl = '{url}'\n"})
    selection = select(folder, [folder], Configurations(folder))
    options = Options(network=network)
    return run(RunInput(selection.repository, selection.reported, (Asks(),), options))


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (LOCAL, "hello, ok"),
        (NetworkOptions(), "nothing, blocked"),
        (NetworkOptions(offline=True), "no client"),
    ],
    ids=["allowed", "not public", "offline"],
)
def test_a_plug_in_asks_through_the_guard(
    tmp_path: Path, server: str, network: NetworkOptions, message: str
) -> None:
    report = _run(tmp_path, server, network)
    assert report.errors == ()
    assert [finding.message for finding in report.findings] == [message]
