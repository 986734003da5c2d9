"""The road as the command walks it: through Prefect, or plainly, one organisation after another."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flows import command_words, console, doors, engine, kept_registry, settings, telling, troubles
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.engine import server
from flows.intake import limits
from flows.papers.copies import kind_named
from flows.papers.rendering import content_of
from flows.work import Errand
from flows.work.bringing import bring, bring_linked
from flows.work.founding import found
from flows.work.organisation_place import lies_elsewhere
from flows.work.road import walk
from flows.work.showing import shown, specimen_shown
from flows.work.template_putting import put
from flows.workspace.addresses import folder_id, folder_link
from flows.workspace.linked import fetched
from flows.workspace.links import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from flows.settings import Home, Place
    from flows.work import Report
    from flows.work.bringing import Ask, Brought
    from flows.work.councils import Folder
    from flows.work.district.run import DistrictReport
    from flows.work.monitoring import Asked
    from flows.work.showing import Shown
    from flows.workspace.linked import Fetched

T = TypeVar("T")
LOST = "Сервер Prefect перестал отвечать посреди запуска. Сделанное сохранено. Повторите без него: nastavnik prepare."


def one_by_one(organisation: str, today: date | None, do: Callable[[Errand], T]) -> list[T]:
    """Do a thing for one organisation, or for every one that has a book; one that fails is told among the others."""
    home = settings.load_home()
    places = [home.place(organisation)] if organisation else list(home.led)
    done: list[T] = []
    if home.places and not places:
        raise Misconfigured(telling.none_founded(home))
    if not places:
        return done
    with doors.open_workspace(home) as space, console.progress(len(places)) as begin:
        for place in places:
            begin(place.slug)
            day = today or engine.local_day(place)
            try:
                done.append(do(Errand(space, place, day, doors.supplies(day, place))))
            except (Misconfigured, TryLater, Refused) as trouble:
                if organisation:
                    raise
                done.append(cast("T", telling.unable(place.slug, str(trouble))))
            except Exception as error:
                if organisation:
                    raise
                done.append(cast("T", telling.unable(place.slug, troubles.told(error))))
    return done


def chosen(home: Home, google: bool | None, root: str) -> Home:
    """Return a home with the store and the folder that were asked for; raise `Misconfigured` when they cannot be."""
    if home.places and google is not None and google != home.google:
        now, wanted = ("Google", "локальный офис") if home.google else ("локальный офис", "Google")
        begun = next((each.slug for each in home.places if not each.book), "")
        raise Misconfigured(
            f"Эта рабочая папка — {now}: {', '.join(each.slug for each in home.places)}. "
            + (f"«{begun}» начали заводить и не закончили: закончите тем же способом. " if begun else "")
            + f"Для хранилища «{wanted}» возьмите другую рабочую папку: --home ПАПКА."
        )
    lives = home.google if google is None else google
    if root and not lives:
        raise Misconfigured(
            "--root указывает папку Google Диска, а организация заводится в локальном офисе. Добавьте --google или уберите --root."
        )
    return replace(home, google=lives, root=folder_id(root) if root else home.root)


def founded(  # noqa: PLR0913, PLR0917 - the options of a command
    home: Home,
    organisation: str,
    title: str,
    zone: str,
    root: str,
    say: Callable[[str], None],
    role: str = "",
) -> tuple[Place, bool]:
    """Found an organisation in a home, or what is missing of it; return its place and whether anything was made.

    `root` is the folder that was named for it, empty where none was; `say` is told each step that may take seconds;
    `role` is what it is to be, empty where that was not said.
    A place that is refused leaves the working file as it was.
    """
    fresh = settings.Place(command_words.slug(organisation), zone=command_words.zone(zone), role=role)
    place = next((known for known in home.places if known.slug == organisation), fresh)
    _refuse_role(home, place, role)
    before = kept_registry.kept(home)

    def save(now: Place) -> None:
        if not now.folder and now == place:
            kept_registry.put_back(home, before)
            return
        known = settings.load_home()
        others = any(each.book for each in known.places if each.slug != now.slug)
        settings.save_place(known if others else replace(home, places=known.places), now)

    with doors.open_workspace(home) as space:
        if root and place.book and (elsewhere := lies_elsewhere(space, place, root)):
            raise Misconfigured(elsewhere)
        return found(
            space,
            home,
            place,
            title or organisation,
            doors.supplies(engine.local_day(place), place),
            save,
            say,
        )


def _refuse_role(home: Home, place: Place, role: str) -> None:
    """Raise `Misconfigured` where a place is something else already, or a home has its district."""
    if place.role == settings.MEMBER:
        raise Misconfigured(
            f"Организацию «{place.slug}» ведёт другая рабочая папка: отсюда район её только читает. Заводите и меняйте её там."
        )
    if role != settings.DISTRICT:
        return
    if place.role != settings.DISTRICT:
        raise Misconfigured(
            f"Организация «{place.slug}» уже заведена, и это не район. Книга района отдельная: возьмите другой код."
        )
    if home.district and home.district.slug != place.slug:
        raise Misconfigured(
            f"В рабочей папке уже есть район: «{home.district.slug}». Второй заводят в другой: --home ПАПКА."
        )


def templates_put(organisation: str, which: str, *, empty: bool) -> tuple[tuple[str, ...], bool]:
    """Lay the copy of a kind's template, or of all, where staff may edit it; say what was done and whether all went well."""
    home = settings.load_home()
    place = home.place(organisation)
    day = engine.local_day(place)
    with doors.open_workspace(home) as space:
        done, troubles = put(Errand(space, place, day, doors.supplies(day, place)), which, empty=empty)
    link = (f"Папка шаблонов: {folder_link(place.templates)}",) if home.google else ()
    return (*done, *troubles, *link), not troubles


