"""The starter configuration: what is known of the repository, and what a first run suggests."""

from __future__ import annotations

from collections.abc import Iterator

from linters.cli.installation import Installation, find_installation
from linters.cli.proposals import ignore_lines, per_file_ignore_lines, severity_lines
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.statistics import rule_statistics
from linters.reports.summary import level_counts, plural
from linters.repository.build import BuildConfiguration
from linters.repository.docfx import Docset

_SCHEMA = "articlelint.schema.json"


def starter(build: BuildConfiguration, report: Report | None, articles: tuple[str, ...]) -> str:
    """A configuration in TOML; a report of a first run adds suggestions."""
    return "".join(line.rstrip() + "\n" for line in _lines(build, report, articles))


def _schema_lines(found: Installation) -> Iterator[str]:
    """The line by which editors find the JSON Schema of the configuration.

    It is a URL in the repository if that is served over HTTPS, else a file in the
    configuration's folder.
    """
    if found.repository is not None and found.repository.startswith("https://"):
        repository = found.repository.removesuffix(".git")
        yield f"#:schema {repository}/raw/{found.commit}/schemas/config.schema.json"
    else:
        yield f"#:schema ./{_SCHEMA}"
        yield f"# Editors complete the keys after: articlelint config --schema > {_SCHEMA}"


def _lines(
    build: BuildConfiguration, report: Report | None, articles: tuple[str, ...]
) -> Iterator[str]:
    yield from _schema_lines(find_installation())
    yield "# `articlelint config` shows all settings in force; every key is optional."
    yield from _build_lines(build)
    yield ""
    yield '# include = ["*.md", "TOC.yml", "toc.yml", "index.yml"]'
    yield '# exclude = ["drafts/"]'
    if report is not None and report.findings:
        yield ""
        yield from _first_run(report)
        yield from ignore_lines(report)
        for lines in (severity_lines(report), per_file_ignore_lines(report, articles)):
            yield from _after_blank(lines)
    else:
        yield "# ignore = []"
        yield '# severity = { heading-anchor-mismatch = "error" }  # error, warning, info, off'
    yield ""
    yield "# [localization]"
    locale = next((d.locale for d in build.publish.docsets if d.locale), None)
    source = "the publish configuration" if locale else "an example"
    yield f'# locale = "{_plain(locale or "nb-NO")}"  # {source}; detected without this line'
    yield ""
    yield "# [links]"
    yield "# exclude = ['^https://intranet\\.']"


def _build_lines(build: BuildConfiguration) -> Iterator[str]:
    for docset in build.docsets.docsets:
        yield f"# {escape(docset.path)}: {_docset(docset)}"
    if build.redirections:
        yield f"# redirections: {len(build.redirections):,}, used to check links"


def _docset(docset: Docset) -> str:
    files = ", ".join(glob for content in docset.content for glob in content.files)
    keys = len({value.key for value in docset.everywhere})
    keys += len({value.key for _, value in docset.somewhere})
    content = escape(files) if files else "no content"
    return f"{content}; its articles inherit {plural(keys, 'metadata key')}."


def _first_run(report: Report) -> Iterator[str]:
    counts = level_counts(rule_statistics(report))
    articles = plural(report.articles, "article")
    yield f"# A first run, without the network, found {counts} in {articles}."
    yield "# Uncomment what you do not want to decide now, or keep all of it in a baseline."


def _after_blank(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield ""
        yield line


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or character == "-")
