"""The functions that build patterns of words while the program runs or is imported, each with the patterns of its real words."""

import re

from flows import settings
from flows.domain.catalogue import calling_words, record
from flows.domain.difficulties import wording
from flows.domain.monitoring.note import outline
from flows.domain.roadmap.checks import called_papers
from flows.domain.terms import grammar, mending
from flows.office import discovery, wire
from flows.papers import lint_text, paper_text
from flows.workspace import trial_answers


def _of_stems(make):
    return [make(record.of(kind).stem) for kind in record.having("stem")]


def _of_boundaries(make):
    return [make(boundary) for boundary in ("a", "-", "===== a =====", "(a+)+")]


BUILDERS = {
    "flows.domain.catalogue.calling_words.rule": lambda: [
        pattern
        for each in (*calling_words.RULES, *record.called())
        for pattern in (each.words, each.unless)
        if pattern
    ],
    "flows.domain.catalogue.record._check_rule": lambda: [each.words for each in record.called()],
    "flows.domain.difficulties.wording.sought": lambda: [
        *(each.words for each in settings.difficulties().entries),
        *(each.words for each in settings.difficulties().posts),
        wording.sought(("планирование занятий", "рабоч* программ*"), forms=True),
    ],
    "flows.domain.documents.minutes.adopts": lambda: [
        re.compile(record.of(kind).adopted) for kind in record.having("adopted")
    ],
    "flows.domain.monitoring.note.outline.long_row": lambda: [
        outline.long_row(most) for most in outline.MOST_CODES.values()
    ],
    "flows.domain.roadmap.checks.called_papers.made_pattern": lambda: _of_stems(called_papers.made_pattern),
    "flows.domain.roadmap.checks.called_papers.spelt_pattern": lambda: _of_stems(called_papers.spelt_pattern),
    "flows.domain.terms.mending._broken": lambda: [mending._BROKEN],
    "flows.domain.terms.tokens.when": lambda: [grammar._CELL],
    "flows.office.discovery._method": lambda: [each.pattern for each in discovery.methods()],
    "flows.office.wire.first_mark": lambda: _of_boundaries(wire.first_mark),
    "flows.office.wire.mark_of": lambda: [
        pattern
        for end in (b"\n", b"\r\n")
        for pattern in _of_boundaries(lambda boundary, end=end: wire.mark_of(boundary, end))
    ],
    "flows.papers.lint_text._phrase": lambda: [each.pattern for each in lint_text.PHRASES],
    "flows.papers.paper_text.tokens": lambda: [paper_text.tokens("w"), paper_text.tokens("a" * 20)],
    # What is compiled later stands in its module from the start.
    "flows.russian.late.__getattr__": tuple,
    "flows.workspace.trial_answers.known": lambda: [pattern for _, pattern, _ in trial_answers.known().calls],
}