def template_shown(organisation: str, file: Path, today: date | None) -> Shown:
    """Print a template with an organisation's own data, or the specimen where none is named; nothing is filed."""
    data, label = content_of(file)
    if not organisation:
        kind = kind_named(file.stem, settings.catalogue())
        return specimen_shown(data, label, kind, file.stem)
    home = settings.load_home()
    place = home.place(organisation)
    day = today or engine.local_day(place)
    with doors.open_workspace(home) as space:
        return shown(Errand(space, place, day, doors.supplies(day, place)), data, label, file.stem)


def brought(
    organisation: str, file: Path | None, link: str, today: date | None, ask: Ask | None = None
) -> Brought:
    """Bring in a file of this computer, or the one in Drive that a link names; `ask` is shown first what would be written."""
    home = settings.load_home()
    place = home.place(organisation)
    day = today or engine.local_day(place)
    linked = from_link(link) if file is None else None
    with doors.open_workspace(home) as space:
        supplies = doors.supplies(day, place)
        if linked is not None:
            return bring_linked(space, place, linked, supplies, day, ask)
        assert file is not None
        return bring(space, place, file, supplies, day, ask)


def from_link(link: str) -> Fetched:
    """Fetch the file that a link names, before there is an organisation too; `Refused` says of anything else what it is."""
    parse(link)
    with doors.open_for_link(settings.load_home(), link) as space:
        return fetched(space, link, limits.MOST_BYTES)


def plainly(organisation: str, today: date | None, *, dry_run: bool) -> list[Report]:
    """Prepare papers without Prefect."""
    return one_by_one(organisation, today, lambda errand: walk(errand, dry_run=dry_run))


@contextmanager
def through_engine(organisation: str) -> Iterator[None]:
    """Have Prefect: the server the person named, the engine that serves this home, or one for this command."""
    home = settings.load_home()
    if not any(place.book for place in home.places):
        raise Misconfigured(telling.none_founded(home))
    if organisation:
        home.place(organisation)
    joined = {} if os.environ.get(engine.API) else engine.known_engine(home)
    engine.quiet(engine.prefect_home(home))
    if joined and server.answers(joined[engine.API], server.REACHING):
        os.environ.update(joined)
    try:
        with server.running():
            yield
    except (Misconfigured, TryLater, Refused):
        raise
    except Exception as error:
        if server.unanswered(error) or type(error).__module__.partition(".")[0] in {"prefect", "anyio"}:
            raise TryLater(LOST) from None
        raise


def _reports(state: Any, organisation: str) -> Any:
    """Take out of a run's state what it told; raise `Refused` when the one organisation asked for was in the way."""
    told = state.result(raise_on_failure=False)
    if isinstance(told, (Misconfigured, TryLater, Refused)):
        raise told
    if not isinstance(told, (list, tuple)):
        raise TryLater(LOST)
    if organisation and state.is_failed():
        raise Refused(told[0].problems[0].message)
    return told


def prepare(organisation: str, today: date | None) -> list[Report]:
    """Prepare papers through Prefect."""
    with through_engine(organisation):
        from flows.prepare import PrepareRequest  # noqa: PLC0415 - brings Prefect
        from flows.prepare import prepare as flow  # noqa: PLC0415 - brings Prefect

        state = flow(PrepareRequest(organisation=organisation, today=today), return_state=True)
        return list(_reports(state, organisation))


def note(organisation: str, today: date | None, asked: Asked) -> list[Report]:
    """Prepare a monitoring note through Prefect."""
    with through_engine(organisation):
        from flows.monitor import MonitorRequest  # noqa: PLC0415 - brings Prefect
        from flows.monitor import monitor as flow  # noqa: PLC0415 - brings Prefect

        start, end = (asked.period.start, asked.period.end) if asked.period else (None, None)
        wanted = MonitorRequest(
            organisation=organisation, today=today, now=True, stage=asked.stage, start=start, end=end
        )
        return list(_reports(flow(wanted, return_state=True), organisation))


def municipality(today: date | None) -> DistrictReport:
    """Walk over the district of this home through Prefect."""
    with through_engine(""):
        from flows.municipality import MunicipalityRequest  # noqa: PLC0415 - brings Prefect
        from flows.municipality import municipality as flow  # noqa: PLC0415 - brings Prefect
        from flows.work.district.run import DistrictReport  # noqa: PLC0415 - only here

        state: Any = flow(MunicipalityRequest(today=today), return_state=True)
        told = state.result(raise_on_failure=False)
        return told if isinstance(told, DistrictReport) else _reports(state, "-")


def council(organisation: str, today: date | None, which: str) -> tuple[Report, Folder]:
    """Prepare a council's folder through Prefect."""
    with through_engine(organisation):
        from flows.council import CouncilRequest  # noqa: PLC0415 - brings Prefect
        from flows.council import council as flow  # noqa: PLC0415 - brings Prefect

        state = flow(CouncilRequest(organisation=organisation, council=which, today=today), return_state=True)
        report, folder = _reports(state, organisation)
        return report, folder
