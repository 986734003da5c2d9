"""The command of a district: a walk over its organisations, and organisations put into its list; registered in `flows.cli`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.command_types import Day

if TYPE_CHECKING:
    from datetime import date

    from flows.work.district.adding import Added

DONE, PROBLEMS = 0, 1


@click.group(invoke_without_command=True)
@click.option("--today", type=Day(), help="На какой день; по умолчанию сегодня")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать")
@click.option("--engine", is_flag=True, help="Через Prefect: запуск виден в его журнале")
@click.option("--json", "as_program", is_flag=True, help="Для программ")
@click.pass_context
def municipality(
    context: click.Context, today: date | None, *, dry_run: bool, engine: bool, as_program: bool
) -> int:
    """Обойти организации района: раздать строки плана, собрать данные, подготовить документы района.

    Код выхода 1 — кто-то не прислал данных или есть «стоп»: кто и почему, напечатано.
    """
    if context.invoked_subcommand is not None:
        return DONE
    from flows import console, district_runs, runs, telling_district  # noqa: PLC0415 - bring the clients

    through = engine and not dry_run
    done = (
        runs.municipality(today)
        if through
        else district_runs.walked(today, dry_run=dry_run, progress=console.progress)
    )
    (telling_district.as_json if as_program else telling_district.report)(done)
    return PROBLEMS if done.troubled else DONE


@municipality.command()
@click.argument("wishes", metavar="КОД|ССЫЛКА|ПАПКА", nargs=-1, required=True)
@click.option("--today", type=Day(), help="Каким днём записать в «Журнал»; по умолчанию сегодня")
def add(wishes: tuple[str, ...], today: date | None) -> int:
    """Добавить организации в район: код из этой рабочей папки, ссылка на книгу или папку либо папка. Повтор ничего не меняет."""
    from flows import district_runs  # noqa: PLC0415 - brings the clients

    fine = True
    for told in district_runs.add(wishes, today):
        fine = fine and not isinstance(told, str)
        print(told if isinstance(told, str) else _said(told))
    return DONE if fine else PROBLEMS


def _said(told: Added) -> str:
    if told.new:
        return f"Добавлена организация «{told.slug}»: {told.name or 'название впишите сами'}."
    return f"Организация «{told.slug}» уже в списке района, строка {told.row}. Ничего не изменилось."


COMMANDS = (municipality,)
