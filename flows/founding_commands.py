"""The commands that found an organisation and lay templates into its folder; registered in `flows.cli`."""

from __future__ import annotations

import click

from flows import settings
from flows.workspace.addresses import book_link, folder_link

DONE, PROBLEMS = 0, 1


@click.command()
@click.option("--organisation", required=True, help="Код латиницей, например malysh")
@click.option("--title", default="", help="Название для папки и книги; по умолчанию код")
@click.option("--zone", default="Europe/Moscow", help="Часовой пояс, например Asia/Krasnoyarsk")
@click.option("--google/--office", default=None, help="Где жить: Google или локальная папка")
@click.option(
    "--root",
    default="",
    help="Адрес или код папки Google Диска, в которой завести организацию; по умолчанию прежняя",
)
@click.option(
    "--municipality", is_flag=True, help="Это район: управление или методический центр над организациями"
)
@click.option("--head", multiple=True, help="Почта руководителя: откроется папка, приказы – для правки")
@click.option("--curator", multiple=True, help="Почта куратора: откроется вся папка для правки")
@click.option("--accountant", multiple=True, help="Почта бухгалтера: откроются изданные приказы и соглашения")
def init(  # noqa: PLR0913 - the options of a command
    *,
    organisation: str,
    title: str,
    zone: str,
    google: bool | None,
    root: str,
    municipality: bool,
    **whom: tuple[str, ...],
) -> int:
    """Завести организацию или район: папка, рабочая книга, шаблоны. Повтор ничего не меняет; почту можно указать и позже."""
    from flows import letting_in, runs  # noqa: PLC0415 - bring the clients

    emails = letting_in.addresses(whom)
    home = runs.chosen(settings.load_home(), google, root)
    role = settings.DISTRICT if municipality else ""
    place, changed = runs.founded(home, organisation, title, zone, root, _say, role)
    district = place.role == settings.DISTRICT
    what, made = ("Район", "заведён") if district else ("Организация", "заведена")
    print(
        f"{what} «{organisation}» {made if changed else f'уже {made}, ничего не изменилось'}. Рабочая папка: {home.path}"
    )
    if home.google:
        print(f"Папка: {folder_link(place.folder)}\nКнига: {book_link(place.book)}")
    for line in letting_in.let_in(organisation, emails):
        print(line)
    if changed and district:
        print(
            "Дальше: заполните в книге «Настройки», добавьте организации — nastavnik municipality add КОД, перенесите план района — "
            f"nastavnik import ФАЙЛ --organisation {organisation}, затем nastavnik municipality."
        )
    elif changed:
        print(
            f"Дальше: заполните в книге «Настройки», перенесите дорожную карту — nastavnik import ФАЙЛ --organisation {organisation}, "
            f"затем nastavnik prepare --organisation {organisation}."
        )
    return DONE


def _say(step: str) -> None:
    print(step, flush=True)


@click.command(name="put")
@click.argument("which", metavar="ВИД")
@click.option("--organisation", required=True, help="Код организации")
@click.option(
    "--empty",
    is_flag=True,
    help="Я проверил: папка «Шаблоны» пуста (нужно только книгам прежних версий программы)",
)
def put(which: str, organisation: str, empty: bool) -> int:
    """Положить в папку «Шаблоны» копию шаблона, чтобы её править: код вида (order.pairs), его название или all — все. Повтор ничего не меняет."""
    from flows import runs  # noqa: PLC0415 - brings the clients

    lines, fine = runs.templates_put(organisation, which, empty=empty)
    print("\n".join(lines))
    return DONE if fine else PROBLEMS


COMMANDS = (init,)
