"""Outcomes of links from answers, under the settings of one run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from linters.checker import NetworkOptions
from linters.links.network.answer import Answer, Failure, FailureKind
from linters.links.network.url_rules import UrlRules
from linters.links.network.verdict import judge, shows
from linters.model.link import Outcome
from linters.model.settings import LinkSettings

_UNASKED = {
    FailureKind.INTERRUPTED: "interrupted",
    FailureKind.CUT_OFF: "no response before --deadline",
    FailureKind.DEADLINE: "not requested before --deadline",
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges links; in an audit an outcome says in which second its answer was asked for.

    Whole seconds, so that most links of one second have the same outcome in memory.
    """

    settings: LinkSettings
    network: NetworkOptions
    rules: UrlRules

    def outcome(self, link: str, answer: Answer) -> Outcome:
        """The outcome of a link, fragment included."""
        outcome = judge(link, answer, self.settings, self.network.allow_network, self.rules)
        if self.network.journal is not None and answer.was_asked:
            outcome = replace(outcome, asked=float(int(answer.asked)))
        return outcome

    def shown(self, link: str, answer: Answer) -> Outcome | None:
        """The outcome of a link; None where the answer does not show it."""
        return self.outcome(link, answer) if shows(link, answer, self.settings) else None

    def unasked(self, kind: FailureKind) -> Outcome:
        """The outcome of a link whose answer was not waited for."""
        return self.outcome("", Answer("", 0.0, failure=Failure(kind, _UNASKED[kind], "")))
