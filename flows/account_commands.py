"""The commands of a person's Google account: `login` and `logout`; registered in `flows.cli`."""

from __future__ import annotations

from pathlib import Path

import click

from flows import settings

DONE, PROBLEMS = 0, 1


@click.command()
@click.option(
    "--client",
    "file",
    type=click.Path(path_type=Path),
    help="Файл JSON с описанием приложения; нужен при первом входе, дальше помнится",
)
@click.option(
    "--whole-drive",
    "whole",
    is_flag=True,
    help="Право на весь Диск: для района и для файлов, положенных людьми",
)
@click.option("--no-browser", "alone", is_flag=True, help="Не открывать браузер: напечатать адрес страницы")
def login(file: Path | None, whole: bool, alone: bool) -> int:
    """Войти в Google своей учётной записью, чтобы организации жили на вашем Диске. По умолчанию программа видит только то, что сделала сама."""
    from flows.signing_in import sign_in  # noqa: PLC0415 - brings the clients

    sign_in(
        settings.load_home(), file, whole=whole, browser=not alone, say=lambda line: print(line, flush=True)
    )
    return DONE


@click.command()
def logout() -> int:
    """Выйти из Google: разрешение отзывается, файл входа удаляется. Документы на Диске остаются."""
    from flows.signing_in import sign_out  # noqa: PLC0415 - brings the clients

    said, done = sign_out(settings.load_home())
    print(said)
    return DONE if done else PROBLEMS


COMMANDS = (login, logout)
