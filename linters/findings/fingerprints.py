"""Fingerprints of findings, and what else the report needs of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from linters.article.article import Article
from linters.findings.directives import MAX_DIRECTIVES, Directive, find_directives
from linters.model.finding import Finding
from linters.model.note import Note
from linters.util.stable_digest import text_digest


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """Who owns an article (the value of ``ms.author``), and its directives.

    ``ignored`` counts the directives over the limit; ``first_ignored`` is the line of the first.
    """

    owner: str | None = None
    directives: tuple[Directive, ...] = ()
    ignored: int = 0
    first_ignored: int | None = None

    def notes(self, path: str) -> Iterator[Note]:
        """What was ignored in the article at a path."""
        if self.ignored:
            message = f"more than {MAX_DIRECTIVES:,} directives: {self.ignored:,} ignored"
            yield Note(message, path, self.first_ignored)


def summarize(article: Article) -> ArticleSummary:
    """The owner and the directives of one article."""
    owner = article.header.values.get("ms.author") if article.header else None
    named = owner if isinstance(owner, str) and owner.strip() else None
    directives = find_directives(article)
    ignored = directives[MAX_DIRECTIVES:]
    line = ignored[0].range.start.line if ignored else None
    return ArticleSummary(named, directives[:MAX_DIRECTIVES], len(ignored), line)


def mark(article: Article, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each with the digest of its line's text, in which white space is one space.

    The line survives changes elsewhere in the article, and other wordings of the message. It is
    read once for all its findings: a line of 2 MB may have thousands.
    """
    digests: dict[int, str] = {}
    for finding in findings:
        number = finding.range.start.line
        if finding.path != article.path or number > len(article.lines):
            # An inherited value's, in a configuration file; or a plug-in's, which may not exist.
            digest = _digest(finding.message)
        else:
            if number not in digests:
                digests[number] = _digest(" ".join(article.lines.line(number).split()))
            digest = digests[number]
        yield replace(finding, text_digest=digest)


def subject(article: Article, finding: Finding) -> str:
    """What a finding is about: the text that it covers, or the message where it covers none."""
    try:
        start = article.lines.offset(finding.range.start)
        end = article.lines.offset(finding.range.end)
    except ValueError:  # a plug-in's position may not exist
        return finding.message
    return article.text[start:end] or finding.message


def fingerprinted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, in their order, each with a fingerprint of its own.

    It is made of the rule, the path, the text of the line, and how often these came before.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        digest = finding.text_digest or _digest(finding.message)
        key = (finding.rule.code, finding.path, digest)
        seen[key] += 1
        yield replace(
            finding,
            text_digest=digest,
            occurrence=seen[key],
            fingerprint=_digest("\0".join((*key, str(seen[key])))),
        )


def _digest(text: str) -> str:
    return text_digest(text, 32)
