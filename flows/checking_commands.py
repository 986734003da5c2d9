"""The commands that look whether all is well: `doctor`, `templates check`; registered in `flows.cli`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows import settings, telling
from flows.domain.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Problem

DONE, PROBLEMS = 0, 1
ANSWERS = "nastavnik-try.json"


def code_of(problems: Iterable[Problem]) -> int:
    """Return what a command that found these exits with: 0 when there are notes at most, else 1."""
    return PROBLEMS if any(each.severity is not Severity.NOTE for each in problems) else DONE


@click.group()
def templates() -> None:
    """Шаблоны документов."""


@templates.command(name="check")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    help="Папка для копий, в которых у каждой ошибки стоит примечание Word",
)
def templates_check(file: Path | None, annotate: Path | None) -> int:
    """Проверить шаблон (или все шаблоны программы): что в нём не сработает и как исправить."""
    from flows.papers.copies import annotate_into, examined  # noqa: PLC0415 - brings the linter

    files = [file] if file else sorted(settings.TEMPLATES.glob("*.docx"))
    problems = {each: examined(each, settings.catalogue()) for each in files}
    telling.problems([problem for found in problems.values() for problem in found])
    if not any(problems.values()):
        print(f"Проверено шаблонов: {len(files)}. Ошибок нет.")
    elif annotate is not None:
        copies = annotate_into(
            annotate, [each for each, found in problems.items() if found], settings.catalogue()
        )
        print(f"Копий с примечаниями: {copies}, папка {annotate}")
    return code_of([problem for found in problems.values() for problem in found])


@click.command()
@click.option("--mend", is_flag=True, help="Закрыть рабочую папку от других пользователей компьютера")
@click.option(
    "--try",
    "trying",
    is_flag=True,
    help="Попробовать на деле: около 30 вызовов в своей папке, потом в корзину",
)
@click.option("--google/--office", default=None, help="С --try: что пробовать, если организаций ещё нет")
@click.option("--root", default="", help="С --try: в какой папке пробовать, её адрес или код")
@click.option(
    "--keep", type=click.Path(path_type=Path), help=f"С --try: файл для ответов без имён; иначе {ANSWERS}"
)
@click.option(
    "--share", default="", metavar="ПОЧТА", help="С --try: дать этому адресу доступ к папке пробы и отнять"
)
def doctor(  # noqa: PLR0913, PLR0917 - one for each option
    mend: bool, trying: bool, google: bool | None, root: str, keep: Path | None, share: str
) -> int:
    """Проверить настройки, доступ, права, календарь и Prefect; с --try — хранилище на деле, можно до init."""
    if trying:
        from flows.trying import home_to_try, tried  # noqa: PLC0415 - brings the clients

        return tried(home_to_try(google, root), keep or Path(ANSWERS), share)
    if google is not None or root or keep or share:
        raise click.UsageError("--google, --office, --root, --keep и --share нужны только вместе с --try.")
    return _examined(mend=mend)


def _examined(*, mend: bool) -> int:
    from flows.doctor import examine  # noqa: PLC0415 - brings everything

    healthy = True
    for told, fine in examine(settings.load_home(), mend=mend):
        print(f"{'✓' if fine else '✗'} {told}", flush=True)
        healthy = healthy and fine
    print("· Запись не пробовалась: её пробует nastavnik doctor --try")
    return DONE if healthy else PROBLEMS


COMMANDS = (templates, doctor)
