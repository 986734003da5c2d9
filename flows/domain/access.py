"""Who may open what in the organisation's folder: the table of config, the addresses that people typed, what follows.

Addresses stand in lines of `Настройки`. What does not read as an address is a finding on its cell, nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.model import Cell

ROLES = ("reader", "commenter", "writer")  # from the least to the most
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PARTED, CYRILLIC = re.compile(r"[;,\n]+"), re.compile("[А-Яа-яЁё]")
VALUE, WRONG, TWICE = "Значение", "access-address", "access-twice"
EXAMPLE = "Впишите адрес аккаунта Google, например kurator@shkola.ru; несколько – через точку с запятой."


@dataclass(frozen=True, slots=True)
class Holder:
    """One of those whom the folder is opened to: an id of ours, a Russian word, the line of `Настройки`.

    `opens` are folders inside a school year ("" is the organisation's own folder) with a role, `papers` kinds with a role.
    """

    id: str
    title: str
    setting: str
    opens: tuple[tuple[str, str], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole table; `limited` are folders inside a school year that should not open together with the one around."""

    holders: tuple[Holder, ...] = ()
    limited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """An address as typed, lower-cased: whose it is and in which cell it stands."""

    email: str
    holder: Holder
    origin: Origin


@dataclass(frozen=True, slots=True)
class Typed:
    """What the lines of `Настройки` say; `sure` is False where any of it could not be read, so nobody is left out for it."""

    addresses: tuple[Address, ...] = ()
    problems: tuple[Problem, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A right that must be: on which file, for which address, which role; `place` names the file in words."""

    file_id: str
    place: str
    role: str
    address: Address


@dataclass(frozen=True, slots=True)
class Places:
    """Where rights may stand: the organisation's folder, folders by their path, registered papers by their file."""

    root: str
    folders: Mapping[str, str] = field(default_factory=dict)  # id by «2026-2027/03 Пары»
    papers: Mapping[str, str] = field(default_factory=dict)  # kind by the id of a file


def typed(policy: Policy, lines: Iterable[tuple[int, Sequence[Cell]]], book: str = "") -> Typed:
    """Read the addresses out of the lines of `Настройки` (row number as people see it, cells)."""
    cells = {fold(str(line[0] or "")): (row, line) for row, line in lines if line}
    addresses: list[Address] = []
    problems: list[Problem] = []
    for holder in policy.holders:
        row, line = cells.get(fold(holder.setting), (0, ()))
        text = str(line[1] or "") if len(line) > 1 else ""
        origin = Origin(book, SETTINGS, row, VALUE)
        emails, slips = _emails(text, holder.setting, origin)
        problems += slips
        addresses += [Address(each, holder, origin) for each in emails]
    sure = not any(each.code == WRONG for each in problems)
    return Typed(tuple(addresses), tuple(problems), sure)


def _emails(text: str, setting: str, origin: Origin) -> tuple[list[str], list[Problem]]:
    emails: list[str] = []
    problems: list[Problem] = []
    pieces = [each.strip() for each in PARTED.split(text) if each.strip()]
    for number, piece in enumerate(pieces, 1):
        words = piece.split()
        if not all(ADDRESS.fullmatch(each) for each in words):
            which = f"«{setting}»" if len(pieces) == 1 else f"«{setting}», {number}-й по счёту"
            said = f"{which}: {_why(piece)} {EXAMPLE} Пока так, по этой записи ничего не открывается."
            problems.append(Problem(Severity.QUESTION, WRONG, origin, said, printed=piece, subject=setting))
            continue
        for email in map(str.lower, words):
            if email in emails:
                said = f"«{setting}»: один адрес вписан дважды. Уберите лишний."
                problems.append(Problem(Severity.NOTE, TWICE, origin, said, printed=email, subject=setting))
            else:
                emails.append(email)
    return emails, problems


def _why(piece: str) -> str:
    """Say what is wrong with a piece that is no address."""
    if "@" not in piece:
        return "это не адрес почты."
    if CYRILLIC.search("".join(word for word in piece.split() if "@" in word)):
        return "в адресе есть русские буквы (часто это с, о, а, е): наберите его латинскими."
    if len(piece.split()) > 1 or "<" in piece:
        return "кроме адреса вписано что-то ещё: оставьте только адрес."
    return "адрес написан с ошибкой."


def targets(addresses: Iterable[Address], places: Places) -> tuple[Target, ...]:
    """Return the rights that must be; who has two roles on one file has the greater."""
    best: dict[tuple[str, str], Target] = {}
    for address in addresses:
        for target in _of(address, places):
            known = best.get((target.file_id, address.email))
            if known is None or ROLES.index(known.role) < ROLES.index(target.role):
                best[target.file_id, address.email] = target
    return tuple(best.values())


def _of(address: Address, places: Places) -> Iterable[Target]:
    for where, role in address.holder.opens:
        if not where:
            yield Target(places.root, "вся папка", role, address)
        for path, file_id in places.folders.items():
            if where and _is(path, where):
                yield Target(file_id, f"«{where}»", role, address)
    for kind, role in address.holder.papers:
        for file_id, own in places.papers.items():
            if own == kind:
                yield Target(file_id, "подписанные соглашения", role, address)


def limited(policy: Policy, places: Places) -> dict[str, str]:
    """Return the folders that should not open together with the one around: their path by id."""
    return {
        file_id: path
        for path, file_id in places.folders.items()
        if any(_is(path, where) for where in policy.limited)
    }


def _is(path: str, where: str) -> bool:
    """Tell whether a path is this one of some school year: «2026-2027/03 Пары» is «03 Пары»."""
    return path.endswith("/" + where) and path.count("/") == where.count("/") + 1


def policy(table: Mapping[str, Any]) -> Policy:
    """Read config's table; `ValueError` names a role that there is none of."""
    holders = tuple(
        Holder(
            str(each["id"]),
            str(each["title"]),
            str(each["setting"]),
            tuple((where, role) for where, role in each.get("opens", ())),
            tuple((kind, role) for kind, role in each.get("papers", ())),
        )
        for each in table["holder"]
    )
    wrong = {role for each in holders for _, role in (*each.opens, *each.papers)} - set(ROLES)
    if wrong:
        raise ValueError(f"role {min(wrong)}")
    return Policy(holders, tuple(map(str, table.get("limited", ()))))
