"""What the command of a district prints: an organisation a line, who is missing, what was done in the district's own book."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows import telling
from flows.domain.district.returns import Return
from flows.russian import words

if TYPE_CHECKING:
    from flows.work.district.run import DistrictReport, Visit

NOBODY = "В районе пока нет ни одной организации. Добавьте: nastavnik municipality add КОД."


def report(done: DistrictReport) -> None:
    """Print a walk: what was handed out to whom, what came back, what changed in the district's own book."""
    print(f"Район «{done.district}», {done.today:%d.%m.%Y}")
    if not done.visits:
        print(f"  {NOBODY}")
    for each in done.visits:
        for line in _visit(each, done):
            print(f"  {line}")
    print(total(done))
    if done.tried:
        print("Это только показ: нигде ничего не записано.")
    print("Изменений нет." if done.quiet else f"Таблицы района: {_tables(done)}.")
    telling.report(done.own)


def total(done: DistrictReport) -> str:
    """Say how many organisations sent data, and name the others by their codes."""
    came = [each for each in done.visits if isinstance(each.came, Return)]
    asked = len(came) + len(done.missing)
    missing = f" Не прислали: {', '.join(each.member.slug for each in done.missing)}." if done.missing else ""
    return f"Данные собраны: {len(came)} из {asked}.{missing}"


def _tables(done: DistrictReport) -> str:
    if not done.changed:
        return "те же"
    return "обновились бы" if done.tried else "обновлены"


def _visit(visit: Visit, done: DistrictReport) -> list[str]:
    who = f"{visit.member.slug} ({visit.member.name})"
    came = visit.came
    if came is None:
        left = visit.member.left
        gone = left is not None and done.today >= left
        apart = f"вышла из района {left:%d.%m.%Y}" if gone and left else "не участвует"
        return [f"{who}: {apart}", *(f"  {line}" for line in visit.words)]
    if not isinstance(came, Return):
        return [f"{who}: {came.sentence}", *(f"  {line}" for line in visit.words)]
    counted = ", ".join(
        words.count(number, phrase)
        for number, phrase in (
            (came.mentors, "наставник"),
            (came.mentees, "наставляемый"),
            (came.pairs, "пара"),
        )
    )
    overdue = f", просрочено строк: {came.overdue}" if came.overdue else ""
    lines = [f"{who}: {counted}{overdue}", *(f"  {line}" for line in visit.words)]
    return [*lines, f"  строки района не розданы. {visit.refused}"] if visit.refused else lines


def as_json(done: DistrictReport) -> None:
    """Print a walk for a program."""
    told: dict[str, Any] = {
        "district": done.district,
        "today": done.today.isoformat(),
        "organisations": [_as_json(each) for each in done.visits],
        "missing": [each.member.slug for each in done.missing],
        "changed": not done.quiet,
        "papers": [
            {
                "key": each.key,
                "action": each.action,
                "number": each.draft_number or each.number,
                "title": each.title,
            }
            for each in done.own.made
        ],
        "problems": [
            {"severity": each.severity.name.lower(), "code": each.code, "message": each.message}
            for each in done.own.problems
        ],
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))


def _as_json(visit: Visit) -> dict[str, Any]:
    came = visit.came
    told: dict[str, Any] = {"slug": visit.member.slug, "name": visit.member.name, "handed": list(visit.words)}
    if came is None:
        return told | {"state": "apart"}
    if not isinstance(came, Return):
        return told | {"state": "missing", "reach": came.reach.value, "why": came.sentence}
    counts = {"mentors": came.mentors, "mentees": came.mentees, "pairs": came.pairs, "overdue": came.overdue}
    refused = {"refused": visit.refused} if visit.refused else {}
    return told | {"state": "collected", "day": came.day.isoformat(), **counts, **refused}
