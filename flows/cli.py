"""The `nastavnik` command: Russian messages, exit 0 done, 1 problems found, 2 cannot run (DESIGN §4)."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zoneinfo import ZoneInfo

import click

from flows import settings, telling
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.model import Severity
from flows.domain.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Home, Place
    from flows.work import Errand, Report

T = TypeVar("T")

DONE, PROBLEMS, CANNOT = 0, 1, 2
DEFAULT_HOME = Path.home() / "nastavnik"


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day on the command line: 2026-12-10 or 10.12.2026."""

    name = "день"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day or say how it is written."""
        if isinstance(value, date):
            return value
        for shape in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(str(value), shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise click.BadParameter(f"день пишется так: 2026-12-10 или 10.12.2026, а не «{value}»", ctx, param)


class Span(click.ParamType):  # type: ignore[type-arg]
    """Days from one to another on the command line: two days, or the words of a roadmap's term."""

    name = "период"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read the days or say how they are written."""
        from flows.domain.terms.reading import parse  # noqa: PLC0415 - only here

        if isinstance(value, Period):
            return value
        first, dots, last = str(value).partition("..")
        window = next(iter(parse(str(value), None).windows), None)
        start, end = (window.start, window.end) if window and not dots else (None, None)
        if dots:
            start, end = (Day().convert(part.strip(), param, ctx) for part in (first, last))
        if start is None or end is None or end < start:
            raise click.BadParameter(f"период пишется так: 2026-09-01..2026-12-31 или «сентябрь-декабрь 2026», а не «{value}»", ctx, param)
        return Period(start, end)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(path_type=Path), help="Рабочая папка (иначе NASTAVNIK_HOME, иначе ~/nastavnik)")
def cli(home: Path | None) -> None:
    """Наставник: из дорожной карты наставничества — все документы, которые она обещает."""
    chosen = home or Path(os.environ.get(settings.HOME) or DEFAULT_HOME)
    os.environ[settings.HOME] = str(chosen.resolve())


@cli.command()
@click.option("--into", type=click.Path(path_type=Path), help="Куда положить (по умолчанию папка demo)")
def demo(into: Path | None) -> int:
    """Показать главное дело на вымышленных организациях."""
    from flows import demo as story  # noqa: PLC0415 - brings Prefect

    return story.run((into or settings.CHECKOUT / "demo").resolve())


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_program", is_flag=True, help="Для программ")
def read(file: Path, as_program: bool) -> int:
    """Прочитать дорожную карту из файла и показать, что понято."""
    from flows.domain.roadmap.as_json import as_json  # noqa: PLC0415 - only here
    from flows.intake.roadmap import understand  # noqa: PLC0415 - only here

    document, activities, problems = understand(file)
    if as_program:
        print(json.dumps(as_json(document, activities, problems), ensure_ascii=False, indent=1))
    else:
        telling.reading(document, activities, problems)
    return _found(problems)


@cli.command()
@click.option("--organisation", required=True, help="Код латиницей, например malysh")
@click.option("--title", default="", help="Название для папки и книги; по умолчанию код")
@click.option("--zone", default="Europe/Moscow", help="Часовой пояс, например Asia/Krasnoyarsk")
@click.option("--google/--office", default=None, help="Где жить: Google или локальная папка")
@click.option("--root", default="", help="Код папки на общем диске Google, в которой завести организацию")
def init(organisation: str, title: str, zone: str, google: bool | None, root: str) -> int:
    """Завести организацию: папка, рабочая книга, шаблоны. Повтор ничего не меняет."""
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work.founding import found  # noqa: PLC0415 - brings the clients

    home = _chosen(settings.load_home(), google, root)
    place = next((each for each in home.places if each.slug == organisation), settings.Place(_slug(organisation), zone=_zone(zone)))
    with doors.open_workspace(home) as space:
        place, changed = found(space, home, place, title or organisation, doors.supplies(_today(place)), lambda each: settings.save_place(settings.load_home() if settings.load_home().places else home, each))
    print(f"Организация «{organisation}» {'заведена' if changed else 'уже заведена, ничего не изменилось'}. Рабочая папка: {home.path}")
    return DONE


@cli.command(name="import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--drive", "link", default="", help="Файл на Диске: его код или ссылка (документ Google, таблица, .docx, .xlsx, .pdf)")
@click.option("--organisation", required=True, help="Код организации")
@click.option("--today", type=Day(), help="Каким днём записать в «Журнал»; по умолчанию сегодня")
def bring_in(file: Path | None, link: str, organisation: str, today: date | None) -> int:
    """Перенести в книгу дорожную карту, списки участников или ответы на анкету из файла. Повтор переносит только изменения."""
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work.bringing import bring, bring_from_drive  # noqa: PLC0415 - brings the clients

    if (file is None) == (not link):
        raise click.UsageError("Нужно одно из двух: файл на этом компьютере или --drive с кодом либо ссылкой файла на Диске.")
    home = settings.load_home()
    place = home.place(organisation)
    day = today or _today(place)
    with doors.open_workspace(home) as space:
        supplies = doors.supplies(day)
        brought = bring(space, place, file, supplies, day) if file else bring_from_drive(space, place, link, supplies, day)
    telling.brought(brought)
    return _found(brought.problems)


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--plain", is_flag=True, help="Без Prefect: тем же путём, но без журнала запусков")
def prepare(organisation: str, today: date | None, dry_run: bool, plain: bool) -> int:
    """Подготовить все документы, которые нужны к этому дню."""
    reports = _plainly(organisation, today, dry_run=dry_run) if plain or dry_run else _through_prefect(organisation, today)
    return _told(reports)


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--stage", type=click.IntRange(1), help="Номер этапа: справка по его итогам")
@click.option("--period", type=Span(), help="За какие дни: 2026-09-01..2026-12-31 или «сентябрь-декабрь 2026»")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--plain", is_flag=True, help="Без Prefect: тем же путём, но без журнала запусков")
def note(organisation: str, stage: int | None, period: Period | None, today: date | None, dry_run: bool, plain: bool) -> int:  # noqa: PLR0913, PLR0917 - the options of a command
    """Подготовить справку мониторинга: ближайшую по дорожной карте, по итогам этапа или за названные дни."""
    from flows.work.monitoring import Asked, monitor  # noqa: PLC0415 - brings the clients

    if stage and period:
        raise Misconfigured("Укажите что-то одно: --stage или --period.")
    if plain or dry_run:
        return _told(_each(organisation, today, lambda errand: monitor(errand, Asked(stage, period), dry_run=dry_run)))
    from flows.engine import quiet  # noqa: PLC0415 - before Prefect

    quiet()
    from flows.monitor import MonitorRequest  # noqa: PLC0415 - brings Prefect
    from flows.monitor import monitor as flow  # noqa: PLC0415 - brings Prefect

    start, end = (period.start, period.end) if period else (None, None)
    return _told(list(flow(MonitorRequest(organisation=organisation, today=today, now=True, stage=stage, start=start, end=end))))


@cli.command()
@click.argument("which", metavar="ДАТА", default="")
@click.option("--organisation", required=True, help="Код организации")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--plain", is_flag=True, help="Без Prefect: тем же путём, но без журнала запусков")
def council(which: str, organisation: str, today: date | None, dry_run: bool, plain: bool) -> int:
    """Подготовить пакет к педсовету: по дате, по номеру, без них — к ближайшему."""
    from flows.work.councils import pack  # noqa: PLC0415 - brings the clients

    if plain or dry_run:
        ((report, folder),) = _each(organisation, today, lambda errand: pack(errand, which, dry_run=dry_run))
    else:
        from flows.engine import quiet  # noqa: PLC0415 - before Prefect

        quiet()
        from flows.council import CouncilRequest  # noqa: PLC0415 - brings Prefect
        from flows.council import council as flow  # noqa: PLC0415 - brings Prefect

        report, folder = flow(CouncilRequest(organisation=organisation, council=which, today=today))
    code = _told([report])
    telling.folder(folder)
    return code


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
def check(organisation: str, today: date | None) -> int:
    """Проверить книгу: что не так и что было бы сделано. Ничего не записывает."""
    return _told(_plainly(organisation, today, dry_run=True))


@cli.command()
def serve() -> int:
    """Работать постоянно: расписание и галочки вкладки «Запросы»."""
    from flows.serving import serve as run  # noqa: PLC0415 - brings Prefect

    return run()


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", default=0, help="Порт; 0 — любой свободный")
def office(folder: Path, port: int) -> int:
    """Отдавать папку как Google Таблицы и Диск на этом компьютере."""
    from flows.serving import office as run  # noqa: PLC0415 - only here

    return run(folder, port)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def forms(folder: Path) -> int:
    """Положить в папку анкеты-таблицы .xlsx для тех, у кого нет Google Форм. Заполненную переносит import."""
    from flows.papers.form_books import lay_into  # noqa: PLC0415 - only here

    laid = lay_into(folder, settings.questionnaires())
    telling.forms(laid, folder)
    return PROBLEMS if laid.other else DONE


@cli.group()
def templates() -> None:
    """Шаблоны документов."""


@templates.command(name="check")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--annotate", type=click.Path(path_type=Path), help="Папка для копий, в которых у каждой ошибки стоит примечание Word")
def templates_check(file: Path | None, annotate: Path | None) -> int:
    """Проверить шаблон (или все шаблоны программы): что в нём не сработает и как исправить."""
    from flows.papers.copies import annotate_into, examined  # noqa: PLC0415 - brings the linter

    files = [file] if file else sorted(settings.TEMPLATES.glob("*.docx"))
    problems = {each: examined(each, settings.catalogue()) for each in files}
    telling.problems([problem for found in problems.values() for problem in found])
    if not any(problems.values()):
        print(f"Проверено шаблонов: {len(files)}. Ошибок нет.")
    elif annotate is not None:
        copies = annotate_into(annotate, [each for each, found in problems.items() if found], settings.catalogue())
        print(f"Копий с примечаниями: {copies}, папка {annotate}")
    return _found([problem for found in problems.values() for problem in found])


@cli.command()
def doctor() -> int:
    """Проверить настройки, доступ, права, календарь и Prefect."""
    from flows.doctor import examine  # noqa: PLC0415 - brings everything

    healthy = True
    for told, fine in examine(settings.load_home()):
        print(f"{'✓' if fine else '✗'} {told}")
        healthy = healthy and fine
    return DONE if healthy else PROBLEMS


def _slug(text: str) -> str:
    if not text or not all(each.islower() or each.isdigit() or each == "-" for each in text) or not text.isascii():
        raise Misconfigured(f"Код организации «{text}» не подходит: нужны строчные латинские буквы, цифры и дефис, например malysh-45.")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise Misconfigured(f"Часовой пояс «{text}» не найден. Пишите так: Europe/Moscow, Asia/Krasnoyarsk.") from None
    return text


def _chosen(home: Home, google: bool | None, root: str) -> Home:
    if home.places and google is not None and google != home.google:
        raise Misconfigured("В этой рабочей папке организации уже живут в другом месте. Для Google и локального офиса нужны разные рабочие папки.")
    return replace(home, google=home.google if google is None else google, root=root or home.root)


def _today(place: Place) -> date:
    return datetime.now(ZoneInfo(place.zone)).date()


def _plainly(organisation: str, today: date | None, *, dry_run: bool) -> list[Report]:
    from flows.work.road import walk  # noqa: PLC0415 - brings the clients

    return _each(organisation, today, lambda errand: walk(errand, dry_run=dry_run))


def _each(organisation: str, today: date | None, do: Callable[[Errand], T]) -> list[T]:
    """Do a thing for one organisation, or for every one that has a book; one that fails is told among the others."""
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work import Errand  # noqa: PLC0415 - brings the clients

    home = settings.load_home()
    places = [home.place(organisation)] if organisation else [each for each in home.places if each.book]
    done: list[T] = []
    if not places:
        return done
    with doors.open_workspace(home) as space:
        for place in places:
            day = today or _today(place)
            try:
                done.append(do(Errand(space, place, day, doors.supplies(day))))
            except (Misconfigured, TryLater, Refused) as trouble:
                if organisation:
                    raise
                done.append(cast("T", telling.unable(place.slug, str(trouble))))
    return done


def _through_prefect(organisation: str, today: date | None) -> list[Report]:
    from flows.engine import quiet  # noqa: PLC0415 - before Prefect

    quiet()
    from flows.prepare import PrepareRequest  # noqa: PLC0415 - brings Prefect
    from flows.prepare import prepare as flow  # noqa: PLC0415 - brings Prefect

    return list(flow(PrepareRequest(organisation=organisation, today=today)))


def _told(reports: list[Report]) -> int:
    if not reports:
        raise Misconfigured("В рабочей папке нет ни одной организации. Заведите первую: nastavnik init --organisation КОД.")
    for report in reports:
        telling.report(report)
    return max(_found(report.problems) for report in reports)


def _found(problems: Any) -> int:
    return PROBLEMS if any(each.severity is not Severity.NOTE for each in problems) else DONE


def main() -> None:
    """Run the command; whatever cannot run says why in one sentence."""
    try:
        code = cli(standalone_mode=False)
    except click.exceptions.Exit as over:
        code = over.exit_code
    except click.ClickException as misused:
        print(telling.misused(misused), file=sys.stderr)
        code = CANNOT
    except click.Abort:
        print("Остановлено.", file=sys.stderr)
        code = CANNOT
    except (Misconfigured, TryLater, Refused) as trouble:
        print(str(trouble), file=sys.stderr)
        code = CANNOT
    sys.exit(code if isinstance(code, int) else DONE)
