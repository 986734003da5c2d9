"""Бланки, которым не нужно ничего, кроме общих сведений: анкеты, памятки, сценарий, формы заявок и описаний."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.domain.documents.common import common

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder

HEADINGS = {
    "questionnaire.mentee_in": "Анкета наставляемого (перед началом программы)",
    "questionnaire.mentee_out": "Анкета наставляемого (по итогам программы)",
    "questionnaire.mentor_in": "Анкета наставника (перед началом программы)",
    "questionnaire.mentor_out": "Анкета наставника (по итогам программы)",
    "questionnaire.mentor": "Анкета наставника о потребности в обучении",
    "questionnaire.potential_mentor": "Анкета потенциального наставника",
    "questionnaire.curator": "Анкета куратора",
    "questionnaire.needs": "Анкета о запросах и затруднениях педагога",
    "memo.mentor": "Памятка наставника",
    "memo.mentee": "Памятка наставляемого",
    "scenario": "Сценарий установочной встречи",
    "case": "Кейс успешной практики наставничества",
    "practice": "Описание практики наставничества",
    "application": "Заявка на участие",
    "program.promotion": "Программа информационного продвижения наставничества",
    "program.seminar": "Программа семинара для наставников",
}
SUBJECTS = {kind: "event" if kind in {"application", "program.promotion", "program.seminar"} else "organisation" for kind in HEADINGS}
BUILDERS: dict[str, Builder] = {kind: partial(common, kind=kind, heading=heading) for kind, heading in HEADINGS.items()}
