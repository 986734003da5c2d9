"""The municipal note as sections and appendices, from what a district's book says for a window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.district.letting_out import indicator
from flows.domain.district.note import sections
from flows.domain.district.note.advice import advised
from flows.domain.district.note.looked_at import looked_at
from flows.domain.monitoring.indicators.figure import Scope
from flows.domain.monitoring.note.building import numbered_sections
from flows.domain.monitoring.note.comparison import last_before
from flows.domain.monitoring.note.focus import ask_of, title_of
from flows.domain.monitoring.note.shape import Note, Section, Table

if TYPE_CHECKING:
    from flows.domain.district.note.looked_at import Compared, LookedAt
    from flows.domain.model import Facts
    from flows.domain.monitoring.indicators.evidence import Evidence

MOST_COLUMNS = 4
NOTHING = "нет данных"


def municipal_note(facts: Facts, evidence: Evidence, kind: str) -> Note:
    """Write the note that `facts.activity` asks for in `facts.window`; `evidence` gives the method and the kept notes."""
    assert facts.window is not None
    ask = ask_of(facts.activity, kind)
    start = facts.period.start if facts.period else None
    told = looked_at(facts.district, evidence.method, facts.activities, facts.window, facts.activity, start)
    scope = Scope(told.period, told.cut_off or told.period.end)
    told = replace(told, previous=last_before(ask, facts.subject, scope, evidence.previous))
    advice = advised(told)
    last = (sections.recommendations(advice), sections.decisions(told, advice))
    shown = [section for section in (*(part(told) for part in sections.BEFORE), *last) if section is not None]
    numbered = tuple(numbered_sections((*shown, _by_member(told), _how(told))))
    return Note(
        ask,
        title_of(ask, told.period),
        told.period,
        told.cut_off,
        f"п. {facts.activity.number}" if facts.activity and facts.activity.number else "",
        numbered[: len(shown)],
        told.figures,
        recommendations=advice,
        appendices=tuple(replace(each, number=at) for at, each in enumerate(numbered[len(shown) :], 1)),
    )


def _by_member(told: LookedAt) -> Section:
    return Section(sections.BY_MEMBER, tables=(_people(told), *_matrix(told)))


def _people(told: LookedAt) -> Table:
    inside = {each.slug for each in told.counted}
    rows: list[tuple[str, ...]] = []
    sums: list[list[int]] = [[], [], []]
    for member in told.members:
        last = told.data.last(member.slug)
        counts = (last.mentors, last.mentees, last.pairs) if member.slug in inside else (None, None, None)
        for column, count in zip(sums, counts, strict=True):
            column.extend([] if count is None else [count])
        day = f"{last.day:%m.%Y}" if last.day else "–"
        rows.append((member.name, *(_shown(count) for count in counts), day))
    if rows:
        rows.append(("Всего", *(str(sum(column)) if column else NOTHING for column in sums), ""))
    head = ("Организация", "Наставников", "Наставляемых", "Пар и групп", "Данные, месяц")
    return Table("Участники по организациям", head, tuple(rows))


def _shown(count: int | None) -> str:
    return NOTHING if count is None else str(count)


def _matrix(told: LookedAt) -> list[Table]:
    """Write the figures organisation by organisation, in tables narrow enough to be read."""
    known = [each for each in told.compared if any(row.known for row in each.rows.values())]
    chunks = [known[at : at + MOST_COLUMNS] for at in range(0, len(known), MOST_COLUMNS)]
    return [
        Table(
            "Показатели по организациям",
            ("Организация", *(each.figure.name for each in chunk)),
            tuple((member.name, *(_cell(each, member.slug) for each in chunk)) for member in told.members),
        )
        for chunk in chunks
    ]


def _cell(each: Compared, slug: str) -> str:
    row = each.rows.get(slug)
    return row.text if row is not None and row.known else "–"


def _how(told: LookedAt) -> Section:
    """Say of each indicator how it is counted and who is not counted and why."""
    rows = tuple(
        (each.figure.name, _formula(each, told), _uncounted(each, told) or "–")
        for each in told.compared
        if any(row.known for row in each.rows.values())
    )
    return Section(
        sections.HOW,
        tables=(
            Table("Как посчитаны показатели", ("Показатель", "Как посчитано", "Не посчитаны и почему"), rows),
        ),
    )


def _formula(each: Compared, told: LookedAt) -> str:
    code = indicator(each.figure.code)
    own, spec = told.data.measured.get(code), told.method.specs.get(code)
    return (own.formula if own else "") or (spec.formula if spec else "")


def _uncounted(each: Compared, told: LookedAt) -> str:
    """Name who is not counted, those of one reason together."""
    inside = {member.slug for member in told.counted}
    reasons: dict[str, list[str]] = {}
    for member in told.members:
        if member.slug in each.figure.rows:
            continue
        row = each.rows.get(member.slug)
        why = (row.why or row.text) if row is not None else NOTHING
        reasons.setdefault(why if member.slug in inside else NOTHING, []).append(member.name)
    return "; ".join(f"{sections.few(names)} – {why}" for why, names in reasons.items())
