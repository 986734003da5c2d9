"""Words that stand beside a head without a hyphen, a comma or a dash: they decline with it, or the text is no phrase.

«педагог психолог» gives «педагога психолога», «медсестра диетическая» «медсестры диетической»; «учитель музыка» is a Doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from flows.russian import evidence, given, heads, morph
from flows.russian.corrections import DECLINED_LIKE
from flows.russian.doubt import Doubt
from flows.russian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.russian.heads import Head

# People whom the dictionary also lists as things, or does not list at all.
_PEOPLE = re.compile(
    r".*(?:калькулятор|секретарь|педагог|психолог|логопед|дефектолог|методист|дворник|сторож|оператор|кондуктор|редактор|переводчик"
    r"|спасатель|менеджер|энергетик|осветитель|мастер|преподаватель|организатор|библиотекарь|программист|педиатр|наставник|воспитатель"
    r"|учитель|инструктор|тренер|специалист|куратор|тьютор)\b"
)
# The organisation's own kind: it declines beside a wider word (учреждению дому творчества) and after a dash.
KINDS = frozenset({
    "дом", "дворец", "сад", "детсад", "ясли-сад", "ясли", "школа", "школа-интернат", "школа-сад", "лицей", "лицей-интернат", "гимназия",
    "прогимназия", "центр", "станция", "колледж", "техникум", "училище", "интернат", "студия", "институт", "академия", "университет",
    "филиал", "комплекс", "управление", "отдел", "комитет", "департамент", "отделение", "подразделение", "лагерь", "библиотека",
    "корпус", "группа", "клуб", "музей", "парк", "технопарк", "служба", "кабинет", "дом-школа", "гимназия-интернат", "организация", "учреждение", "общество", "предприятие",
})  # fmt: skip
# After these an organisation's kind may begin with a capital letter: учреждение Дом творчества.
_GENERAL = frozenset({"учреждение", "организация", "предприятие", "подразделение"})
_WORD = re.compile(r"(?<=\s)[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*(?![А-Яа-яЁё.])")
_APART = re.compile(r"[,;:/]|\s[-–—]|[-–—]\s")
_LINKED = re.compile(r"(?:^|[\s(«])(?:и|или|либо|а|как|также|да|им\.|имени|№)\s*$")
_NUMBERED = re.compile(
    r"(?<!\bв)(?<!\bна)(?<!\bза)\s\d+(?:[ -]?[а-яё]{1,2})?(?:\s?[«\"][^«»\"]{1,3}[»\"]|\s?[А-ЯЁ])?\s$"
)
_OF_NUMBER = frozenset({"класс", "курс", "разряд"})
_OF_SUBJECTS = re.compile("учител|преподавател|педагог|лаборант|репетитор")
_UNRELATED = "слово «{}» тоже стоит в именительном падеже: свяжите слова («учитель музыки», «воспитатель высшей категории») или дайте нужный падеж"
_DISAGREE = "слова «{}» и «{}» разного рода: впишите должность так, как она стоит в штатном расписании, или дайте нужный падеж"
_SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+(?P<first>[А-ЯЁ]\.|[А-ЯЁ][а-яё]+)")
_SOMEBODY = "похоже, вместе с должностью вписана фамилия: впишите только должность"


def is_person(text: str) -> bool:
    """Recognise a noun that means people first: «язык» is a captive in the dictionary, but a subject in a school."""
    head = heads.find(text, animate=False)
    if head is None or not head.is_noun:
        return False
    return (
        head.ruling.animate
        or bool(_PEOPLE.match(fold(text)))
        or _is_likelier_a_person(head.items[-1].halves[0])
    )


def _is_likelier_a_person(word: str) -> bool:
    found = [each for each in morph.known(word.lower()) if {"NOUN", "nomn"} <= morph.grammemes(each)]
    person, thing = (
        sum(float(each.score) for each in found if kind in each.tag) for kind in ("anim", "inan")
    )
    return person > 2 * thing


def is_kind(head: Head) -> bool:
    """Say whether a head is a kind of organisation: детский сад, школа-интернат, Луговская СОШ."""
    return fold("-".join(head.items[-1].halves)) in KINDS or not any(head.items[-1].options)


def find(head: Head, kind: str, end: int) -> tuple[int, Head] | None:
    """Find what declines beside the head: where it begins in the tail before `end`, and itself; None when there is nothing.

    Doubt for a nominative that has nothing to do with the head.
    """
    for at, word in _words(head.tail, end):
        beside = not head.tail[:at].strip()
        second = heads.find(head.tail[at:], animate=kind == "position")
        if second is not None and _belongs(head, second, head.tail[at:], kind, beside=beside):
            if second.is_noun and not head.is_noun and not second.ruling.agrees(head.ruling):
                raise Doubt(
                    head.tail, _DISAGREE.format(head.items[-1].halves[-1], second.items[-1].halves[-1])
                )
            return at, second
        reason = _lost(head, at, word, kind, second)
        if reason:
            raise Doubt(head.tail, reason)
    return None


def _words(tail: str, end: int) -> Iterator[tuple[int, str]]:
    """Give the words of a tail up to its first comma or dash that stand after a space, outside marks, and are no abbreviations."""
    capitals = tail.isupper()
    apart = _APART.search(tail)
    for found in _WORD.finditer(tail, 0, min(end, apart.start()) if apart else end):
        before = tail[: found.start()]
        written = capitals or not (len(found[0]) > 1 and found[0].isupper())
        if written and _may_be_nominative(found[0]) and is_open(before) and not _LINKED.search(before):
            yield found.start(), found[0]


@cache
def _may_be_nominative(word: str) -> bool:
    found, spelled = morph.known(word.lower()), word.lower()
    lacking = not found or spelled in DECLINED_LIKE or spelled.endswith("ской")
    return lacking or any("nomn" in each.tag for each in found)


def is_open(before: str) -> bool:
    """Say whether the place after this text is outside quotation marks and brackets."""
    pairs = before.count("«") == before.count("»") and before.count("(") == before.count(")")
    return pairs and before.count('"') % 2 == 0 and before.count("„") == before.count("“")


def _belongs(head: Head, second: Head, rest: str, kind: str, *, beside: bool) -> bool:
    first = second.items[0].halves[-1]
    if not second.ruling.known or second.ruling.plural != head.ruling.plural:
        return kind == "organisation" and _is_kind_beside(head, second, rest)
    if kind == "organisation" and second.is_noun:
        return _is_kind_beside(head, second, rest)
    if not is_nominative(first, post=beside and kind == "position") or _is_capital(rest, head):
        return False
    if second.is_noun:
        return kind == "position" and is_person(rest)
    participle = second.ruling.source.tag.POS == "PRTF"
    return (beside or (participle and kind == "position")) and second.ruling.agrees(head.ruling)


def _is_kind_beside(head: Head, second: Head, rest: str) -> bool:
    general = fold(head.items[-1].halves[-1]) in _GENERAL
    return is_kind(second) and (general or (rest[0].islower() and is_nominative(second.items[0].halves[-1])))


def _is_capital(rest: str, head: Head) -> bool:
    """Notice a name in a cell of words: «завхоз Мельник», but not «УЧИТЕЛЬ ЛОГОПЕД» and not «Учитель Логопед»."""
    first, _, _ = rest.partition(" ")
    if first[0].islower() or first.isupper():
        return False
    return not (head.items[0].halves[0][0].isupper() and _PEOPLE.match(fold(first)))


def _lost(head: Head, at: int, word: str, kind: str, second: Head | None) -> str | None:
    """Say why a word may not stand here: it is a nominative that nothing in the text explains."""
    before, beside = head.tail[:at], not head.tail[:at].strip()
    if word[0].isupper() and not word.isupper():
        return _lost_name(head.tail[at:], word) if beside and kind == "position" else None
    source = head.ruling.source.tag
    if beside and "tran" in source and source.POS == "PRTF":
        return None  # исполняющий обязанности, замещающий должность
    numbered = kind == "position" and word.lower() in _OF_NUMBER and _NUMBERED.search(before)
    subject = beside and _OF_SUBJECTS.match(fold(head.items[0].halves[0])) and _is_subject(word)
    whole = second is not None and second.ruling.plural == head.ruling.plural
    half = not whole and "-" in word and is_nominative(word.rpartition("-")[2], accusative=False)
    lost = numbered or subject or (kind == "position" and half) or is_nominative(word, accusative=beside)
    return _UNRELATED.format(word) if lost else None


def _lost_name(rest: str, word: str) -> str | None:
    """Say why a word with a capital letter may not stand beside a post: somebody's name, a nominative."""
    person = _SURNAME.match(rest)
    if person and not evidence.is_oblique(word, certain_only=True, male=False):
        first = person["first"]
        if first.endswith(".") or given.genders(first):
            return _SOMEBODY
    if not is_nominative(word, names=True):
        return None
    return (
        _SOMEBODY
        if any("anim" in found.tag for found in morph.known(word.lower()))
        else _UNRELATED.format(word)
    )


