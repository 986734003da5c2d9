"""An invented district for trial prints: some organisations sent everything, one sent nothing, one did not carry out a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.district.data import (
    DistrictData,
    LastSent,
    Measured,
    ProvenProgramme,
    RowDone,
    TypedPractice,
)
from flows.domain.district.figure_rows import FigureRow
from flows.domain.district.members import Member
from flows.domain.district.returns import NOT_BEGUN, OVERDUE
from flows.domain.model import Activity, Origin
from flows.domain.monitoring.indicators.figure import part_text
from flows.domain.organisation import Nature
from flows.domain.statuses import DONE
from flows.domain.terms.reading import Term, Window

if TYPE_CHECKING:
    from flows.domain.model import Facts

APRIL = Window(date(2027, 4, 1), date(2027, 4, 30))
MARCH = Window(date(2027, 3, 1), date(2027, 3, 31))
DAY, YEAR = date(2027, 4, 20), "2026-2027"
NAMES = ("МБДОУ № 1 «Дубок»", "МБОУ «Школа № 3»", "МБУ ДО «Дом творчества»")
SHARES = {
    "M4": ("Обеспеченность программами", (6, 6), (3, 4)),
    "M6": ("Выполнение плана встреч", (40, 44), (18, 30)),
    "M9": ("Возврат анкет", (11, 12), (5, 10)),
}
NOTE, SENT = "М-012", "М-011"
MOST_MEMBERS = 31


def in_district(facts: Facts, kind: str, pairs: int) -> Facts:
    """Return the facts of a management over organisations, as many as `pairs` asks for; the last of three sent nothing."""
    data = district(max(len(NAMES), min(pairs, MOST_MEMBERS)))
    row, sends = (
        _row(
            NOTE,
            "6.5",
            "Анализ результатов муниципального мониторинга",
            APRIL,
            record.having("focus", "municipal")[0],
        ),
        _row(SENT, "6.4", "Проведение муниципального мониторинга", MARCH, record.having("for_district")[0]),
    )
    silent = data.members[2].code
    return replace(
        facts,
        organisation=replace(
            facts.organisation,
            nature=Nature.MANAGEMENT,
            full_name="муниципальное казённое учреждение «Управление образования Образцовского района»",
            short_name="МКУ УО Образцовского района",
            head_position="начальник управления",
            curator_position="методист",
            founder="",
        ),
        pairs=(),
        people={},
        meetings=(),
        register=(),
        activities=(replace(sends, fan_out=True), row),
        activity=row,
        window=APRIL,
        subject=f"{silent}@2027-04" if record.of(kind).subject == "member" else f"{NOTE}@2027-04",
        district=data,
        evidence=replace(facts.evidence, previous=()),
    )


def _row(code: str, number: str, name: str, window: Window, kind: str) -> Activity:
    return Activity(
        code, number, "6. Мониторинг", name, "", Term("dated", (window,)), ("ИМО",), "", (kind,), Origin()
    )


def district(count: int) -> DistrictData:
    """Return what the book of a district of so many organisations says in April."""
    members = tuple(
        Member(
            f"О-{at + 1:03d}", f"oo{at + 1}", NAMES[at] if at < len(NAMES) else f"МБДОУ № {at + 1}", Origin()
        )
        for at in range(count)
    )
    figures: dict[str, FigureRow] = {}
    for at, member in enumerate(members):
        for code, (name, *own) in SHARES.items():
            if at % 3 < len(own):
                part, of = own[at % 3]
                row = FigureRow(
                    YEAR, member.slug, code, name, part_text(part, of), Fraction(part), Fraction(of), "П-001", "", DAY,
                    "двое на больничном" if (at, code) == (1, "M6") else "",
                )  # fmt: skip
                figures[row.key] = row
    counts = ((6, 6, 6), (4, 5, 4))
    return DistrictData(
        members=members,
        sent={each.slug: LastSent(DAY, "есть", *counts[at % 3]) if at % 3 < len(counts) else LastSent(None, "нет доступа") for at, each in enumerate(members)},
        figures=figures,
        states={(SENT, each.slug): RowDone((DONE, OVERDUE, NOT_BEGUN)[at % 3]) for at, each in enumerate(members)},
        measured={"M6": Measured("Выполнение плана встреч", "проведено / запланировано × 100", "90 %")},
        proven=(ProvenProgramme("oo1", "П-002", "педагог – педагог", "Персонализированная программа", "задач выполнено: 3 из 3"),),
        practices=(TypedPractice(NAMES[0], "Утро наставника", "короткие встречи пар перед занятиями"),),
    )  # fmt: skip
