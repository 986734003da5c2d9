"""Config files and the environment as frozen values: catalogue, norms, layout, templates, organisations."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows.domain.catalogue import record
from flows.domain.difficulties.library import Library, library
from flows.domain.errors import Misconfigured
from flows.domain.model import Norm
from flows.domain.monitoring.answers.ready_forms import Questionnaire, questionnaire
from flows.domain.register.fingerprint import FirstVersion
from flows.russian.respelt import Respelt
from flows.workspace import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.catalogue.kind import Kind
    from flows.workspace.layout import Layout

CHECKOUT = Path(__file__).resolve().parent.parent
CONFIG, TEMPLATES = CHECKOUT / "config", CHECKOUT / "templates"
REGISTRY = "nastavnik.toml"
HOME = "NASTAVNIK_HOME"
SLUG = re.compile(r"[a-z0-9-]+")
DISTRICT, MEMBER = ROLES = "district", "member"
PASSING = frozenset({"drive", "begun", "asked", "role"})
UNWRITTEN = f"Файл {REGISTRY} не записывается. Дайте право записи в рабочую папку «{{}}» или укажите другую: --home ПАПКА."


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation's place: its slug, the id of its folder and of its workbook (empty until it is made)."""

    slug: str
    folder: str = ""
    book: str = ""
    desk: str = ""
    templates: str = ""
    zone: str = "Europe/Moscow"
    drive: str = ""
    """The shared drive of Google that the folder lies on; empty elsewhere."""
    begun: str = ""
    """While it is being founded: the folder in which that was begun."""
    asked: str = ""
    """While it is being founded: the desk in which a workbook was asked for, `-` as long as none was."""
    role: str = ""
    """`DISTRICT` of the district's own place, `MEMBER` of one that another home leads and this district only reaches."""


@dataclass(frozen=True, slots=True)
class Home:
    """The working folder: `nastavnik.toml` says where the organisations live; `google` or the office beside it.

    `subject` is the user of the organisation for whom a service account's key acts, empty for none.
    """

    path: Path
    google: bool = False
    root: str = "root"
    places: tuple[Place, ...] = ()
    subject: str = ""

    @property
    def district(self) -> Place | None:
        """The district's own place; a home has one at most."""
        return next((each for each in self.places if each.role == DISTRICT), None)

    @property
    def led(self) -> tuple[Place, ...]:
        """The founded places that this home works for by itself, without those that another home leads."""
        return tuple(each for each in self.places if each.book and each.role != MEMBER)

    def place(self, slug: str) -> Place:
        """Return one organisation; `Misconfigured` when it was never made."""
        found = next((each for each in self.places if each.slug == slug), None)
        if found is None:
            known = ", ".join(each.slug for each in self.places if each.book) or "пока ни одной"
            raise Misconfigured(
                f"Организация «{slug}» не заведена. Выполните: nastavnik init --organisation {slug}. Заведены: {known}."
            )
        if not found.book:
            raise Misconfigured(unfinished(slug))
        return found


def unfinished(slug: str) -> str:
    """Say of an organisation that its founding broke off, and how it is finished."""
    return (
        f"Организацию «{slug}» начали заводить и не закончили. Повторите: nastavnik init --organisation {slug}. "
        "Начатое продолжится, второй папки и второй книги не будет."
    )


def load_home(path: Path | None = None) -> Home:
    """Read the working folder named by `path`, by NASTAVNIK_HOME, or the current one."""
    folder = (path or Path(os.environ.get(HOME, ""))).resolve()
    if folder.is_file():
        raise Misconfigured(f"«{folder.name}» — файл, а нужна рабочая папка. Укажите папку: --home ПАПКА.")
    file = folder / REGISTRY
    if not file.exists():
        return Home(folder)
    try:
        told = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"Файл {REGISTRY} не читается. Исправьте его или верните прежний: {_where(error)}."
        ) from None
    except OSError:
        raise Misconfigured(
            f"Файл {REGISTRY} не открывается. Проверьте право чтения и не открыт ли он в другой программе."
        ) from None
    listed = told.get("organisation", [])
    if not isinstance(listed, list):
        raise Misconfigured(
            f"В файле {REGISTRY} организация записана не так. Начните её строкой [[organisation]]."
        )
    places = tuple(_place(each) for each in listed)
    if sum(each.role == DISTRICT for each in places) > 1:
        raise Misconfigured(f'В файле {REGISTRY} два района. Оставьте строку role = "{DISTRICT}" у одного.')
    return Home(
        folder,
        _switch(told.get("google", False)),
        str(told.get("root", "root")),
        places,
        str(told.get("subject", "")).strip(),
    )


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise Misconfigured(
            f"В файле {REGISTRY} строка google пишется так: google = true или google = false, без кавычек."
        )
    return value


def _place(entry: object) -> Place:
    """Read one organisation; keys of a newer program are passed over, a wrong zone or slug is named."""
    if not isinstance(entry, dict) or not SLUG.fullmatch(str(entry.get("slug", ""))):
        raise Misconfigured(
            f"В файле {REGISTRY} у организации нет кода slug или он не подходит: нужны строчные латинские буквы, цифры и дефис."
        )
    place = Place(**{key: str(value) for key, value in entry.items() if key in Place.__slots__})
    try:
        ZoneInfo(place.zone)
    except (ValueError, OSError, KeyError):
        raise Misconfigured(
            f"В файле {REGISTRY} у организации «{place.slug}» нет такого часового пояса: «{place.zone}». Пишите так: Europe/Moscow, Asia/Krasnoyarsk."
        ) from None
    if place.role not in {"", *ROLES}:
        raise Misconfigured(
            f"В файле {REGISTRY} у организации «{place.slug}» строка role не подходит. Бывает {', '.join(ROLES)}; у обычной организации её нет."
        )
    return place


