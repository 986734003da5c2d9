"""The folder before a pedagogical council, asked for by number or day: made by the one road, then told where it lies and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.book import card
from flows.domain.catalogue import record
from flows.domain.catalogue.named import CONTENTS
from flows.domain.councils.pack import folder_of
from flows.domain.errors import Refused
from flows.domain.planning.councils import ASKED, chosen
from flows.work.look import look
from flows.work.road import walk
from flows.workspace import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flows.domain.register.life import Step
    from flows.work.stages import Errand, Report, Seen

PACK = "пакет к педсовету"
NOT_HERE = "У района педсоветов нет: их собирают организации. Укажите организацию: --organisation КОД."
NONE_LEFT = "Такого педсовета нет во вкладке «Настройки». Впишите его дату в блок «Педсоветы» и повторите."


@dataclass(frozen=True, slots=True)
class Folder:
    """A council's folder: its number and day, its path under the organisation's own, its link, papers it has and lacks."""

    number: str
    day: date
    path: str
    link: str
    papers: int
    lacks: tuple[str, ...]


def wanted(which: str) -> frozenset[str]:
    """Spell what the road is asked with to make a council's folder now; what comes with it is asked for too."""
    return frozenset({f"{ASKED}{which.strip()}", *record.asked(PACK)})


def pack(errand: Errand, which: str, *, dry_run: bool = False) -> tuple[Report, Folder]:
    """Make or renew the folder of the council that a number or a day names; raise `Refused` when there is none."""
    known(errand, look(errand), which)
    report = walk(replace(errand, at_once=wanted(which)), dry_run=dry_run)
    return report, folder(errand, look(errand), which, report.steps)


def known(errand: Errand, seen: Seen, which: str) -> tuple[str, date]:
    """Return the number and day of a council; raise `Refused` when the card has no such one."""
    if PACK not in errand.supplies.layout.lists["request"]:
        raise Refused(NOT_HERE)
    home, _ = card.read(errand.place.slug, reading.lines(seen.book))
    found = chosen(which, home.councils, errand.today)
    if found is None:
        raise Refused(NONE_LEFT)
    return found


def folder(errand: Errand, seen: Seen, which: str, steps: Iterable[Step]) -> Folder:
    """Tell where the folder lies after a run and what it lacks, by the list it holds itself."""
    number, day = known(errand, seen, which)
    path = "/".join(folder_of(number, day))
    entry = seen.entries.get(seen.book.scheme.get("папка", path))
    own = [step.planned for step in steps if step.planned and step.planned.subject == day.isoformat()]
    listed: Sequence[Sequence[str]] = next(
        (each.context["таблица"]["строки"] for each in own if each.kind == CONTENTS and each.context), []
    )
    lacks = tuple(row[1] for row in listed if row[2] == "нет")
    return Folder(number, day, path, entry.link if entry else "", len(own), lacks)