def is_nominative(word: str, *, accusative: bool = True, names: bool = False, post: bool = False) -> bool:
    """Say whether the dictionary knows the word in the nominative and in no other case.

    An `accusative` that looks the same is let pass; people's `names` are asked about only on demand. Where a `post` is
    looked for «электрик» is a man, never a colour, and «практик» never many practices.
    """
    if word.lower() in DECLINED_LIKE:
        return True
    cases = {str(found.tag.case) for found in _declined(word, names=names, post=post)}
    return "nomn" in cases and not cases - ({"nomn", "accs", "voct"} if accusative else {"nomn", "voct"})


def _declined(word: str, *, names: bool, post: bool) -> list[Any]:
    left_out = frozenset() if names else morph.NAMES
    found = [(each, morph.grammemes(each)) for each in morph.known(word.lower()) if each.tag.case]
    person = post and any({"nomn", "sing", "anim"} <= marks for _, marks in found)
    unlikely = ({"plur", "gent", "inan"}, {"Fixd"}) if person else ()
    return [
        each
        for each, marks in found
        if not marks & left_out and not any(other <= marks for other in unlikely)
    ]


def _is_subject(word: str) -> bool:
    """Recognise «математика» of «учитель математика»: a thing in the nominative, a person in another case."""
    found = [(str(each.tag.case), each.tag.animacy) for each in _declined(word, names=False, post=False)]
    return ("nomn", "inan") in found and all(animacy == "anim" for case, animacy in found if case != "nomn")
