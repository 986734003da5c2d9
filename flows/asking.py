"""What a run is asked for, as its form shows it: codes and days only, and nothing the form does not know."""

from __future__ import annotations

import os
from datetime import date  # noqa: TC003 - a request is read by its annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from flows import command_words, engine, settings
from flows.domain.errors import Misconfigured
from flows.engine import lifeline, run_page

NO_HOME = (
    "У работника нет рабочей папки с организациями. Запустите его с переменной NASTAVNIK_HOME: в ней путь к папке, "
    "где лежит nastavnik.toml."
)
SLUG, ANY_SLUG = r"^[a-z0-9-]+$", r"^[a-z0-9-]*$"


class OfHome(BaseModel):
    """Заявка: для какой рабочей папки запуск."""

    model_config = ConfigDict(extra="forbid")

    home: str = Field(
        default="",
        title="Рабочая папка",
        description="Ставит программа; пусто — та, где идёт работа",
        pattern=engine.MARK,
        json_schema_extra={"position": 90},
    )


class OfOne(OfHome):
    """Заявка на одну организацию."""

    organisation: str = Field(title="Организация", pattern=SLUG, json_schema_extra={"position": 0})


class OfDay(OfHome):
    """Заявка на день: всех часовых поясов или одного."""

    today: date | None = Field(
        default=None, title="На какой день", description="Пусто — сегодня", json_schema_extra={"position": 1}
    )
    zone: str = Field(
        default="",
        title="Часовой пояс",
        description="Только этого пояса; пусто — все",
        pattern=r"^([A-Z][A-Za-z_]+/[A-Z][A-Za-z_/+\-0-9]+)?$",
        json_schema_extra={"position": 2},
    )

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            return command_words.zone(zone) if zone else zone
        except Misconfigured as unknown:
            raise ValueError(str(unknown)) from None


class OfMany(OfDay):
    """Заявка на одну организацию, на организации часового пояса или на все."""

    organisation: str = Field(
        default="",
        title="Организация",
        description="Код организации; пусто — все",
        pattern=ANY_SLUG,
        json_schema_extra={"position": 0},
    )


def begun(request: OfHome) -> None:
    """Begin a run: end it with the process that started it, refuse one meant for another home, tag its page."""
    lifeline.tie()
    engine.refuse_foreign(settings.load_home(), request.home)
    run_page.tag(getattr(request, "organisation", ""), getattr(request, "zone", ""))


def places(organisation: str, zone: str) -> list[settings.Place]:
    """Choose one organisation, or all of a time zone that have a book; an empty zone is any."""
    home = settings.load_home()
    if not home.places and os.environ.get(engine.RUN):
        raise Misconfigured(NO_HOME)
    if organisation:
        return [home.place(organisation)]
    return [each for each in home.led if zone in {"", each.zone}]
