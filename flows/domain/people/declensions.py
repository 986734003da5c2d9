"""The tab `Склонения`: every person, post and name of the organisation once, in all six forms, for a person to read.

What the system offers and what a person corrected are told apart by `⚙ Предложено`, which keeps the forms as they
were offered: a cell that still says so is the system's and follows the rules, another text is the person's and wins.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.people.pupils import post_of
from flows.domain.tabs import DECLENSIONS
from flows.domain.text import fold
from flows.russian import Doubt, forms, names
from flows.russian.respelt import Respelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.domain.model import Facts, Row

__all__ = ["CASES", "OFFERED", "Listed", "corrected", "findings", "listed"]

WHO, KIND, NOMINATIVE, CHECKED, DOUBT, OFFERED = (
    "Кто или что",
    "Вид",
    "Именительный",
    "Проверено",
    "⚙ Сомнение",
    "⚙ Предложено",
)
CASES = {
    "Родительный «нет кого?»": "gen", "Дательный «кому?»": "dat", "Винительный «вижу кого?»": "acc",
    "Творительный «кем?»": "ins", "Предложный «о ком?»": "pre",
}  # fmt: skip
PERSON, POST, NAME = "человек", "должность", "организация"
KINDS = {POST: "position", NAME: "organisation", "документ": "document"}
ACTING = "и.о. руководителя"
ROLES = {"mentor": "наставник", "mentee": "наставляемый"}
MARK, RISKY = "|", "form-risky"
TWO_GENDERS = "пол указан по-разному, а формы от него зависят: исправьте столбец «Пол»"
Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What has to be declined: its kind as the tab spells it, the nominative, whose it is, genders told of its bearers."""

    kind: str
    text: str
    who: str
    genders: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Made:
    """The forms the rules give by case, why others are not given, and why a person should look once."""

    forms: Mapping[str, str]
    doubts: Mapping[str, str]
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the tab should say: cells by row (as people number it) and lines for those who have no row yet."""

    cells: Mapping[int, Told]
    fresh: tuple[Told, ...]


def corrected(rows: Sequence[Row], spelled: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """Return the forms that people typed over what was offered: nominative -> case -> form, of two rows the upper first.

    A form typed for «Семенова» also holds for the `spelled` names that differ only in ё or in spaces.
    """
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.text(NOMINATIVE):
            own = found.setdefault(row.text(NOMINATIVE), {})
            offered = _offered(row)
            for column, case in CASES.items():
                if row.text(column) and row.text(column) != offered.get(case, ""):
                    own.setdefault(case, row.text(column))
    alike = {fold(text): told for text, told in found.items()}
    return {**{name: alike[fold(name)] for name in spelled if fold(name) in alike}, **found}


def listed(facts: Facts, rows: Sequence[Row], asked: frozenset[str]) -> Listed:
    """Say what every row of the tab should hold and which rows it lacks; what people typed is left as it is.

    `asked` are the names (`Problem.subject`) of texts whose risky forms are still a question.
    """
    known = _matched(facts, rows)
    cells = {
        row.origin.row: _row(row, known.get(row.origin.row), asked)
        for row in rows
        if _kind(row, known) and row.text(NOMINATIVE)
    }
    taken = set(known.values())
    return Listed(cells, tuple(_line(each, asked) for each in subjects(facts) if each not in taken))


def findings(facts: Facts, rows: Sequence[Row]) -> tuple[Problem, ...]:
    """Ask once about every form that is risky or not known, and about a typed one that looks like somebody else's.

    `Проверено` in the row silences its question. A finding is known by the text it is about, so rows may be sorted.
    """
    known = _matched(facts, rows)
    by_subject = {subject: row for row in rows if (subject := known.get(row.origin.row))}
    asked = [problem for each in subjects(facts) for problem in _asked(each, by_subject.get(each))]
    return (*asked, *(problem for row in rows for problem in _unlike(row)))


def subjects(facts: Facts) -> tuple[Subject, ...]:
    """Return everything that papers decline, each text once: the organisation, who heads it, the curator, the participants.

    Of people it is what they are called and do at any time: a paper is written from what was so on its day.
    """
    card = facts.organisation
    told = [
        (NAME, card.full_name, "полное наименование", ""), (NAME, card.short_name, "краткое наименование", ""),
        (PERSON, card.head_name, "руководитель", card.head_gender), (POST, card.head_position, "должность", card.head_gender),
        (PERSON, card.curator_name, "куратор", card.curator_gender), (POST, card.curator_position, "должность", card.curator_gender),
    ]  # fmt: skip
    told += [(PERSON, each.name, ACTING, "") for each in card.acting]
    for code, each in facts.people.items():
        for known in dict.fromkeys(one for _, one in facts.history.get(code, ((each, each),))):
            told += [
                (PERSON, known.name, ROLES[each.role], each.gender),
                (POST, post_of(known), "должность", each.gender),
            ]
        told += [(PERSON, each.representative, "законный представитель", "")] if each.representative else []
    found: dict[tuple[str, str], Subject] = {}
    for kind, text, who, gender in told:
        if text.strip():
            above = found.get((kind, text), Subject(kind, text, who, ()))
            whose = above.who if who in above.who.split(", ") else f"{above.who}, {who}"
            found[kind, text] = Subject(kind, text, whose, tuple(dict.fromkeys((*above.genders, gender))))
    return tuple(found.values())


def _matched(facts: Facts, rows: Sequence[Row]) -> dict[int, Subject]:
    """Find whose row each is, by kind and nominative; a kind nobody typed fits any."""
    left_over = dict.fromkeys(subjects(facts))
    known: dict[int, Subject] = {}
    for alike in (str, fold):
        by_text = {(kind, alike(each.text)): each for each in left_over for kind in ("", each.kind)}
        for row in rows:
            found = by_text.get((row.text(KIND), alike(row.text(NOMINATIVE))))
            if found in left_over and row.origin.row not in known:
                known[row.origin.row] = found
                del left_over[found]
    return known


def _kind(row: Row, known: Mapping[int, Subject]) -> str:
    told = row.text(KIND)
    return (
        known[row.origin.row].kind
        if row.origin.row in known
        else told
        if told == PERSON or told in KINDS
        else ""
    )


def _offered(row: Row) -> dict[str, str]:
    """Read the forms that the system put into a row's cells itself; none when it never did."""
    parts = [part.strip() for part in row.text(OFFERED).split(MARK)]
    return dict(zip(("nom", *CASES.values()), parts, strict=True)) if len(parts) == len(CASES) + 1 else {}


