"""Where an organisation stands: its folder, its desk and its workbook, made once each whatever breaks off.

Folders are made with ids that are remembered before, so that a repetition makes no second. A workbook gets its id from
Google: before one is asked for, it is remembered in which desk; when the answer was lost and the list of the desk does
not show the workbook (a list may lag), the desk is put into the bin with whatever is still to appear in it, and a new
one takes its place. Whether a place can hold files is known from the first of them: a refused place is not remembered.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.work.template_copies import FOLDER as TEMPLATES
from flows.workspace.addresses import HOW, MY_DRIVE, folder_id
from flows.workspace.drive import FOLDER, SHORTCUT
from flows.workspace.names import folder_name, safe
from flows.workspace.own_properties import ORGANISATION, ROLE
from flows.workspace.refusals import Full, Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Place
    from flows.workspace.drive import Entry
    from flows.workspace.space import Workspace

DESK = "00 Рабочая книга и шаблоны"
NONE = "-"
TRIES = 4
NOTHING = "Ничего не заведено и не запомнено."
HOMELESS = (
    "Не указано, где завести организацию. Служебная учётная запись не может владеть файлами на «Моём диске»: сделайте "
    "папку на общем диске, дайте этой учётной записи роль «Контент-менеджер» и укажите адрес папки: --root АДРЕС. "
    "Нет общего диска — войдите своей учётной записью: nastavnik login."
)
WITHOUT_ROOT = (
    "Можно и без --root: тогда папка ляжет на ваш «Мой диск», потом её можно перетащить в нужное место. "
)
UNSTEADY = (
    "Папку организации всё время убирают, пока её заводят. Дождитесь, пока другие закончат, и повторите."
)


class Unfit(Exception):  # noqa: N818 - an answer founding expects, never shown
    """What was begun cannot be gone on with: it lies in the bin, elsewhere, or its id is spent."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder to found in: its id as Drive takes it, and the shared drive it lies on."""

    id: str
    drive: str = ""


@dataclass
class Making:
    """One founding: where, of what, and the place as it is remembered so far."""

    space: Workspace
    ground: Ground
    place: Place
    title: str
    save: Callable[[Place], object]
    say: Callable[[str], None]

    def remember(self, **changed: str) -> None:
        """Remember a change of the place before anything else is done."""
        self.place = replace(self.place, **changed)
        self.save(self.place)


def made(  # noqa: PLR0913, PLR0917 - all of a founding
    space: Workspace,
    root: str,
    place: Place,
    title: str,
    save: Callable[[Place], object],
    say: Callable[[str], None],
) -> Place:
    """Make the folders and the workbook of an organisation in the folder that `root` names, or go on making them.

    Raises `Misconfigured` and `Refused` with what is wrong with the folder: then `save` is given the place as it was.
    """
    say("Проверяю папку, в которой завести организацию.")
    making = Making(space, ground(space, root), place, title, save, say)
    for _ in range(TRIES):
        with suppress(Unfit):
            folder = _folder(making, place)
            drive = _drive(making, folder, before=place)
            book = _desk_and_book(making, drive)
            making.remember(book=book.id, drive=drive, begun="", asked="")
            return making.place
    raise TryLater(UNSTEADY)


