"""The record of kinds, `config/documents.toml`, read once and checked whole: a slip in it is told before anything is made.

The record is a part of the program, as its modules are: it is the one file that the core reads by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from flows.domain import tabs
from flows.domain.catalogue import calling_words
from flows.domain.catalogue.kind import CHOICES, Kind
from flows.domain.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = Path(__file__).parents[3] / "config" / "documents.toml"
SPELT = "config/documents.toml"
TYPES: Mapping[str, tuple[type, str]] = {
    "str": (str, "текст в кавычках"),
    "bool": (bool, "true или false без кавычек"),
    "int": (int, "целое число без кавычек"),
    "tuple[str, ...]": (list, "список в квадратных скобках, каждое слово в кавычках"),
    "tuple[str, ...] | None": (list, "список в квадратных скобках, каждое слово в кавычках"),
    "tuple[Mapping[str, str], ...]": (list, "список записей «stems, words, unless»"),
    "Mapping[str, str]": (dict, "запись в фигурных скобках: поле = «вид»"),
}
TRAITS = {each.name: str(each.type) for each in fields(Kind)}
TITLES = frozenset(value for name, value in vars(tabs).items() if name.isupper() and isinstance(value, str))
# Traits that name other kinds.
NAMING = ("within", "copy_of", "journal", "cites", "awaits")
CALLED = frozenset({"stems", "words", "unless"})
WANTED = frozenset({"kind", "title"})


@dataclass(frozen=True, slots=True)
class PackNeed:
    """A line of a council's folder: which kind, what the folder calls it, whether all such papers are wanted or the last.

    What is `prepared` is drawn up in time for the folder, whenever a row of the roadmap would ask for it.
    """

    kind: str
    title: str
    several: bool = False
    prepared: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The whole file: kinds by id, what every kind and each family says by itself, the folder of a council by season."""

    kinds: Mapping[str, Kind]
    usual: Mapping[str, Any]
    families: Mapping[str, Mapping[str, Any]]
    packs: Mapping[str, tuple[PackNeed, ...]]


@cache
def record() -> Record:
    """Return the program's own record; `Misconfigured` says in one sentence what is wrong with it."""
    try:
        text = FILE.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(f"Файл {SPELT} не открывается. Верните его из поставки программы.") from None
    return read(text)


def kinds() -> Mapping[str, Kind]:
    """Return every kind by id, in the order in which papers are planned."""
    return record().kinds


def made_in(whole: Mapping[str, Kind], *, district: bool) -> Mapping[str, Kind]:
    """Return the kinds of a book: a district's papers are made in a district's book alone."""
    if district:
        return whole
    return {name: replace(kind, made=kind.made and not kind.of_district) for name, kind in whole.items()}


@lru_cache(maxsize=512)
def of(kind: str) -> Kind:
    """Return a kind by its id; of one that the record does not hold (staff's own, a former one), what its family says."""
    whole = record()
    return whole.kinds.get(kind) or Kind(**{"id": kind, "title": kind, **_inherited(kind, whole)})


@lru_cache(maxsize=256)
def having(trait: str, value: object = None) -> tuple[str, ...]:
    """Return the ids of the kinds that have a trait, or for which it has a value."""
    told = ((kind.id, getattr(kind, trait)) for kind in kinds().values())
    return tuple(name for name, held in told if (held if value is None else held == value))


@lru_cache(maxsize=64)
def asked(request: str) -> tuple[str, ...]:
    """Return the ids of the kinds that a request of «Что нужно» means."""
    return tuple(kind.id for kind in kinds().values() if request in kind.asked_by)


def family(kind: str) -> str:
    """Return the family of a kind: «order» of «order.pairs»."""
    return kind.partition(".")[0]