def _made(subject: Subject) -> Made:
    given: dict[str, str] = {}
    doubts: dict[str, str] = {}
    ways = [_forms(subject, gender) for gender in subject.genders]
    for case in CASES.values():
        found = [way[forms.KEYS[case]] for way in ways]
        doubt = next((each for each in found if isinstance(each, Doubt)), None)
        if doubt is not None:
            doubts[case] = doubt.reason
        elif len(set(found)) > 1:
            doubts[case] = TWO_GENDERS
        else:
            given[case] = found[0].now if isinstance(found[0], Respelt) else str(found[0])
    risks = (
        names.risky(subject.text, gender or None) for gender in subject.genders if subject.kind == PERSON
    )
    return Made(given, doubts, next((each for each in risks if each), ""))


def _forms(subject: Subject, gender: str) -> forms.Forms:
    if subject.kind == PERSON:
        return forms.person(subject.text, gender or None)
    return forms.phrase(subject.text, KINDS[subject.kind], gender or None)


def _row(row: Row, subject: Subject | None, asked: frozenset[str]) -> Told:
    """Say a row's cells. A row that nobody of the other tabs stands behind keeps what it has, only its gaps are filled."""
    made = _made(subject or Subject(row.text(KIND), row.text(NOMINATIVE), ""))
    offered = _offered(row)
    cells: Told = {}
    kept: Told = {}
    for column, case in CASES.items():
        typed, before, form = row.text(column), offered.get(case, ""), made.forms.get(case, "")
        if (
            typed
            and (subject is None or typed != before)
            and not (typed == form and row.text(OFFERED) and not offered)
        ):
            kept[case] = before
        else:
            kept[case] = cells[column] = form
    empty = {case for column, case in CASES.items() if not cells.get(column, row.text(column))}
    reasons = [made.doubts[case] for case in CASES.values() if case in empty and case in made.doubts]
    reasons += [made.risk] if subject and _name(subject.kind, subject.text) in asked else []
    return {**cells, DOUBT: "\n".join(dict.fromkeys(reasons)), OFFERED: _spelled(row.text(NOMINATIVE), kept)}


