"""The commands that keep a home: `backup`, `restore`, `rebuild`, `update`; registered in `flows.cli`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from flows import settings
from flows.domain.errors import Misconfigured
from flows.russian import words

DONE, PROBLEMS = 0, 1
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


COMMANDS = (backup, restore, rebuild, update)
