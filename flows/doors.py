"""The one place that chooses between Google and the local office, and gathers what the checkout supplies."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows import access_table, holders, libreoffice, settings
from flows.domain.catalogue.record import made_in
from flows.domain.documents.builders import BUILDERS
from flows.domain.errors import Misconfigured, TryLater
from flows.office import InProcess, Office, OfficeBusy, OfficeUnavailable
from flows.office.kept import MEMORY, keep_before
from flows.office.soundness import knows, remembers
from flows.papers import pdf
from flows.work import Supplies
from flows.workspace import signing
from flows.workspace.clock import Clock
from flows.workspace.links import leads_to_google
from flows.workspace.session import google_session, office_session
from flows.workspace.space import over
from flows.workspace.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from flows.settings import Home, Place
    from flows.workspace.space import Workspace

YEARS = 3


@contextmanager
def open_workspace(
    home: Home, clock: Clock | None = None, tell: Callable[[str], None] | None = None
) -> Iterator[Workspace]:
    """Open the workspace of a home: Google when it says so, else the office over its own folder.

    `tell` says to whoever waits what is waited for, by itself on the error stream.
    """
    if home.google:
        refuse_moved(home)
        yield replace(_google(home, clock, tell), lays_ahead=False, shares=True)
        return
    refuse_lost(home)
    try:
        home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        office = Office(home.path)
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    except (OfficeUnavailable, OSError) as trouble:
        told = (
            str(trouble)
            if isinstance(trouble, OfficeUnavailable)
            else f"Папка «{home.path.name}» не создаётся: нет права записи. Укажите другую."
        )
        raise Misconfigured(told) from None
    try:
        with holders.holding(home.path) as (holder, lives):
            space = over(office_session(InProcess(office)), clock)
            yield replace(space, holder=holder, lives=lives, tell=tell or _tell, keep=partial(_keep, office))
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    finally:
        office.close()


@contextmanager
def open_for_link(home: Home, link: str, clock: Clock | None = None) -> Iterator[Workspace]:
    """Open the store that a link leads to: Google for an address of its own, whatever the home is; else the home's."""
    if home.google or not leads_to_google(link):
        with open_workspace(home, clock) as space:
            yield space
        return
    try:
        space = _google(home, clock)
    except Misconfigured as lacking:
        raise Misconfigured(
            f"Ссылка ведёт в Google, а входа в Google нет. Скачайте файл (Файл → Скачать) и передайте его вместо ссылки или войдите. {lacking}"
        ) from None
    yield space


def _google(home: Home, clock: Clock | None, tell: Callable[[str], None] | None = None) -> Workspace:
    by = signing.load(home.path, os.environ.get(signing.KEY_FILE, ""), home.subject)
    voice = Voice(clock or Clock(), tell or _tell)
    space = over(google_session(by, clock, voice), clock, voice)
    return replace(space, tell=voice.say, sign_in=signing.sign_in_of(by))


def refuse_moved(home: Home) -> None:
    """Raise `Misconfigured` where the working file says Google and the books are those of the office beside it."""
    if knows(home.path, (place.book for place in home.places)):
        raise Misconfigured(
            f"В {settings.REGISTRY} записано google = true, а книги этой рабочей папки ведёт локальный офис. Верните "
            "google = false. Для Google возьмите другую рабочую папку: nastavnik --home ПАПКА init --google."
        )


def refuse_lost(home: Home) -> None:
    """Raise `Misconfigured` where books are known and the sidecar is gone or damaged: a new one would know nothing of them."""
    if any(place.book for place in home.places) and not remembers(home.path):
        what = "повреждён" if (home.path / MEMORY).exists() else "пропал"
        raise Misconfigured(
            f"В рабочей папке {what} служебный файл {MEMORY}. Верните его из резервной копии: nastavnik restore ФАЙЛ. "
            "Если копии нет, восстановите его по книгам и документам: nastavnik rebuild. "
            f"Если организации живут в Google, верните в {settings.REGISTRY} строку google = true."
        )


def _keep(office: Office, book: str) -> None:
    path = office.link(book)
    if path is None:
        return
    try:
        kept = keep_before(office.root, path)
    except OSError:
        raise Misconfigured(
            "Прежнюю книгу не удалось сохранить перед обновлением: на диске нет места или права записи. Книга не тронута; освободите место и повторите."
        ) from None
    _tell(
        f"Книга обновляется. Прежняя сохранена: {', '.join(str(each.relative_to(office.root)) for each in kept)}"
    )


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def supplies(today: date, place: Place | None = None) -> Supplies:
    """Gather for a place (an organisation's where none is named) layout, catalogue, builders, acts, days off around a day, templates, ready questionnaires, first fingerprints."""
    days_off = settings.days_off(today.year - YEARS, today.year + YEARS)
    to_pdf = pdf.converted if libreoffice.available() else None
    return Supplies(
        settings.layout_of(place) if place else settings.book_layout(),
        made_in(settings.catalogue(), district=place is not None and place.role == settings.DISTRICT),
        BUILDERS,
        settings.norms(),
        days_off,
        settings.template,
        to_pdf,
        settings.monitoring(),
        settings.questionnaires(),
        settings.first_fingerprints(),
        access_table.table(),
        settings.difficulties(),
    )


def trim(home: Home, days: int) -> None:
    """Have the office of a local home forget the calls it answered more than so many days ago."""
    office = Office(home.path)
    try:
        office.trim(days)
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    finally:
        office.close()
