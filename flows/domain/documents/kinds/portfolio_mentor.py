"""Портфолио наставника к категории «педагог-наставник»: приказы, пары, встречи – из реестра и журнала."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited, common, member, the_person
from flows.domain.documents.kinds.report_mentor import fulfilment, held
from flows.domain.documents.pairs import pair_record
from flows.domain.register.in_force import in_force

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Filed, Pair

KIND = "portfolio.mentor"


def build(facts: Facts) -> Context:
    """Return the portfolio's context: of the results only levels that the table holds; the rest and reviews are added by the mentor."""
    person = the_person(facts)
    own = [pair for pair in facts.pairs if pair.mentor == person.code]
    codes = {code for pair in own for code in (pair.code, *pair.codes)}
    papers = [
        row
        for row in in_force(facts.register)
        if of(row.kind).proof
        and (
            codes & set(row.covers)
            or person.code in row.parts.subject.split("@")
            or row.parts.subject in codes
        )
    ]
    sorted_pairs = sorted(own, key=lambda pair: (pair.start, pair.code))
    pairs = [{**pair_record(facts, pair), "встреч": len(held(facts, pair))} for pair in sorted_pairs]
    programmes = [_programme(facts, pair) for pair in sorted_pairs]
    results = [
        {**gap, "кто": mentee["кратко"]}
        for pair in pairs
        for mentee in pair["наставляемые"]
        for gap in mentee["дефициты"]
        if gap["после"]
    ]
    told = {"пары": pairs, "документы": cited(sorted(papers, key=_day)), "результаты": results}
    told["программы"] = [each for each in programmes if each["задачи"]]
    return {**common(facts, KIND), "наставник": member(facts, person), **told}


def _programme(facts: Facts, pair: Pair) -> Context:
    """Tell what became of the tasks of a pair's programme and of the whole, as far as somebody typed it."""
    told, record = fulfilment(facts, pair), pair_record(facts, pair)
    tasks = [task for task in told["задачи"] if task["состояние"]]
    whom = [mentee["кратко"] for mentee in record["наставляемые"]]
    return {"кому": whom, "цель": record["цель"], "вывод": told["вывод"], "задачи": tasks}


def _day(row: Filed) -> tuple[bool, int, str]:
    """Put papers in the order of their days, those without one last."""
    return row.day is None, row.day.toordinal() if row.day else 0, row.number
