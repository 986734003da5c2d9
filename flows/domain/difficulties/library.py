"""The library of typical difficulties: our own record, checked when it is loaded, in the shape that staff's own rows have too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NoReturn

from flows.domain.difficulties.wording import named, sought
from flows.domain.errors import Misconfigured
from flows.domain.people.pupils import PUPIL, is_pupil
from flows.domain.text import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Person

SPELT = "config/difficulties.toml"
TASKS, FORMS = 3, 2
NOVICE, MASTER = 3, 10  # full years: less is a novice, more a master


class Service(StrEnum):
    """How long somebody has been at work, as «Стаж» of the library says it; nothing typed is any."""

    NOVICE = "до 3 лет"
    MIDDLE = "3–10 лет"
    MASTER = "больше 10 лет"


@dataclass(frozen=True, slots=True)
class Post:
    """A sort of posts and the words by which a post in the staff list is known to be of it."""

    name: str
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Typical:
    """A typical difficulty and what is done about it; a part that staff left empty is empty.

    `posts` are names of sorts, of staff's own row the words typed; without any it is for every worker. `code` is of
    staff's own row, empty for ours.
    """

    name: str
    words: re.Pattern[str]
    tasks: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    result: str = ""
    measured: str = ""
    posts: tuple[str, ...] = ()
    service: Service | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All that is known of typical difficulties: sorts of posts, the first that fits wins, and entries in their order."""

    posts: tuple[Post, ...] = ()
    entries: tuple[Typical, ...] = ()

    def post_of(self, person: Person) -> str:
        """Return the sort of a person's post, empty where it is of none."""
        if is_pupil(person):
            return PUPIL
        return next((post.name for post in self.posts if named(person.position, (post.words,))), "")


def service_of(person: Person) -> Service | None:
    """Tell how long a person has been at work, `None` where nobody typed it."""
    years = person.experience
    if years is None:
        return Service.NOVICE if person.young else None
    return Service.NOVICE if years < NOVICE else Service.MIDDLE if years <= MASTER else Service.MASTER


def service(text: str) -> Service | None:
    """Read a length of service as it is typed; `None` where it is none of the three."""
    return next((each for each in Service if fold(each) == fold(text).rstrip(".")), None)


def library(record: Mapping[str, Any]) -> Library:
    """Build the library of a record; `Misconfigured` says in one sentence what is wrong and where."""
    posts = tuple(_post(each) for each in _tables(record, "post"))
    names = {post.name for post in posts}
    entries = tuple(_entry(each, names) for each in _tables(record, "difficulty"))
    for (name, post, lasting), count in Counter(
        (fold(each.name), post, each.service) for each in entries for post in each.posts or ("",)
    ).items():
        if count > 1:
            who = ", ".join(filter(None, (post, str(lasting or "")))) or "для всех"
            _wrong(name, "name", f"записано дважды ({who}); оставьте одну запись")
    return Library(posts, entries)


def _tables(record: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    listed = record.get(name)
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise Misconfigured(f"В файле {SPELT} нет записей [[{name}]]. Верните файл из поставки программы.")
    return listed


def _post(entry: Mapping[str, Any]) -> Post:
    name = _text(entry, "name", "без названия")
    return Post(name, sought(_texts(entry, "words", name)))


def _entry(entry: Mapping[str, Any], posts: set[str]) -> Typical:
    name = _text(entry, "name", "без названия")
    strange = sorted(
        set(entry) - {"name", "words", "tasks", "forms", "result", "measured", "source", "posts", "service"}
    )
    if strange:
        _wrong(name, strange[0], "такого поля нет; исправьте слово или уберите строку")
    of = _texts(entry, "posts", name) if "posts" in entry else ()
    unknown = sorted(set(of) - posts)
    if unknown:
        _wrong(name, "posts", f"должности «{unknown[0]}» нет среди [[post]]; возьмите название оттуда")
    lasting = service(_text(entry, "service", name)) if "service" in entry else None
    if "service" in entry and lasting is None:
        _wrong(name, "service", f"нужно одно из: {', '.join(Service)}")
    words, tasks, forms = (_texts(entry, field, name) for field in ("words", "tasks", "forms"))
    for field, lines, needed in (("words", words, 1), ("tasks", tasks, TASKS), ("forms", forms, FORMS)):
        if len(lines) < needed:
            _wrong(name, field, f"нужно не меньше {needed}, а записано {len(lines)}")
    result = _text(entry, "result", name)
    if " – " in f" {result} ".replace("—", "–").replace(" - ", " – "):
        _wrong(name, "result", "тире между словами делит ячейку на части; обойдитесь без него")
    _text(entry, "source", name)
    measured = _text(entry, "measured", name)
    return Typical(name, sought(words), tasks, forms, result, measured, of, lasting)


def _text(entry: Mapping[str, Any], field: str, name: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        _wrong(name, field, "нужен текст в кавычках; впишите его")
    return value.strip()


def _texts(entry: Mapping[str, Any], field: str, name: str) -> tuple[str, ...]:
    value = entry.get(field)
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        _wrong(name, field, "нужен список в квадратных скобках, каждая строка в кавычках")
    return tuple(each.strip() for each in value)


def _wrong(name: str, field: str, what: str) -> NoReturn:
    raise Misconfigured(f"Файл {SPELT}, затруднение «{name}», поле «{field}»: {what}.")
