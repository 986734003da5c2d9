"""A small invented district for the tests of what organisations give back: short ways to say who gave what."""

from datetime import date
from fractions import Fraction

from flows.domain.district.handing import Handed
from flows.domain.district.members import Member
from flows.domain.district.reach import Reach
from flows.domain.district.returns import Return, Unreached
from flows.domain.district.tables import Roll, tables
from flows.domain.model import Origin, Row
from flows.domain.monitoring.indicators.evidence import school_period
from flows.domain.monitoring.indicators.figure import Figure, part_text
from tests.monitoring.monitoring_school import METHOD

DAY = date(2027, 4, 20)
NAMES = {"dubok": "МБДОУ № 1 «Дубок»", "gimnaziya": "Гимназия № 3", "sosh4": "СОШ № 4"}
SHUT = "Книга организации «sosh4» лежит в корзине. Верните её из корзины и повторите."


def member(slug, **told):
    code = f"О-{[*NAMES].index(slug) + 1:03d}"
    return Member(code, slug, NAMES[slug], Origin(tab="Организации", row=int(code[2:]) + 1), **told)


MEMBERS = tuple(member(slug) for slug in NAMES)


def share(code, part, whole, *rows, **told):
    """A share as an organisation counts it."""
    value = Fraction(part) / Fraction(whole) * 100
    base = {"name": METHOD.specs[code.partition(":")[0]].name, "text": part_text(part, whole), "rows": rows}
    return Figure(**{"code": code, **base, "numerator": part, "denominator": whole, "value": value, **told})


def absent(code, why, *, early=False):
    return Figure(code, METHOD.specs[code].name, f"нет данных: {why}", missing=why, early=early)


def gave(slug, *figures, day=DAY, **told):
    base = {
        "scheme": 6, "name": NAMES[slug], "mentors": 2, "mentees": 3, "pairs": 3, "overdue": 1, "stops": 0, "unsigned": 4,
        "period": school_period(day), "figures": figures,
    }  # fmt: skip
    return Return(slug, day, **{**base, **told})


def shut(slug):
    return Unreached(slug, Reach.BINNED, SHUT)


def handed(code, number, activity="Назначение куратора", **told):
    return Handed(code, number, "1", activity, "", "до 15.10.2026", "ОО", "Приказ", **told)


def rolled(*returns, before=None, members=MEMBERS, plan=(), day=DAY, method=METHOD):
    """What the tabs hold after a walk; `before` is what they held."""
    by_slug = {each.member: each for each in returns}
    roll = Roll(members, by_slug, {each.slug: plan for each in members}, standing(before), method, day)
    return tables(roll)


def standing(before, **typed):
    """The rows of the tabs as the next walk reads them; `typed` gives people's cells by key."""
    tabs = before.tabs if before else {}
    return {
        tab: {
            key: Row(Origin(tab=tab, row=at), "", {**cells, **typed.get(key, {})})
            for at, (key, cells) in enumerate(rows.items(), 2)
        }
        for tab, rows in tabs.items()
    }