def read(text: str) -> Record:
    """Read a record; whatever is wrong raises `Misconfigured` with the file, the kind and the trait."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" Ошибка в строке {line[1]}." if line else ""
        raise Misconfigured(f"Файл {SPELT} не читается.{where} Исправьте его или верните прежний.") from None
    usual = _traits("usual", told.get("usual", {}))
    families = {name: _traits(f"{name}.*", each) for name, each in told.get("family", {}).items()}
    whole = Record({}, usual, families, {})
    found: dict[str, Kind] = {}
    for entry in told.get("kind", []):
        kind = _kind(entry, whole)
        if kind.id in found:
            wrong(kind.id, "id", "вид записан дважды; оставьте одну запись")
        found[kind.id] = kind
    packs = {
        season: tuple(_need(season, each, found) for each in lines)
        for season, lines in told.get("pack", {}).items()
    }
    _named(found)
    return replace(whole, kinds=found, packs=packs)


def wrong(kind: str, trait: str, what: str) -> NoReturn:
    """Say which trait of which kind is wrong, and what to do."""
    raise Misconfigured(f"Файл {SPELT}, вид «{kind}», признак «{trait}»: {what}.")


def _kind(entry: Mapping[str, Any], whole: Record) -> Kind:
    name = entry.get("id", "")
    told = _traits(str(name) or "без кода", entry)
    for needed in ("id", "title"):
        if not told.get(needed):
            wrong(str(name) or "без кода", needed, "не указан; впишите его")
    return Kind(**{**_inherited(name, whole), **told})


def _inherited(kind: str, whole: Record) -> dict[str, Any]:
    return {**whole.usual, **whole.families.get(family(kind), {})}


def _traits(kind: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Check the traits of one entry and freeze their values."""
    told: dict[str, Any] = {}
    for trait, value in entry.items():
        if trait not in TRAITS:
            wrong(kind, trait, "такого признака нет; исправьте слово или уберите строку")
        wanted, spelt = TYPES[TRAITS[trait]]
        if type(value) is not wanted or not all(map(_fits(trait), _held(value))):
            wrong(kind, trait, f"нужно другое значение: {spelt}")
        for each in [value] if trait in CHOICES else []:
            if each not in CHOICES[trait]:
                known = ", ".join(sorted(CHOICES[trait]))
                wrong(kind, trait, f"значения «{each}» нет; бывает: {known}")
        told[trait] = tuple(value) if isinstance(value, list) else value
    for trait, named in (("needs", told.get("needs", ())), ("kept_in", filter(None, [told.get("kept_in")]))):
        for tab in named:
            if tab not in TITLES:
                wrong(kind, trait, f"вкладки «{tab}» в книге нет; возьмите название из config/workbook.toml")
    for rule in told.get("called", ()):
        _check_rule(kind, rule)
    return told


def _held(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()


def _fits(trait: str) -> Any:
    wanted = dict if trait == "called" else str
    return lambda value: isinstance(value, wanted)


def _check_rule(kind: str, rule: Mapping[str, object]) -> None:
    if not {"stems", "words"} <= rule.keys() <= CALLED or not all(
        isinstance(each, str) for each in rule.values()
    ):
        wrong(kind, "called", "запись правила — это stems и words, а если нужно, то и unless; все в кавычках")
    try:
        for words in ("words", "unless"):
            re.compile(str(rule.get(words, "")))
    except re.error:
        wrong(kind, "called", f"выражение «{rule['words']}» не читается; проверьте скобки")


def _rule(kind: str, rule: Mapping[str, Any]) -> calling_words.Rule:
    return calling_words.rule(kind, rule["stems"], rule["words"], rule.get("unless", ""))


@cache
def called() -> tuple[calling_words.Rule, ...]:
    """Return the calling words that kinds state themselves."""
    return tuple(_rule(kind.id, rule) for kind in kinds().values() for rule in kind.called)


def _need(season: str, line: Mapping[str, Any], found: Mapping[str, Kind]) -> PackNeed:
    where = f"pack.{season}"
    if not isinstance(line, dict) or not WANTED <= line.keys() <= {*WANTED, "several", "prepared"}:
        wrong(
            where,
            "kind",
            "строка папки — это kind и title, а если нужно, то и several = true, prepared = true",
        )
    if line["kind"] not in found:
        wrong(where, "kind", f"вида «{line['kind']}» нет; исправьте код")
    return PackNeed(**line)


def _named(found: Mapping[str, Kind]) -> None:
    """Check that whatever names a kind names one that is there, calling words too."""
    for kind in found.values():
        for trait in NAMING:
            for other in _others(getattr(kind, trait)):
                if other not in found:
                    wrong(kind.id, trait, f"вида «{other}» нет; исправьте код")
    for name in (*calling_words.KINDS, *(kind for kind, _ in calling_words.BY_ACTIVITY)):
        if name not in found:
            wrong(
                name,
                "id",
                "слова дорожной карты вызывают этот вид, а записи о нём нет; верните её или уберите слова",
            )


def _others(value: str | tuple[str, ...] | Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    elif value:
        yield value
