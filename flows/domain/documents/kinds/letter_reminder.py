"""Письмо-напоминание организации района: каких данных нет, к какому дню и кому их передать."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.district.debtors import debtors
from flows.domain.documents.common import common
from flows.domain.documents.name_forms import phrase
from flows.domain.errors import Refused
from flows.domain.keys import Key
from flows.russian import Doubt
from flows.russian.typography import typography

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.district.debtors import Debtor, Lack
    from flows.domain.model import Context, Facts

KIND = "letter.reminder"


def build(facts: Facts) -> Context:
    """Return the letter's context. Raise `Refused` where the organisation owes nothing for the window."""
    debtor = _debtor(facts)
    name = phrase(facts, debtor.member.name, "organisation", Doubt("", ""))["род"]
    until = facts.window.end if facts.window else None
    return {
        **common(facts, KIND),
        "кому": debtor.member.name if isinstance(name, Doubt) else name,
        "почта": debtor.member.email or None,
        "чего_нет": [typography(_said(each, until)) for each in debtor.lacks],
        "что_сделать": [typography(each.asked) for each in debtor.lacks],
        "до": until,
        "просрочено": facts.day is not None and until is not None and facts.day > until,
        "пункт": facts.activity.number.rstrip(". ") if facts.activity and facts.activity.number else None,
        "мероприятие": typography(" ".join(facts.activity.activity.split()).rstrip("."))
        if facts.activity
        else None,
        "молчит": debtor.silent,
    }


def _debtor(facts: Facts) -> Debtor:
    code = Key("", KIND, facts.subject, "").about
    if facts.district is not None and facts.window is not None:
        for each in debtors(facts.district, facts.activities, facts.window):
            if each.member.code == code:
                return each
    raise Refused(
        "Напоминание не готовится: от этой организации данные есть, или её нет во вкладке «Организации»."
    )


def _said(lack: Lack, until: date | None) -> str:
    """Say what is missing, with the row's own last day where it comes before the note's."""
    own = lack.until if lack.until and lack.until != until else None
    return f"{lack.said} (срок – {own:%d.%m.%Y})" if own else lack.said
