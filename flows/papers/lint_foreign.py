"""Places for data as other programs mark them, and templates without a single tag: a question that names our nearest field."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.papers.shapes import shape_of
from flows.papers.tags import Fault, Paragraph, tags
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from flows.papers.shapes import Shape

NAME = r"[^\W\d_][\w .,-]{0,58}"
MARKS = late(
    rf"<<\s?{NAME}>>|<‹\s?{NAME}›>|‹\s?{NAME}›|<(?=[^<>]*[а-яА-ЯёЁ_]){NAME}>|\[\[\s?{NAME}\]\]"
    rf"|[$#]\{{{NAME}\}}|\$\({NAME}\)|\$[A-Za-zА-Яа-яЁё]{{2,}}\w*|%[A-Za-zА-Яа-яЁё]\w{{1,40}}%|#[A-Za-zА-Яа-яЁё]\w{{1,40}}#"
    rf"|@@?[А-Яа-яЁё]\w{{1,40}}|\b[А-ЯЁ]{{2,}}(?:_[А-ЯЁ]{{2,}})+\b|«[^\W\d_]+(?:_[^\W\d_]+)+»|\[[^\W\d_]+(?:_[^\W\d_]+)+\]"
)
LEFT = frozenset({"text-left", "text-merge", "tag-braces"})
QUOTED = late(r"«([^«»]{2,60})»")
TOKEN = late(r"[^\W\d_]+")
INITIALS, CASE = "инициалы", "им"
DEEPEST, LEAST, ALIKE, LENGTHS_APART = 4, 3, 0.75, 4
FULL_NAME = ("фио", "имя", "фамили", "отчеств", "name", "fio", "fullname")
# What other people call the first parts of our fields, by the beginning of a word.
SYNONYMS = {
    "директ": "руководитель", "заведующ": "руководитель", "начальник": "руководитель", "head": "руководитель", "direct": "руководитель",
    "учрежд": "организация", "школ": "организация", "доу": "организация", "детск": "организация", "org": "организация", "school": "организация",
    "педагог": "наставник", "mentor": "наставник", "подопечн": "наставляемые", "стажер": "наставляемые", "молод": "наставляемые", "mentee": "наставляемые",
    "наставляем": "наставляемые", "приказ": "документ", "протокол": "документ", "order": "документ", "number": "номер", "date": "дата", "posit": "должность",
    "year": "учебный_год", "city": "город", "goal": "цель",
}  # fmt: skip
# Fields that ask or reckon rather than tell: nobody means them by a place for data.
ASKING = late(
    r"(?:^|\.)(?:участвуют|нормы|согласны|согласия|это_|есть_|день_наставника|итог|срез|с_должностью)"
)
COMMON = frozenset({"дата", "номер", "название", "срок"})
FILTERED = {"дата": "|дата", "номер": "|пропуск"}  # empty until the paper is signed
USUAL = "{{ документ.номер|пропуск }}, {{ документ.дата|дата }}, {{ руководитель.инициалы }}"
ITEMS = {"пары": "пара", "наставники": "наставник", "наставляемые": "наставляемый", "ознакомить": "человек", "встречи": "встреча", "строки": "строка"}  # fmt: skip
MOST_MARKS, MOST_FIELDS = 20, 3


def hinted(faults: Sequence[Fault], kind: str) -> list[Fault]:
    """Return faults of places left to be filled with our nearest field where they only say that a tag is wanted."""
    return [
        replace(each, reason=each.reason.replace("«{{ … }}»", hint))
        if each.code in LEFT and (hint := instead(each.tag, fields_of(kind)))
        else each
        for each in faults
    ]


def foreign_marks(
    parts: Sequence[Sequence[Paragraph]], kind: str, told: Collection[str] = ()
) -> Iterator[Fault]:
    """Yield a question for each place that another program would fill; places that are `told` already are passed over."""
    for mark, where in [*_found(parts, told).items()][:MOST_MARKS]:
        hint = instead(mark, fields_of(kind)) or "«{{ … }}»"
        said = f"это место программа не заполнит; поставьте метку, например {hint}"
        yield Fault("foreign-mark", where, mark, said, Severity.QUESTION)


def without_tags(parts: Sequence[Sequence[Paragraph]], kind: str, label: str) -> Fault:
    """Ask about a template that has no tag of ours at all."""
    fields, found = fields_of(kind), _found(parts)
    mark, hint = next(((mark, said) for mark in found if (said := instead(mark, fields))), ("", ""))
    asked = (
        f"похоже, место для данных отмечено так: {mark}, а нужна метка {hint}"
        if hint
        else f"все документы по нему выйдут одинаковыми; поставьте метки, например {USUAL}"
    )
    return Fault(
        "template-no-tags", "", "", f"{label}: в шаблоне нет ни одной метки; {asked}.", Severity.QUESTION
    )


def _found(parts: Sequence[Sequence[Paragraph]], told: Collection[str] = ()) -> dict[str, str]:
    """Return the places of other programs with where each stands first."""
    found: dict[str, str] = {}
    for paragraph in (each for part in parts for each in part):
        bare = paragraph.text
        for tag in tags(paragraph):
            bare = bare.replace(tag.text, " ", 1)
        marks = _marks(bare)
        for mark in marks if marks and paragraph.where not in told else ():
            found.setdefault(mark, paragraph.where)
    return found


def _marks(text: str) -> list[str]:
    told = [each[0] for each in MARKS.finditer(text)]
    return [*told, *(each[0] for each in QUOTED.finditer(text) if each[0] not in told and _is_name(each[1]))]


def _is_name(text: str) -> bool:
    """Tell whether quoted words only name a value: «ФИО наставника»."""
    words = _words(text)
    return bool(words) and words[0] in FULL_NAME and len(words) <= MOST_FIELDS


def instead(mark: str, fields: Sequence[str]) -> str:
    """Return the tag nearest to what a place of another program is called, "" when none is near."""
    words = _words(re.sub(r"^(?:MERGEFIELD|ASK|FILLIN)\b", "", mark))
    names = {each for each in words if not each.startswith(FULL_NAME)}
    wanted = {
        next((said for begun, said in SYNONYMS.items() if each.startswith(begun)), each) for each in names
    }
    person = len(names) < len(words)
    wanted |= {"наставник"} if person and not wanted else set()
    scored = [
        (score, -at, path)
        for at, path in enumerate(fields)
        if (score := _score(path, wanted, fields, person))
    ]
    if not scored:
        return ""
    *lists, leaf = max(scored)[2].split("[].")
    items = [ITEMS.get(each.rpartition(".")[2], "запись") for each in lists]
    owners = ["", *(f"{each}." for each in items)]
    around = " и в нём по ".join(f"«{owner}{each}»" for owner, each in zip(owners, lists, strict=False))
    filtered = f"{owners[-1]}{leaf}{FILTERED.get(leaf.rpartition('.')[2], '')}"
    return f"{{{{ {filtered} }}}}{f' в цикле по {around}' if lists else ''}"


def _score(path: str, wanted: Collection[str], fields: Sequence[str], person: bool) -> float:
    """Return how well a field answers what is wanted, 0 when it does not."""
    if person and not (path.endswith(f".{CASE}") and f"{path.removesuffix(CASE)}{INITIALS}" in fields):
        return 0
    own = {word for part in re.split(r"[.\[\]]+", path) for word in (part, *_words(part)) if word}
    met = sum(0.6 if each in COMMON else 1 for each in wanted if any(_alike(each, word) for word in own))
    return met - 0.1 * path.count(".") - 0.01 * len(own) + (0.2 if "наставник" in path else 0) if met else 0


@lru_cache(maxsize=128)
def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind as dotted paths, lists with «[]»; of a person and a word the nominative stands for all."""
    return tuple(_paths(shape_of(kind), "", 0))


def _paths(shape: Shape, path: str, depth: int) -> Iterator[str]:
    if ASKING.search(path):
        return
    if isinstance(shape, list):
        yield from _paths(shape[0], f"{path}[]", depth)
    elif not isinstance(shape, dict):
        yield path
    elif depth < DEEPEST:
        forms = CASE in shape
        if forms:
            yield f"{path}.{CASE}"
        for name, below in shape.items():
            if not forms or isinstance(below, dict | list) or name == INITIALS:
                yield from _paths(below, f"{path}.{name}" if path else name, depth + 1)


def _words(text: str) -> list[str]:
    return [each.casefold().replace("ё", "е") for each in TOKEN.findall(text)]


def _alike(one: str, other: str) -> bool:
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    apart = abs(len(one) - len(other))
    return one == other or (same >= max(LEAST, ALIKE * min(len(one), len(other))) and apart <= LENGTHS_APART)