def _where(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "он не в кодировке UTF-8"
    found = re.search(r"line (\d+)", str(error))
    return f"ошибка в строке {found[1]}" if found else "он обрывается на последней строке"


def save_place(home: Home, place: Place) -> Home:
    """Remember an organisation, whole or not at all (temporary file, then rename)."""
    others = (each for each in home.places if each.slug != place.slug)
    return _saved(replace(home, places=(*others, place)))


def _saved(home: Home) -> Home:
    lines = [f"google = {'true' if home.google else 'false'}", f"root = {_quoted(home.root)}"]
    lines += [f"subject = {_quoted(home.subject)}", ""] if home.subject else [""]
    for each in home.places:
        told = {name: getattr(each, name) for name in Place.__slots__}
        kept = [name for name, text in told.items() if text or name not in PASSING]
        lines += ["[[organisation]]", *(f"{name} = {_quoted(told[name])}" for name in kept), ""]
    write_registry(home, "\n".join(lines).encode())
    return home


def write_registry(home: Home, data: bytes) -> None:
    """Write the working file at one stroke, for its owner alone from the first byte; `Misconfigured` when it cannot be."""
    fresh = home.path / f"{REGISTRY}.new"
    try:
        home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_bytes(data)
        fresh.replace(home.path / REGISTRY)
    except OSError:
        raise Misconfigured(UNWRITTEN.format(home.path.name)) from None


def _quoted(text: str) -> str:
    """Spell a string as TOML does."""
    return json.dumps(text, ensure_ascii=False)


@cache
def book_layout() -> Layout:
    """Return the layout of an organisation's workbook."""
    return layout.load(CONFIG / "workbook.toml")


@cache
def district_layout() -> Layout:
    """Return the layout of a district's own workbook."""
    return layout.composed(book_layout(), CONFIG / "district.toml")


def layout_of(place: Place) -> Layout:
    """Return the layout of the workbook of a place."""
    return district_layout() if place.role == DISTRICT else book_layout()


@cache
def monitoring() -> Mapping[str, Any]:
    """Return the method of counting indicators, as configured."""
    return tomllib.loads((CONFIG / "monitoring.toml").read_text("utf-8"))


@cache
def first_fingerprints() -> FirstVersion:
    """Return what register rows of the first fingerprint are judged by."""
    told = tomllib.loads((CONFIG / "fingerprints.toml").read_text("utf-8"))
    return FirstVersion(told["templates"], {kind: tuple(paths) for kind, paths in told["added"].items()})


@cache
def difficulties() -> Library:
    """Return the library of typical difficulties; `Misconfigured` says what is wrong with the record."""
    try:
        told = tomllib.loads((CONFIG / "difficulties.toml").read_text("utf-8"))
    except OSError:
        raise Misconfigured(
            "Файл config/difficulties.toml не открывается. Верните его из поставки программы."
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(
            f"Файл config/difficulties.toml не читается: {_where(error)}. Исправьте его или верните из поставки программы."
        ) from None
    return library(told)


@cache
def questionnaires() -> tuple[Questionnaire, ...]:
    """Return our own ready questionnaires; each begins with the question for the respondent's anonymous code."""
    told = tomllib.loads((CONFIG / "questionnaires.toml").read_text("utf-8"))
    return tuple(questionnaire(each, told["code"]) for each in told["form"])


@cache
def catalogue() -> Mapping[str, Kind]:
    """Return every kind of document by id; `Misconfigured` when the record speaks of what is not there."""
    from flows.domain.planning import wiring  # noqa: PLC0415 - brings every builder and every planner

    whole = record.record()
    wiring.checked(whole, book_layout().lists["request"])
    for kind in whole.kinds.values():
        if kind.made and not (TEMPLATES / kind.template).is_file():
            record.wrong(
                kind.id,
                "template",
                f"в папке templates нет файла «{kind.template}»; верните его или исправьте имя",
            )
    return whole.kinds


@cache
def norms() -> tuple[Norm, ...]:
    """Return the legal acts that preambles quote; words of theirs that are spelt better since are judged as they were."""
    told = tomllib.loads((CONFIG / "norms.toml").read_text("utf-8"))
    before = tomllib.loads((CONFIG / "fingerprints.toml").read_text("utf-8"))["respelt"]
    acts = [{"since": None, "until": None, "source": ""} | _frozen(each) for each in told["norm"]]
    for act in acts:
        said = act.get("says", {})
        act["says"] = {
            name: Respelt(before[text], text) if text in before else text for name, text in said.items()
        }
    return tuple(Norm(**act) for act in acts)


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}


@cache
def days_off(first: int, last: int) -> frozenset[date]:
    """Return weekends and holidays of Russia for the years from `first` to `last`."""
    from flows.public_holidays import russia  # noqa: PLC0415 - half the commands ask no day off

    known = russia(range(first, last + 1))
    days = (
        date(first, 1, 1) + timedelta(days=number)
        for number in range((date(last, 12, 31) - date(first, 1, 1)).days + 1)
    )
    return frozenset(day for day in days if day in known)


def template(name: str) -> bytes:
    """Return a template of ours; `Misconfigured` when the checkout has none of that name."""
    try:
        return (TEMPLATES / name).read_bytes()
    except OSError:
        raise Misconfigured(
            f"В папке templates нет файла {name}. Верните его из поставки программы."
        ) from None