def ground(space: Workspace, root: str) -> Ground:
    """Look at the folder that is to hold the organisation; `Misconfigured` says why it cannot."""
    wanted, owns = folder_id(root), space.sign_in is None or space.sign_in.owns
    if wanted == MY_DRIVE and not owns:
        raise Misconfigured(f"{HOMELESS} {NOTHING}")
    if wanted == MY_DRIVE:
        return Ground(wanted)
    try:
        seen = space.drive.ground(wanted)
    except Missing as unseen:
        instead = WITHOUT_ROOT if owns else ""
        raise Misconfigured(
            f"Папки, в которой завести организацию, не видно. {unseen} {instead}{NOTHING}"
        ) from None
    name = f"«{seen.name}»"
    if seen.mime == SHORTCUT:
        raise Misconfigured(f"{name} — ярлык, а нужна сама папка. Откройте её по ярлыку. {HOW} {NOTHING}")
    if seen.mime != FOLDER:
        raise Misconfigured(f"{name} — файл, а нужна папка. {HOW} {NOTHING}")
    if seen.trashed:
        raise Misconfigured(
            f"Папка {name} лежит в корзине. Верните её оттуда или укажите другую: --root АДРЕС. {NOTHING}"
        )
    if seen.shut:
        raise Misconfigured(
            f"В папку {name} нельзя ничего положить: её можно только смотреть. Откройте к ней доступ: на общем диске "
            f"роль «Контент-менеджер», на «Моём диске» — «Редактор». {NOTHING}"
        )
    return Ground(seen.id, seen.drive)


def lies_elsewhere(space: Workspace, place: Place, root: str) -> str:
    """Say where a founded organisation lies if that is not the folder asked for; empty where it is."""
    wanted, folder = folder_id(root), space.drive.entry(place.folder)
    here = not space.drive.ground(place.folder).drive if wanted == MY_DRIVE else folder.parent == wanted
    if here:
        return ""
    return (
        f"Организация «{place.slug}» уже заведена, её папка: {folder.link}. Второй не будет. Чтобы перенести её, "
        "перетащите папку в Google Диске в нужное место: книга и документы от этого не меняются."
    )


def followed(space: Workspace, place: Place, save: Callable[[Place], object]) -> Place:
    """Remember on which shared drive a founded organisation lies by now: people may have moved it, older programs forgot it."""
    folder = space.drive.ground(place.folder)
    if folder.trashed:
        raise Misconfigured(
            f"Папка организации «{place.slug}» лежит в корзине вместе с книгой. Верните её из корзины и повторите."
        )
    if folder.drive == place.drive:
        return place
    place = replace(place, drive=folder.drive)
    save(place)
    return place


def _folder(making: Making, before: Place) -> Entry:
    """Have the organisation's own folder, the one that was begun or a new one."""
    place = making.place
    fresh = not place.templates
    if fresh:
        root, desk, templates = making.space.drive.ids(3)
        making.remember(
            folder=root, desk=desk, templates=templates, begun=making.ground.id, asked=NONE, drive=""
        )
        place = making.place
    name = folder_name(f"Наставничество — {making.title}")
    making.say(f"Делаю папку «{name}».")
    about = {ORGANISATION: place.slug, ROLE: "folder"}
    try:
        folder = making.space.drive.folder(place.folder, name, making.ground.id, about)
    except Missing:
        _anew(making)
    except (Misconfigured, Refused) as refusal:
        if not before.templates:  # ids of an earlier run may have made a folder whose answer was lost
            making.save(before)
        raise type(refusal)(f"{refusal} {NOTHING}") from None
    if folder.trashed:
        _anew(making)
    if not _here(place, folder, making.ground):
        _leave(making, folder)
    if place.begun != making.ground.id:
        making.remember(begun=making.ground.id)
    return folder


def _here(place: Place, folder: Entry, below: Ground) -> bool:
    """Tell whether the folder was begun where it is wanted; one that people have moved since is followed.

    Of `root` alone nobody says its id to every account: there a folder is elsewhere when it is where it was begun.
    """
    if below.id in {place.begun, folder.parent}:
        return True
    return below.id == MY_DRIVE and folder.parent != place.begun


def _drive(making: Making, folder: Entry, *, before: Place) -> str:
    """Tell on which shared drive the organisation's folder lies; Google does not say it of every drive's own root."""
    below = making.ground
    if folder.parent == below.id and below.drive:
        return below.drive
    if below.id == MY_DRIVE and not before.templates:
        return ""
    return making.space.drive.ground(folder.id).drive


