"""The main job on invented organisations at a fixed day, through the real flow, twice (DESIGN §4)."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from typing import TYPE_CHECKING, Any

from flows import doors, engine, settings, telling
from flows.domain.errors import Misconfigured
from flows.engine import server
from flows.work import prepare as prepare_papers
from flows.work.bringing import bring
from flows.work.founding import found

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.work import Report

TODAY = date(2026, 12, 10)
MARK = ".nastavnik-demo"
SAMPLES = {
    "lastochka": "МБДОУ № 112 «Ласточка»",
    "raduga": "МБУ ДО ДДТ «Радуга»",
    "rodnik": "ГКОУ «Центр «Родник»",
}


def run(into: Path) -> int:
    """Set up the samples, run the flow, print what was made and what was not; run again and show that nothing changed."""
    started = time.monotonic()
    _clean(into)
    os.environ[settings.HOME] = str(into)
    engine.quiet(into.parent / f".{into.name}-prefect")
    print(f"День показа: {TODAY:%d.%m.%Y}. Все организации и люди вымышлены.\n")
    with server.starting() as ready:
        for slug, title in SAMPLES.items():
            _set_up(slug, title)
        flow = _flow()
        _warm()
        ready()
        return _shown(flow, into, started)


def _shown(flow: Callable[[], list[Report]], into: Path, started: float) -> int:
    """Run the flow twice and tell what it did."""
    first = flow()
    for report in first:
        telling.report(report)
    second = flow()
    changed = [report.organisation for report in second if report.written or report.made]
    print(f"\nВторой запуск: {'изменений 0' if not changed else 'изменилось: ' + ', '.join(changed)}.")
    print(f"Готово за {time.monotonic() - started:.0f} с. Откройте папку: {into}")
    return 0 if not changed and all(report.made for report in first) else 1


def _clean(into: Path) -> None:
    """Begin anew, but only in a folder that an earlier showing made."""
    if into.exists() and any(into.iterdir()):
        if not (into / MARK).exists():
            raise Misconfigured(
                f"Папка «{into.name}» не пуста и сделана не показом. Укажите другую: nastavnik demo --into ПАПКА."
            )
        shutil.rmtree(into)
    into.mkdir(parents=True, exist_ok=True)
    (into / MARK).write_text("Папка показа: при следующем показе она будет сделана заново.\n", "utf-8")


def _set_up(slug: str, title: str) -> None:
    home = settings.load_home()
    supplies = doors.supplies(TODAY)
    folder = settings.CONFIG / "samples" / slug
    with doors.open_workspace(home) as space:
        place, _ = found(
            space,
            home,
            settings.Place(slug),
            title,
            supplies,
            lambda each: settings.save_place(settings.load_home(), each),
        )
        people = bring(space, place, folder / "Участники.xlsx", supplies, TODAY)
        plan = bring(space, place, folder / "Дорожная карта.docx", supplies, TODAY)
    told = ", ".join(
        f"{tab.lower()} — {count}" for tab, count in {**plan.added, **people.added}.items() if count
    )
    print(f"Заведена организация «{title}»: {told}.")


def _warm() -> None:
    """Think every organisation through while the server starts: by the time the flow asks, templates are compiled."""
    home = settings.load_home()
    with doors.open_workspace(home) as space:
        for place in home.places:
            prepare_papers(space, place, TODAY, doors.supplies(TODAY), dry_run=True)


def _flow() -> Callable[[], list[Report]]:
    from flows.prepare import PrepareRequest, prepare  # noqa: PLC0415 - brings Prefect, whose server must be named first

    flow: Any = prepare
    return lambda: list(flow(PrepareRequest(today=TODAY)))
