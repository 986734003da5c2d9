"""The commands that keep a home: `backup`, `restore`, `rebuild`, `update`, `history`; registered in `flows.cli`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows import settings
from flows.domain.errors import Misconfigured
from flows.russian import words

if TYPE_CHECKING:
    from flows.office.history import Version

DONE, PROBLEMS = 0, 1
KILOBYTE = 1 << 10
MEGABYTE = 1 << 20
ABROAD = "Книги и документы этой рабочей папки лежат в Google: в копии только настройки. Книги и документы хранит Google Диск."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> int:
    """Сохранить рабочую папку целиком в один архив: книги, документы, шаблоны, настройки, прежние версии."""
    from flows.keeping import backed_up  # noqa: PLC0415 - brings the office

    kept = backed_up(settings.load_home(), file, date.today())  # noqa: DTZ011 - the machine's own day
    print(
        f"Сохранено: {words.count(kept.files, 'файл')}, {-(-kept.size // MEGABYTE)} МБ, организации: "
        f"{', '.join(kept.slugs) or 'пока ни одной'}. Копия: {file}"
    )
    if kept.google:
        print(ABROAD)
    else:
        print("В копии персональные данные: храните её так же строго, как рабочую папку.")
    return DONE


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--home", "into", type=click.Path(path_type=Path), help="Новая или пустая папка; иначе рабочая")
def restore(file: Path, into: Path | None) -> int:
    """Вернуть рабочую папку из архива команды backup в новую или пустую папку."""
    from flows.keeping import organisations  # noqa: PLC0415 - brings the office
    from flows.restoring import restored  # noqa: PLC0415 - brings the office

    home = (into or Path(os.environ.get(settings.HOME, ""))).absolute()
    about = restored(file, home)
    try:
        slugs = organisations(home)
    except Misconfigured as trouble:
        slugs = (str(trouble),)
    print(
        f"Восстановлено из копии от {words.long_date(about.day)}: "
        f"{words.count(len(about.files), 'файл')}, организации: {', '.join(slugs) or 'пока ни одной'}. "
        f"Рабочая папка: {home}"
    )
    print(
        ABROAD
        if about.google
        else "Проверьте: nastavnik --home ПАПКА check. С прежней папкой вместе не работайте: номера раздвоятся."
    )
    return DONE


@click.command()
def rebuild() -> int:
    """Восстановить потерянную или повреждённую .nastavnik по книгам и документам. Повтор ничего не меняет."""
    from flows.rebuilding import rebuilt, set_aside  # noqa: PLC0415 - brings everything

    home = settings.load_home()
    kept = set_aside(home, date.today())  # noqa: DTZ011 - the machine's own day
    if kept:
        print(f"Повреждённый служебный файл отложен: {kept.relative_to(home.path)}", flush=True)
    organisations = rebuilt(home)
    for each in organisations:
        print(f"{each.slug}: узнано документов и папок: {each.papers + each.folders}")
        if each.gone:
            print(f"  файлов нет, хотя в «Документах» они есть: {', '.join(each.gone)}")
    print(
        "Номера и ссылки прежние. Прежние версии файлов и корзина, если они пропали, не вернутся: они есть только в копии."
    )
    return PROBLEMS if any(each.gone for each in organisations) else DONE


@click.command()
def update() -> int:
    """Обновить книги после обновления программы; прежние сохраняются. Повтор ничего не меняет."""
    from flows.updating import updated  # noqa: PLC0415 - brings the clients

    home = settings.load_home()
    for slug, changed in updated(home):
        print(f"{slug}: {'книга обновлена' if changed else 'книга уже нынешняя, ничего не изменилось'}")
        if changed and home.google:
            print("  Прежний вид книги: Файл → История версий.")
    return DONE


@click.command()
@click.argument("paper")
@click.option("--back", "number", type=int, help="Вернуть версию с этим номером; нынешняя сохранится")
@click.option("--json", "as_program", is_flag=True, help="Для программ")
def history(paper: str, number: int | None, as_program: bool) -> int:
    """Прежние версии документа: показать или вернуть одну. PAPER — путь к файлу, номер проекта или часть имени."""
    from flows import history as kept  # noqa: PLC0415 - brings the office
    from flows.keeping import held  # noqa: PLC0415 - brings the office

    with held(settings.load_home()) as office:
        if office is None:
            if number is not None:
                raise Misconfigured(kept.ABROAD)
            print(
                json.dumps({"google": True, "said": kept.ABROAD}, ensure_ascii=False)
                if as_program
                else kept.ABROAD
            )
            return DONE
        entry, path = kept.paper(office, paper)
        versions = office.versions(entry.id) if number is None else kept.brought_back(office, entry, number)
    if as_program:
        print(json.dumps(kept.as_json(path, versions), ensure_ascii=False))
        return DONE
    print(f"{path}")
    if number is not None:
        print(f"Возвращена версия {number}; та, что лежала до неё, сохранена.")
    _listed(versions)
    return DONE


def _listed(versions: tuple[Version, ...]) -> None:
    if len(versions) == 1:
        print("Прежних версий нет: программа этот файл не переписывала.")
        return
    for each in versions:
        marks = [
            *(["лежит в папке"] if each.current else []),
            *(["зарегистрирована"] if each.registered else []),
        ]
        told = f" – {', '.join(marks)}" if marks else ""
        print(
            f"  {each.number}: {each.saved.astimezone():%d.%m.%Y %H:%M}, {-(-each.size // KILOBYTE)} КБ{told}"
        )
    print("Вернуть: nastavnik history ДОКУМЕНТ --back НОМЕР. Нынешняя версия при этом сохраняется.")


COMMANDS = (backup, restore, rebuild, update, history)
