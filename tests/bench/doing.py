"""What one code does in a process of its own: `python tests/bench/doing.py TASK ARGUMENTS`, the code found by PYTHONPATH.

It is run over the code of today and over one of months ago, so it leans only on what both have. The last line printed
is JSON: what was measured inside, and under `code` whose code it was.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import invented

from flows import settings

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = range(3, 31)


def made(home: str, organisations: str, pairs: str, meetings: str) -> dict[str, Any]:
    """Found organisations until a home has so many, and type into their books what a curator would."""
    from flows import doors, runs  # noqa: PLC0415 - not every task needs the clients
    from flows.office.watch import Watch  # noqa: PLC0415 - the same

    os.environ[settings.HOME] = home
    Watch.look = lambda _: None  # nobody else is at work in the folder of a home that is being made
    known = {place.slug for place in settings.load_home().places}
    fresh = [number for number in range(1, int(organisations) + 1) if invented.slug(number) not in known]
    for number in fresh:
        title = f"Вымышленная организация {number}"
        runs.founded(settings.load_home(), invented.slug(number), title, "Europe/Moscow", "", lambda _: None)
    with doors.open_workspace(settings.load_home()) as space:
        for number in fresh:
            place = settings.load_home().place(invented.slug(number))
            _typed(space, place, invented.rows(number, int(pairs), int(meetings)), invented.card(number))
    return {"founded": len(fresh)}


def changed(home: str) -> dict[str, Any]:
    """Change what the first mentee of the first organisation asks for."""
    from flows import doors  # noqa: PLC0415 - not every task needs the clients

    known = settings.load_home(Path(home))
    with doors.open_workspace(known) as space:
        _typed(space, known.places[0], {"Наставляемые": [{"Запрос (что нужно)": "работа с речью"}]}, {})
    return {}


def _typed(space: Any, place: Any, rows: dict[str, list[dict[str, Any]]], card: dict[str, Any]) -> None:
    """Type rows below the headers of tabs, and the card, in one batch."""
    from flows.workspace import reading  # noqa: PLC0415 - not every task needs the clients
    from flows.workspace.cells import changes  # noqa: PLC0415 - the same

    book = reading.read(space.sheets.read(place.book), settings.book_layout())
    lines = {str(told[0]).removesuffix(" *"): row for row, told in reading.lines(book) if told and told[0]}
    wanted = {(lines[name] - 1, 1): value for name, value in card.items() if name in lines}
    requests = changes(book.snapshot.sheet("Настройки"), wanted)
    for title, told in rows.items():
        table = book.tables[title]
        cells = {(at, table.columns[name]): each[name] for at, each in enumerate(told, 1) for name in each}
        requests += changes(table.sheet, cells)
    space.sheets.batch(place.book, requests)


def passed(home: str) -> dict[str, Any]:
    """Prepare every organisation of a home, as `prepare` does; tell what each cost in processor seconds and how many papers came."""
    from flows import runs  # noqa: PLC0415 - not every task needs the clients
    from flows.work.road import walk  # noqa: PLC0415 - the same

    os.environ[settings.HOME] = home
    costs: list[float] = []

    def walked(errand: Any) -> Any:
        began = time.process_time()
        report = walk(errand)
        costs.append(time.process_time() - began)
        return report

    reports = runs.one_by_one("", invented.TODAY, walked)
    return {"costs": costs, "papers": sum(len(each.made) for each in reports)}


def calls(home: str) -> dict[str, Any]:
    """Count the requests that the office of a home has ever answered, by method."""
    from flows.office import Office  # noqa: PLC0415 - not every task needs the office

    office = Office(Path(home))
    counted = Counter(call.method for call in office.journal)
    office.close()
    return {"calls": counted}


def asked(home: str, times: str) -> dict[str, Any]:
    """Ask the office of a home for what costs nothing itself; tell the processor seconds of all the requests."""
    from flows import doors  # noqa: PLC0415 - not every task needs the clients

    with doors.open_workspace(settings.load_home(Path(home))) as space:
        space.drive.ids(1)
        began = time.process_time()
        for _ in range(int(times)):
            space.drive.ids(1)
        return {"seconds": time.process_time() - began}


def printed(kind: str, count: str) -> dict[str, Any]:
    """Print so many papers of a kind, of an invented organisation of 3 to 30 pairs; tell the processor seconds after the first one."""
    from flows.domain.documents.builders import BUILDERS  # noqa: PLC0415 - not every task prints
    from flows.domain.documents.common import FIGURES, requisites  # noqa: PLC0415 - the same
    from flows.domain.documents.specimen import specimen  # noqa: PLC0415 - the same
    from flows.papers import render  # noqa: PLC0415 - the same

    whole = settings.catalogue()[kind]
    shared = [BUILDERS[kind](specimen(kind, whole.subject, pairs)) for pairs in SIZES[: int(count) + 1]]
    told = [{name: value for name, value in each.items() if name != FIGURES} for each in shared]
    papers = [requisites(told[at % len(told)], draft=f"ПР-2026-{at:03d}") for at in range(int(count) + 1)]
    template = settings.TEMPLATES / whole.template
    render(template, papers[0])
    began = time.process_time()
    for paper in papers[1:]:
        render(template, paper)
    return {"seconds": time.process_time() - began}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    each.__name__: each for each in (made, changed, passed, calls, asked, printed)
}

if __name__ == "__main__":
    told = TASKS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(told | {"code": str(settings.CHECKOUT)}))
