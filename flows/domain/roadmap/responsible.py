"""A responsible cell split into persons and roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["initialled", "known_by", "names_parties", "people", "whole_names"]

_NAME = r"[А-ЯЁ][а-яё]{1,40}(?:-[А-ЯЁ][а-яё]{1,40})?|[А-ЯЁ]{3,40}(?:-[А-ЯЁ]{3,40})?"
_INITIALS = r"[А-ЯЁ]\s?\.\s?(?:[А-ЯЁ](?:\s?\.(?:-[А-ЯЁ]\.)?|(?![а-яёА-ЯЁ.])))?"
_TIGHT = r"(?!(?:УО|ОО|ОУ|МО|ВР|ДО|ДК|ЦО|РФ|НР|МР|СП|ПО|УР|ОД)(?![А-ЯЁа-яё]))[А-ЯЁ]{2}(?![А-ЯЁа-яё.])"
_PATRONYMIC = r"[А-ЯЁ][а-яё]{1,40}(?:вич|ьич|мич|кич|вн|ичн|иничн)(?:а|у|ем|е|ы|ой|ою)?(?![а-яё])"
_GIVEN = r"[А-ЯЁ][а-яё]{1,40}"
_OF = r"(?:\s(?:кызы|оглы|кизи|улы))?"
_PERSON = re.compile(
    rf"(?:(?:{_NAME})\s{_GIVEN}\s{_PATRONYMIC}{_OF}|{_GIVEN}\s{_PATRONYMIC}\s(?:{_NAME})"
    rf"|(?P<before>(?:{_NAME})\s?{_INITIALS})|{_INITIALS}\s?(?:{_NAME})|(?P<tight>{_GIVEN}\s{_TIGHT}))",
)
_LABEL = re.compile(
    r"^\s*(?:ответственн\w{1,40}(?: лиц\w{1,40}| исполнител\w{1,40})?|исполнител\w{1,40}|отв\.)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_STEMS = (
    r"заведующ|завед|зав\b|зав\.|зам\b|зам\.|заместител|старш|ст\.|педагог(?!ик)|пед\.|воспитател(?!ьн)|куратор|наставник|наставляем|методист|директор|руководител|рук\.|начальник|специалист"
    r"|ответственн|психолог(?!ии|ическ)|учител|администрац|админ\.|завуч|здвр|здувр|председател|член|рабоч\w{1,40} групп|экспертн|координатор|инструктор|музыкальн|муз\.|логопед(?!и)|дефектолог|тьютор|секретар"
    r"|делопроизводител|профсоюз|профком|первичн|молод\w{1,40} (?:специалист|педагог)|классн|кл\.|социальн|соц\.|преподавател|мастер|работодател|родител|законн\w{1,40} представител|обучающ|ученик|учащ"
    r"|студент|выпускник|партн[её]р|организатор|советник|библиотекар|вожат|хореограф(?!и)|тренер|помощник|бухгалтер|юрист|кадров|системн|администратор|оператор|разработчик|участник|творческ"
    r"|главн|ведущ|все |весь |каждый|коллектив|сотрудник|работник|модератор|эксперт|врач|медицинск|концертмейстер|глав[аы]\b|инспектор|научн|методическ(?!ой)|внештатн|техник|программист|пары|пара\b"
    r"|школьн|муниципальн|районн|городск|региональн|опытн|стажист|педколлектив|педсовет|оргкомитет|волонт|и\.? ?о\.?\b|врио"
)
_BODIES = r"совет|комитет|комисси|управлени|отдел|центр|служб|кабинет|объединени|мо\b|шмо|рмо|гмо|имо|имц|рмк|мкц|цро|оо\b|оу\b|доу|уо\b|мку|мбу|мау|мбдоу|мбоу|маоу|мадоу|школ|детск\w{1,40} сад|групп|министерств|институт|департамент|организаци|учреждени|ассоциаци|союз|клуб|штаб|аппарат|редакци|лаборатор|кафедр|сектор"
_ROLE = re.compile(rf"(?:{_STEMS}|{_BODIES})", re.IGNORECASE)
_HEAD = re.compile(
    rf"^\W{{0,20}}(?:[а-яё-]{{1,40}}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ых|их|ую|юю)\s{{1,9}}){{0,2}}(?:{_STEMS}|{_BODIES})",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"^(?:[А-ЯЁ]{2,}[а-яё]?|[А-ЯЁ]{2,}\s.*)$")
_BRANCH = re.compile(
    r"^(?:[А-ЯЁ]{1,2}(?:ВР|МР|ХР|ХЧ|Р)|УВР|ВР|НМР|УР|АХЧ|АХР|ИКТ|ОЭР|МР|НИР|ВМР|УМР|УПР|УМС)\b"
)
_DEPENDENT = re.compile(
    r"^(?:заведующего|директора|руководителя|начальника|председателя|воспитателя)\b", re.IGNORECASE
)
_OPEN_END = re.compile(
    r"(?:^|\s)(?:и|по|при|для|с|о|об|в|на|старш\w{1,40}|главн\w{1,40}|социальн\w{1,40}|заместител\w{1,40}|зам\.?|помощник\w{0,40}|педагог-|муниципальн\w{1,40}|школьн\w{1,40}|музыкальн\w{1,40})$",
    re.IGNORECASE,
)
_GOVERNED = re.compile(r"[А-ЯЁа-яё-]+(?:ой|ей)(?:\s+и\s+[а-яё-]+(?:ой|ей))*(?:\s+[а-яё]+)?\s*(?:\(|$)")
_WORKER = re.compile(
    r"педагог|специалист|учител|наставник|сотрудник|воспитател[ьяюи]|работник|мастер|психолог", re.IGNORECASE
)
_OF_MANY = re.compile(
    r"\W*(?:[а-яё]+\s+)?(?:совет|школ|клуб|ассоциаци|объединени|союз|сообществ|групп|семь|собрани|руководител|объединени)",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"[а-яё-]+(?:ов|ей|ых|их)(?![а-яё])")
# A run of blanks is entered at its beginning only and never given back: a text of nothing but line breaks is read once.
_SPLIT_LINES = re.compile(
    r"(?:(?<!\s)\s+)?[;•]\s*+"
    r"|(?<!\s)[^\S\n]*+\n\s*+(?=(?:[-–—•]|\d{1,9}[.)])\s)"
    r"|(?<!\s)[^\S\n]*+\n[^\S\n]*+\n\s*+(?=[А-ЯЁ])"
)


def people(text: str) -> tuple[str, ...]:
    """Split a responsible cell into persons and roles, each as printed and in the order printed.

    A role that leads straight to a name stays with it («куратор Яковенко О.П.»); a comma parts them.
    """
    parts: list[str] = []
    for chunk in _chunks(_LABEL.sub("", text.strip())):
        parts += _parties(re.sub(r"\s+", " ", chunk).strip())
    return tuple(dict.fromkeys(part for part in map(_trimmed, parts) if part))


def initialled(text: str) -> tuple[str, ...]:
    """Return the persons who stand in the cell by surname and initials only, so that the gender cannot be known."""
    return tuple(found[0] for found in _persons(text) if re.search(r"[А-ЯЁ]\s?\.", found[0]))


def whole_names(text: str) -> tuple[str, ...]:
    """Return the persons who stand in the cell by their whole name."""
    return tuple(found[0] for found in _persons(text) if re.search(_PATRONYMIC, found[0]))


def known_by(short: str, names: Iterable[str]) -> bool:
    """Tell whether one of some whole names is the one that a surname with initials stands for."""
    surname = next(iter(re.findall(r"[А-ЯЁ][А-ЯЁа-яё-]+", short)), "")
    initials = re.findall(r"[А-ЯЁ]", short.replace(surname, "", 1))
    return any(_stands_for(fold(surname), initials, name.split()) for name in names)


def _stands_for(surname: str, initials: Sequence[str], name: Sequence[str]) -> bool:
    at = next((at for at, word in enumerate(name) if fold(word) == surname), None)
    given = [word[:1].upper() for place, word in enumerate(name) if place != at]
    return at is not None and bool(initials) and given[: len(initials)] == initials


def names_parties(text: str) -> bool:
    """Tell whether a cell holds nothing but persons and roles, so that its column must be the responsible one."""
    parties = people(text)
    return bool(parties) and all(
        _persons(party) or _HEAD.match(party) or _ABBREVIATED.fullmatch(party) for party in parties
    )


def _chunks(text: str) -> list[str]:
    chunks: list[str] = []
    for block in _SPLIT_LINES.split(re.sub(r"^[\s•–—-]+", "", text)):
        for line in re.split(r"\n\s*", re.sub(r"^\s*(?:[-–—]|\d+[.)])\s+", "", block)):
            if chunks and line and not _starts_line(chunks[-1], line):
                chunks[-1] = f"{chunks[-1]} {line}"
            else:
                chunks.append(line)
        chunks.append("")
    return [chunk for chunk in chunks if chunk]


def _starts_line(above: str, line: str) -> bool:
    """Tell whether a new line begins a new party or goes on with the one above."""
    if not above or (above.rstrip().endswith((",", ";", ".")) and not _OPEN_END.search(above.rstrip(" ,."))):
        return True
    if _OPEN_END.search(above.strip()) or _DEPENDENT.match(line) or above.count("(") > above.count(")"):
        return False
    return line[:1].isupper() or bool(_HEAD.match(line))


def _persons(chunk: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = 0
    while match := _PERSON.search(chunk, at):
        if chunk.count("(", 0, match.start()) > chunk.count(")", 0, match.start()) and chunk[
            : match.start()
        ].strip(" ("):
            at = match.end()
            continue
        short = match["before"] or match["tight"]
        if short and _is_role(short):
            at = match.start() + len(re.split(r"\s", match[0])[0])
            continue
        found.append(match)
        at = match.end()
    return found


def _is_role(text: str) -> bool:
    """Tell «Директор И.А. Петрова» (a role before initials) from «Дирекова И.А.»."""
    first = re.split(r"\s", text)[0]
    return bool(_ROLE.match(first)) and not re.search(r"(?:ов|ев|ин|ко|ский|ая|ова|ева|ина|ук|юк)$", first)


def _parties(chunk: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for found in _persons(chunk):
        roles, start = _before(chunk, at, found.start())
        at = found.end() + len(_apposition(chunk[found.end() :]))
        parts += [*roles, chunk[start:at]]
    return parts + _roles(chunk[at:])


def _before(chunk: str, at: int, name: int) -> tuple[list[str], int]:
    """Cut the words before a name into parties of their own; tell where the name begins with the role that leads to it."""
    text = chunk[at:name]
    if not text.strip(" ,;.") or re.search(r"[,;]\s*$", text):
        return _roles(text), name
    roles = _roles(re.sub(r"(?:(?<!\s)\s+)?[-–—:]\s*$", "", text))
    last = roles.pop() if roles else "и"
    led = -1 if last == "и" else chunk.rfind(last, at, name)
    return roles, name if led < 0 else led


def _apposition(rest: str) -> str:
    """Take what belongs to the name behind it: «(куратор)», «– заместитель директора»."""
    found = re.match(r"\s*\([^()]*\)", rest) or re.match(
        rf"\s{{1,20}}[-–—]\s{{0,20}}(?=(?:{_STEMS}|{_BODIES}))[^,;]*", rest, re.IGNORECASE
    )
    return found[0].rstrip() if found and not _PERSON.search(found[0]) else ""


def _roles(text: str) -> list[str]:
    parts: list[str] = []
    for piece in re.split(r"(?:(?<!\s)\s+)?,\s*+(?![^()]{0,80}\))", text.strip(" ,-–—")):
        for at, half in enumerate(_halves(piece.strip())):
            if parts and not at and not _begins(half):
                parts[-1] = f"{parts[-1]}, {half}"
            else:
                parts.append(half)
    return [slashed for part in parts if part.strip(" ,.и") for slashed in _slashes(part)]


def _halves(piece: str) -> list[str]:
    """Cut at «и» where another party begins behind it, not inside the name of a body or a branch of work."""
    halves: list[str] = []
    for half in re.split(r"(?<!\s)\s+и\s++(?![^()]{0,80}\))", piece):
        branch = _BRANCH.match(half) and halves and re.search(r"\bпо\b", halves[-1])
        if halves and (branch or not _begins(half) or (_OF_MANY.match(halves[-1]) and _GENITIVE.match(half))):
            halves[-1] = f"{halves[-1]} и {half}"
        else:
            halves.append(half)
    return halves


def _slashes(part: str) -> list[str]:
    """Cut «куратор/наставник», but not «пар/групп»."""
    sides = [side.strip() for side in re.split(r"(?:(?<!\s)\s+)?/\s*+(?![^()]{0,80}\))", part)]
    apart = len(sides) > 1 and all(
        _HEAD.match(side) and not re.match(r"(?:пар|групп)\w{0,2}$", side) for side in sides
    )
    return sides if apart else [part]


def _begins(text: str) -> bool:
    """Tell whether a piece names a party of its own: a role or a body at its head, or an abbreviation of one."""
    if _ABBREVIATED.match(text):
        return True
    governed = _GOVERNED.match(text) and not _WORKER.search(text)
    return not governed and (bool(_HEAD.match(text)) or text[:1].isupper())


def _trimmed(part: str) -> str:
    """Drop commas and stops around a party; the stop of initials and of an abbreviation belongs to it."""
    bare = part.strip(" ,;:–—-")
    last = re.search(r"(?<![^\s.])[^\s.]++(?=\.+$)", bare)
    if last and (len(last[0]) < len("адмн") or "." in bare[: last.start()][-2:]):
        return bare
    return bare.rstrip(".").strip()