def _line(subject: Subject, asked: frozenset[str]) -> Told:
    made = _made(subject)
    reasons = [*made.doubts.values(), *([made.risk] if _name(subject.kind, subject.text) in asked else [])]
    cells = {column: made.forms.get(case, "") for column, case in CASES.items()}
    own = {WHO: subject.who, KIND: subject.kind, NOMINATIVE: subject.text}
    return {
        **own,
        **cells,
        DOUBT: "\n".join(dict.fromkeys(reasons)),
        OFFERED: _spelled(subject.text, made.forms),
    }


def _spelled(nominative: str, given: Mapping[str, str]) -> str:
    if not any(given.values()):
        return ""
    plain = " ".join(nominative.replace(MARK, "/").split())
    return f" {MARK} ".join((plain, *(given.get(case, "") for case in CASES.values())))


def _asked(subject: Subject, row: Row | None) -> Iterator[Problem]:
    made = _made(subject)
    if row is not None and row.flag(CHECKED):
        return
    missing = [
        case for column, case in CASES.items() if case in made.doubts and not (row and row.text(column))
    ]
    origin, name = (
        Origin(row.origin.book if row else "", DECLENSIONS, 0, NOMINATIVE),
        _name(subject.kind, subject.text),
    )
    if missing:
        told = f"Форма под вопросом: {made.doubts[missing[0]]}. Впишите нужные падежи во вкладке «{DECLENSIONS}» или отметьте там «{CHECKED}», если они не нужны."
        yield Problem(Severity.QUESTION, "form-doubtful", origin, told, printed=subject.text, subject=name)
    elif made.risk:
        told = f"Прочитайте формы во вкладке «{DECLENSIONS}»: {made.risk}. Если всё верно, отметьте там «{CHECKED}» или ответьте «да», иначе впишите верную форму."
        yield Problem(Severity.QUESTION, RISKY, origin, told, printed=subject.text, subject=name)


def _name(kind: str, text: str) -> str:
    """Name a text without saying it: findings' keys reach logs, names of people do not."""
    return hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest()[:8]


def _unlike(row: Row) -> Iterator[Problem]:
    """Ask about a person's form whose words begin otherwise than the nominative's: it was left by another name."""
    if row.flag(CHECKED) or row.text(KIND) != PERSON:
        return
    own = corrected([row]).get(row.text(NOMINATIVE), {})
    for column, case in CASES.items():
        if case in own and _letters(own[case]) != _letters(row.text(NOMINATIVE)):
            told = f"Вписанная форма не похожа на именительный: проверьте, о том ли это человеке. Если верно, отметьте «{CHECKED}» или ответьте «да»."
            origin = Origin(row.origin.book, DECLENSIONS, row.origin.row, column)
            yield Problem(
                Severity.QUESTION,
                "form-unlike",
                origin,
                told,
                printed=own[case],
                subject=_name(PERSON, row.text(NOMINATIVE)),
            )


def _letters(text: str) -> list[str]:
    return sorted(word[0] for word in fold(text).split())
