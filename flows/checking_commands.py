"""The commands that look whether all is well: `doctor`, `templates check`; registered in `flows.cli`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows import settings, telling
from flows.command_types import Day
from flows.domain.errors import Misconfigured
from flows.domain.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

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
@click.option("--organisation", default="", metavar="КОД", help="Показать шаблон на данных этой организации")
@click.option(
    "--show",
    type=click.Path(path_type=Path),
    help="Файл для показа; иначе он ляжет рядом с шаблоном. Без --organisation – образец с вымышленными людьми",
)
@click.option("--today", type=Day(), help="С --organisation: на какой день; по умолчанию сегодня")
def templates_check(
    file: Path | None, annotate: Path | None, organisation: str, show: Path | None, today: date | None
) -> int:
    """Проверить шаблон (или все шаблоны программы): что в нём не сработает и как исправить; показать на своих данных."""
    from flows.papers.copies import annotate_into, examined  # noqa: PLC0415 - brings the linter

    if (organisation or show) and file is None:
        raise click.UsageError(
            "Для показа назовите один файл: nastavnik templates check ФАЙЛ --organisation КОД."
        )
    files = [file] if file else sorted(settings.TEMPLATES.glob("*.docx"))
    problems = {each: examined(each, settings.catalogue()) for each in files}
    telling.problems([problem for found in problems.values() for problem in found])
    code = code_of([problem for found in problems.values() for problem in found])
    if code == DONE:
        print(f"Проверено шаблонов: {len(files)}. Ошибок нет.")
    elif annotate is not None:
        copies = annotate_into(
            annotate, [each for each, found in problems.items() if found], settings.catalogue()
        )
        print(f"Копий с примечаниями: {copies}, папка {annotate}")
    if file is not None and (organisation or show):
        return max(code, _shown(file, organisation, show, today, problems[file]))
    return code


def _shown(
    file: Path, organisation: str, show: Path | None, today: date | None, problems: Iterable[Problem]
) -> int:
    """Lay a template printed with an organisation's own data beside it, or say why that cannot be."""
    if any(each.severity is Severity.STOP for each in problems):
        print("Показ не сделан: сначала исправьте то, что отмечено словом «стоп».")
        return PROBLEMS
    from flows.runs import template_shown  # noqa: PLC0415 - brings the clients

    into = show or file.with_name(f"{file.stem}.показ.docx")
    if into.resolve() == file.resolve():
        raise Misconfigured("Показ затёр бы сам шаблон. Укажите другой файл: --show ФАЙЛ.")
    made = template_shown(organisation, file, today)
    telling.shown(made, into, organisation)
    if not made.paper:
        return PROBLEMS
    try:
        into.write_bytes(made.paper)
    except OSError:
        raise Misconfigured(
            f"Показ не записывается в «{into.name}»: нет папки или права записи либо файл открыт в Word. Укажите другой файл: --show ФАЙЛ."
        ) from None
    return DONE


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
