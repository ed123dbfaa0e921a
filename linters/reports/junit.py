"""JUnit XML: a test suite per file, a test case per finding.

A finding of severity error is a failure. Warnings and infos are test cases that passed,
with their text as output: servers that fail a run on a failed test then fail on what the
gate fails on by default. A run without findings is one test case that passed, because some
servers take a file without test cases for a mistake.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape_line
from linters.reports.severities import severity_of
from linters.util.shorten import shorten

_LONGEST = 2000
# What ``escape_line`` leaves and XML 1.0 does not allow.
_NONCHARACTER = re.compile("[\ufffe\uffff]")


def render(report: Report, *, color: bool = False) -> str:
    """The findings as one ``testsuites`` document."""
    root = Element("testsuites", name="articlelint")
    total = failures = 0
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        suite = SubElement(root, "testsuite", name=_text(path))
        count = failed = 0
        for finding in findings:
            count += 1
            failed += _add_case(suite, finding)
        _count(suite, count, failed)
        total, failures = total + count, failures + failed
    if not total:
        suite = SubElement(root, "testsuite", name="articlelint")
        SubElement(suite, "testcase", name="no findings", classname="articlelint")
        _count(suite, 1, 0)
        total = 1
    _count(root, total, failures)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _count(element: Element, tests: int, failures: int) -> None:
    element.set("tests", str(tests))
    element.set("failures", str(failures))
    element.set("errors", "0")


def _add_case(suite: Element, finding: Finding) -> bool:
    """Add a finding's test case; returns whether it is a failure."""
    line, column = finding.range.start
    rule = f"{finding.rule.code}[{finding.rule.name}]"
    case = SubElement(
        suite,
        "testcase",
        name=_text(f"{rule} {line}:{column}"),
        classname=_text(finding.path),
        file=_text(finding.path),
        line=str(line),
    )
    severity = severity_of(finding)
    message = shorten(finding.message, _LONGEST)
    lines = [f"{finding.path}:{line}:{column}: {severity} {rule} {message}"]
    if finding.help:
        lines.append(shorten(finding.help, _LONGEST))
    text = "\n".join(map(_text, lines))
    if severity is Severity.ERROR:
        failure = SubElement(case, "failure", type=rule, message=_text(message))
        failure.text = text
        return True
    SubElement(case, "system-out").text = text
    return False


def _text(text: str) -> str:
    return _NONCHARACTER.sub(lambda match: f"\\u{ord(match[0]):04x}", escape_line(text))
