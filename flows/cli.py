"""The `nastavnik` command: Russian messages, exit 0 done, 1 problems found, 2 cannot run (DESIGN §4)."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows import (
    account_commands,
    checking_commands,
    command_words,
    console,
    founding_commands,
    keeping_commands,
    municipality_commands,
    settings,
    telling,
    troubles,
)
from flows.command_types import Day
from flows.domain.catalogue import record
from flows.domain.errors import Misconfigured
from flows.domain.periods import Period
from flows.workspace.links import on_this_computer

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Problem
    from flows.work import Report
    from flows.work.bringing import Brought

DONE, PROBLEMS, CANNOT = 0, 1, 2
DEFAULT_HOME = Path.home() / "nastavnik"


class Span(click.ParamType):  # type: ignore[type-arg]
    """Days from one to another on the command line: two days, or the words of a roadmap's term."""

    name = "период"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read the days or say how they are written."""
        if isinstance(value, Period):
            return value
        first, dots, last = str(value).partition("..")
        if dots:
            period = command_words.period(
                *(Day().convert(part.strip(), param, ctx) for part in (first, last))
            )
        else:
            period = command_words.worded_period(str(value))
        if period is None or not (command_words.likely(period.start) and command_words.likely(period.end)):
            raise click.BadParameter(
                f"период пишется так: 2026-09-01..2026-12-31 или «сентябрь-декабрь 2026», а не «{value}»",
                ctx,
                param,
            )
        return period


@click.group(
    commands=(
        *account_commands.COMMANDS,
        *keeping_commands.COMMANDS,
        *founding_commands.COMMANDS,
        *checking_commands.COMMANDS,
        *municipality_commands.COMMANDS,
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--home", type=click.Path(path_type=Path), help="Рабочая папка (иначе NASTAVNIK_HOME, иначе ~/nastavnik)"
)
def cli(home: Path | None) -> None:
    """Наставник: из дорожной карты наставничества — все документы, которые она обещает."""
    os.environ[settings.HOME] = str((home or Path(os.environ.get(settings.HOME) or DEFAULT_HOME)).resolve())
    record.kinds()


@cli.command()
@click.option("--into", type=click.Path(path_type=Path), help="Куда положить (по умолчанию папка demo)")
def demo(into: Path | None) -> int:
    """Показать главное дело на вымышленных организациях."""
    from flows import demo  # noqa: PLC0415 - brings Prefect

    return demo.run((into or settings.CHECKOUT / "demo").resolve())


@cli.command()
@click.argument("file")
@click.option("--json", "as_program", is_flag=True, help="Для программ")
@click.option("--all", "one_by_one", is_flag=True, help="Все замечания по одному, и мелочи к тексту")
def read(file: str, as_program: bool, one_by_one: bool) -> int:
    """Прочитать дорожную карту из файла или по ссылке на документ либо таблицу Google и показать, что понято."""
    from flows.domain.roadmap.as_json import as_json  # noqa: PLC0415 - only here
    from flows.intake.roadmap import understand, understand_bytes  # noqa: PLC0415 - only here

    path = on_this_computer(file)
    if path is None:
        from flows.runs import from_link  # noqa: PLC0415 - brings the clients

        linked = from_link(file)
        document, activities, problems = understand_bytes(linked.data, linked.name, linked.tab)
    else:
        document, activities, problems = understand(path)
    if as_program:
        print(json.dumps(as_json(document, activities, problems), ensure_ascii=False, indent=1))
    else:
        telling.reading(document, activities, problems, one_by_one=one_by_one)
    return checking_commands.code_of(problems)


@cli.command(name="import")
@click.argument("file", default="")
@click.option("--drive", "link", default="", help="Файл на Диске: его код; ссылку можно дать и вместо файла")
@click.option("--organisation", required=True, help="Код организации")
@click.option("--today", type=Day(), help="Каким днём записать в «Журнал»; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--yes", is_flag=True, help="Не спрашивать: перенести сразу")
def bring_in(  # noqa: PLR0913, PLR0917 - the options of a command
    file: str, link: str, organisation: str, today: date | None, dry_run: bool, yes: bool
) -> int:
    """Перенести в книгу дорожную карту, списки участников или ответы на анкету из файла или по ссылке.

    В терминале сначала показывает, что перенесёт, и спрашивает. Повтор переносит только изменения.
    """
    from flows import runs  # noqa: PLC0415 - brings the clients

    if bool(file) == bool(link):
        raise click.UsageError(
            "Нужно одно из двух: файл на этом компьютере либо ссылка на документ или таблицу Google."
        )
    path = on_this_computer(file) if file else None
    seen: list[Problem] = []

    def asked(would: Brought) -> bool:
        telling.brought(replace(would, waiting=True))
        seen.extend(would.problems)
        return not dry_run and console.agreed("Перенести?")

    ask = asked if dry_run or (console.asks() and not yes) else None
    brought = runs.brought(organisation, path, link or file, today, ask)
    if brought.waiting:
        print("Ничего не записано.")
    else:
        telling.brought(brought, seen)
    return checking_commands.code_of(brought.problems)


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--engine", is_flag=True, help="Через Prefect: запуск виден в его журнале")
@click.option("--plain", is_flag=True, hidden=True, expose_value=False)
def prepare(organisation: str, today: date | None, dry_run: bool, engine: bool) -> int:
    """Подготовить все документы, которые нужны к этому дню."""
    from flows import runs  # noqa: PLC0415 - brings the clients

    if dry_run or not engine:
        return _told(runs.plainly(organisation, today, dry_run=dry_run))
    return _told(runs.prepare(organisation, today))


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--stage", type=click.IntRange(1), help="Номер этапа: справка по его итогам")
@click.option("--period", type=Span(), help="Дни: 2026-09-01..2026-12-31 или «сентябрь-декабрь 2026»")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--engine", is_flag=True, help="Через Prefect: запуск виден в его журнале")
@click.option("--plain", is_flag=True, hidden=True, expose_value=False)
def note(  # noqa: PLR0913, PLR0917 - the options of a command
    organisation: str,
    stage: int | None,
    period: Period | None,
    today: date | None,
    dry_run: bool,
    engine: bool,
) -> int:
    """Подготовить справку мониторинга: ближайшую по дорожной карте, по итогам этапа или за названные дни."""
    from flows import runs  # noqa: PLC0415 - brings the clients
    from flows.work.monitoring import Asked, monitor  # noqa: PLC0415 - brings the clients

    if stage and period:
        raise Misconfigured("Укажите что-то одно: --stage или --period.")
    asked = Asked(stage, period)
    if dry_run or not engine:
        return _told(
            runs.one_by_one(organisation, today, lambda errand: monitor(errand, asked, dry_run=dry_run))
        )
    return _told(runs.note(organisation, today, asked))


@cli.command()
@click.argument("which", metavar="ДАТА", default="")
@click.option("--organisation", required=True, help="Код организации")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--engine", is_flag=True, help="Через Prefect: запуск виден в его журнале")
@click.option("--plain", is_flag=True, hidden=True, expose_value=False)
def council(which: str, organisation: str, today: date | None, dry_run: bool, engine: bool) -> int:
    """Подготовить пакет к педсовету: по дате, по номеру, без них — к ближайшему."""
    from flows import runs  # noqa: PLC0415 - brings the clients
    from flows.work.councils import pack  # noqa: PLC0415 - brings the clients

    if dry_run or not engine:
        made = runs.one_by_one(organisation, today, lambda errand: pack(errand, which, dry_run=dry_run))
        ((report, folder),) = made
    else:
        report, folder = runs.council(organisation, today, which)
    code = _told([report])
    telling.folder(folder)
    return code


@cli.command()
@click.option("--organisation", default="", help="Код организации; пусто — все")
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
def check(organisation: str, today: date | None) -> int:
    """Проверить книгу: что не так и что было бы сделано. Ничего не записывает."""
    from flows import runs  # noqa: PLC0415 - brings the clients

    return _told(runs.plainly(organisation, today, dry_run=True))


@cli.command()
@click.option(
    "--ticks", is_flag=True, help="Только галочки: расписание ведёт свой сервер Prefect (PREFECT_API_URL)"
)
def serve(ticks: bool) -> int:
    """Работать постоянно: расписание и галочки вкладки «Запросы»."""
    from flows.engine.service import serve as run  # noqa: PLC0415 - only here

    return run(ticks_only=ticks)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Порт; 0 — любой свободный")
@click.option("--open", "trusted", is_flag=True, help="Без секрета: только для проверок на своём компьютере")
def office(folder: Path, port: int, trusted: bool) -> int:
    """Отдавать папку как Google Таблицы и Диск на этом компьютере. Секрет: NASTAVNIK_OFFICE_SECRET или строка, напечатанная при запуске."""
    from flows.serving import office as run  # noqa: PLC0415 - only here

    return run(folder, port, trusted=trusted)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def forms(folder: Path) -> int:
    """Положить в папку анкеты-таблицы .xlsx для тех, у кого нет Google Форм. Заполненную переносит import."""
    from flows.papers.form_books import lay_into  # noqa: PLC0415 - only here

    laid = lay_into(folder, settings.questionnaires())
    telling.forms(laid, folder)
    return PROBLEMS if laid.other else DONE


checking_commands.templates.add_command(founding_commands.put)


def _told(reports: list[Report]) -> int:
    telling.reports(reports)
    return max(checking_commands.code_of(report.problems) for report in reports)


def main() -> None:
    """Run the command; whatever cannot run says why in one sentence."""
    console.speak()
    code: Any = CANNOT
    try:
        code = cli(standalone_mode=False)
    except click.exceptions.Exit as over:
        code = over.exit_code
    except click.ClickException as misused:
        print(telling.misused(misused), file=sys.stderr)
    except (click.Abort, KeyboardInterrupt):
        print(console.STOPPED, file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - a person is told in words, whatever it is
        print(troubles.sentence(error), file=sys.stderr)
    sys.exit(code if isinstance(code, int) else DONE)