def _desk_and_book(making: Making, drive: str) -> Entry:
    place, make = making.place, making.space.drive.folder
    about = {ORGANISATION: place.slug, ROLE: "folder"}
    making.say("Делаю рабочую книгу и папку шаблонов.")
    try:
        desk = make(place.desk, DESK, place.folder, about)
        templates = make(place.templates, TEMPLATES, place.desk, about)
    except Missing:
        _new_desk(making)
    if desk.trashed or templates.trashed:
        _new_desk(making)
    return _book(making, drive)


def _book(making: Making, drive: str) -> Entry:
    """Have the workbook: the one that lies in the desk, or a new one where none was asked for yet."""
    place, ours = making.place, making.space.drive
    if place.asked != NONE:
        lying = ours.found(f"'{place.desk}' in parents and trashed=false", drive)
        books = [each for each in lying if each.properties.get(ROLE) == "book"]
        if books:
            return books[0]
        if _of_people(making, drive):
            raise TryLater(
                "Прежний запуск просил Google сделать книгу, и ответа не было; в списке папки её пока нет, а файлы людей "
                f"уже есть. Откройте папку «{DESK}» в Google Диске: уберите из неё и из «{TEMPLATES}» свои файлы и повторите."
            )
        ours.change(place.desk, {"trashed": True})
        _new_desk(making)
    making.remember(asked=place.desk)
    about = {ORGANISATION: place.slug, ROLE: "book"}
    try:
        return ours.book(safe(f"Наставничество — {making.title}"), place.desk, about)
    except Full as full:
        _withdraw(making, drive)
        raise Full(f"{full} {NOTHING} Укажите другую папку: --root АДРЕС.") from None


def _of_people(making: Making, drive: str) -> bool:
    """Tell whether anything lies in the begun folders that this program did not put there."""
    place = making.place
    own = {place.desk, place.templates}
    inside = (
        each
        for folder in (place.folder, place.desk, place.templates)
        for each in _listed(making, folder, drive)
    )
    return any(each.id not in own and each.properties.get(ROLE) != "book" for each in inside)


def _listed(making: Making, folder: str, drive: str) -> list[Entry]:
    try:
        return making.space.drive.found(f"'{folder}' in parents and trashed=false", drive)
    except Missing:
        return []


def _leave(making: Making, folder: Entry) -> NoReturn:
    """Put what was begun elsewhere into the bin, unless people have laid something there; a new beginning follows."""
    drive = making.space.drive.ground(folder.id).drive
    where = f"Организацию «{making.place.slug}» начали заводить в другой папке: {folder.link}. "
    if _of_people(making, drive):
        raise Refused(
            f"{where}В ней уже есть файлы людей. Уберите их оттуда и повторите или закончите там: --root АДРЕС той папки."
        )
    try:
        making.space.drive.change(folder.id, {"trashed": True})
    except (Misconfigured, Refused) as refusal:
        raise Refused(
            f"{where}Убрать её в корзину не удалось, а второй не будет. {refusal} Уберите её сами и повторите."
        ) from None
    making.say("Начатое в другой папке убрано в корзину.")
    _anew(making)


def _withdraw(making: Making, drive: str) -> None:
    """Take back folders in a place that cannot hold files, and forget them; what cannot be taken back stays remembered."""
    if _of_people(making, drive):
        return
    with suppress(Misconfigured, Refused, TryLater):
        making.space.drive.change(making.place.folder, {"trashed": True})
        making.save(replace(making.place, folder="", desk="", templates="", drive="", begun="", asked=""))


def _anew(making: Making) -> NoReturn:
    making.remember(folder="", desk="", templates="", begun="", asked="", drive="")
    raise Unfit


def _new_desk(making: Making) -> NoReturn:
    desk, templates = making.space.drive.ids(2)
    making.remember(desk=desk, templates=templates, asked=NONE)
    raise Unfit
