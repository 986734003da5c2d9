"""A responsible cell split into persons and roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap.party_lines import chunks
from flows.domain.roadmap.party_words import (
    ABBREVIATED,
    BODIES,
    BRANCHES,
    HEAD,
    PATRONYMIC,
    PERSON,
    POST,
    STEMS,
    begins,
    persons,
)
from flows.domain.text import fold
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["initialled", "known_by", "names_parties", "people", "whole_names"]

_LABEL = late(
    r"^\s*(?:ответственн\w{1,40}(?: лиц\w{1,40}| исполнител\w{1,40})?|исполнител\w{1,40}|отв\.)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_BRANCH = late(rf"^{BRANCHES}\b")
_BRANCHED = late(rf"\bпо\s(?:.*\s)?{BRANCHES}$")
_ONLY_BRANCHES = late(rf"{BRANCHES}(?:\sи\s{BRANCHES})?")
_OF_MANY = late(
    r"\W*(?:[а-яё]+\s+)?(?:совет|школ|клуб|ассоциаци|объединени|союз|сообществ|групп|семь|собрани|руководител|объединени)",
    re.IGNORECASE,
)
_GENITIVE = late(r"[а-яё-]+(?:ов|ей|ых|их)(?![а-яё])")
# «Педагог, ответственный за сайт»: the first word is nobody yet.
_ANYBODY = late(
    r"(?:лиц[аоу]\w{0,2}|педагог|сотрудник|работник|учител|воспитател|специалист|заместител)\w{0,3}(?:\s\w+)?",
    re.IGNORECASE,
)
_ANSWERS_FOR = late(r"ответственн\w{2,3} (?:за|по)\s")
_UNITS = late(r"(?:ШМО|РМО|ГМО|МО|ЦМК|ПЦК|МК)(?![А-ЯЁа-яё])")
# A party that nothing but a blank parts from the one before: «Директор Куратор Наставники».
_SPACED = late(
    r"\s(?=(?:Директор|Заместител[ьи]|Зам\.|Заведующ(?:ий|ая)|Куратор[ыа]?|Наставники?|Педагоги?|Методисты?|Воспитател[ьи]|Старш(?:ий|ие)"
    r"|Администрация|Психолог|Завуч|Учител[ья]|Специалисты?|Руководител[ьи]|Председатель|Секретарь|Координаторы?|Ответственн(?:ый|ые)"
    r"|Классн(?:ый|ые)|Социальн(?:ый|ые))(?![а-яё]))"
)
_LEADS_ON = late(
    r"(?:(?<!заведующ)(?:[ыо]й|[ыи]е|[ая]я|[ое]го|[ое]му|[ыи]х)|(?:старш|младш)ий|педагог|учитель|\bи|[-–—.,№(])$",
    re.IGNORECASE,
)
_STOPPED = late(r"(?:[а-яё]{5}|[А-ЯЁ]{2})\.\s+(?=[А-ЯЁ][а-яё])")
_QUOTED = late(r"«[^«»]{0,200}»|\"[^\"]{0,200}\"")
# Signs inside quotation marks part nothing: they are put aside while a cell is split.
_SIGNS = {",": "\ue000", ";": "\ue001", "/": "\ue002", "+": "\ue003", "и": "\ue004"}
_BACK = str.maketrans({aside: sign for sign, aside in _SIGNS.items()})
_AND = r"((?<!\s)\s+(?:и|или|либо|а также|\+)\s++)(?![^()]{0,80}\))"


def people(text: str) -> tuple[str, ...]:
    """Split a responsible cell into persons and roles, each as printed and in the order printed.

    A role that leads straight to a name stays with it («куратор Яковенко О.П.»); a comma parts them.
    """
    bare = _LABEL.sub("", _QUOTED.sub(_aside, text.strip()))
    parts: list[str] = _with_posts(bare)
    for chunk, whole in chunks(bare) if not parts else ():
        told = re.sub(r"\s+", " ", chunk).strip()
        parts += [told] if whole else _parties(told)
    return tuple(dict.fromkeys(part.translate(_BACK) for part in map(_trimmed, parts) if part))


def _with_posts(text: str) -> list[str]:
    """Pair names with posts where a list of commas does nothing but alternate them: «Орлова И.П., завуч, Ким О.Л., логопед»."""
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in re.split(r"[,;](?![^()]{0,80}\))", text)]
    pieces = [piece for piece in pieces if piece]
    marks = "".join("N" if PERSON.fullmatch(each) else "P" if _is_post(each) else "X" for each in pieces)
    if not re.fullmatch(r"(?:NP){2,}|(?:PN){2,}", marks):
        return []
    return [f"{one}, {other}" for one, other in zip(pieces[::2], pieces[1::2], strict=True)]


def _is_post(piece: str) -> bool:
    return bool(POST.match(piece)) and not persons(piece) and not re.search(r"\sи\s", piece)


def _aside(quoted: re.Match[str]) -> str:
    return re.sub(r"[,;/+]|(?<=\s)и(?=\s)", lambda sign: _SIGNS[sign[0]], quoted[0])


def initialled(text: str) -> tuple[str, ...]:
    """Return the persons who stand in the cell by surname and initials only, so that the gender cannot be known."""
    return tuple(found[0] for found in persons(text) if re.search(r"[А-ЯЁ]\s?[.,]", found[0]))


def whole_names(text: str) -> tuple[str, ...]:
    """Return the persons who stand in the cell by their whole name."""
    return tuple(found[0] for found in persons(text) if re.search(PATRONYMIC, found[0]))


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
        persons(party) or HEAD.match(party) or ABBREVIATED.fullmatch(party) for party in parties
    )


def _parties(chunk: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for found in persons(chunk):
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
    """Take what belongs to the name behind it: «(куратор)», «– заместитель директора», «директор»."""
    found = (
        re.match(r"\s*\([^()]*\)", rest)
        or re.match(rf"\s{{0,20}}[-–—]\s{{0,20}}(?=(?:{STEMS}|{BODIES}))[^,;]*", rest, re.IGNORECASE)
        or re.match(r"\s(?=[а-яё])[^,;]*", rest)
    )
    led = found and (found[0].lstrip()[:1] in "(-–—" or POST.match(found[0].strip()))
    return found[0].rstrip() if found and led and not PERSON.search(found[0]) else ""


def _roles(text: str) -> list[str]:
    parts: list[str] = []
    for piece in re.split(r"(?:(?<!\s)\s+)?,\s*+(?![^()]{0,80}\))", text.strip(" ,-–—")):
        for at, half in enumerate(_halves(piece.strip())):
            if parts and not at and _goes_on(parts[-1], half):
                parts[-1] = f"{parts[-1]}, {half}"
            else:
                parts.append(half)
    return [
        slashed
        for part in parts
        if part.strip(" ,.и")
        for spaced in _spaced(part)
        for slashed in _slashes(spaced)
    ]


def _goes_on(above: str, piece: str) -> bool:
    """Tell whether words behind a comma belong to the party before it: «культуры и спорта», the «ВР» of «по УВР, ВР»."""
    if _BRANCHED.search(above) and _ONLY_BRANCHES.fullmatch(piece.rstrip(".")):
        return True
    if _ANSWERS_FOR.match(piece) and _ANYBODY.fullmatch(above):
        return True
    return not begins(piece) or (piece[:1] == "«" and "«" in above)


def _halves(piece: str) -> list[str]:
    """Cut at «и» where another party begins behind it, not inside the name of a body or a branch of work."""
    halves: list[str] = []
    told = re.split(_AND, re.sub(r"^а также\s+", "", piece))
    for half, sign in zip(told[::2], ["", *told[1::2]], strict=True):
        above = halves[-1] if halves else ""
        branch = _BRANCH.match(half) and re.search(r"\bпо\b", above)
        units = _UNITS.fullmatch(half) and " " in above and _UNITS.search(above)
        if above and (
            branch or units or not begins(half) or (_OF_MANY.match(above) and _GENITIVE.match(half))
        ):
            halves[-1] = f"{above}{sign}{half}"
        else:
            halves.append(half)
    return halves


def _spaced(part: str) -> list[str]:
    """Cut behind a full stop, and before a capital letter that begins a post: tables lose their line breaks."""
    cuts = [
        found.start()
        for found in _SPACED.finditer(part)
        if begins(part[: found.start()].strip()) and not _LEADS_ON.search(part[: found.start()])
    ]
    cuts += [found.end() for found in _STOPPED.finditer(part)]
    cuts.sort()
    return [part[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(part)], strict=True)]


def _slashes(part: str) -> list[str]:
    """Cut «куратор/наставник», but not «пар/групп»."""
    sides = [side.strip() for side in re.split(r"(?:(?<!\s)\s+)?/\s*+(?![^()]{0,80}\))", part)]
    apart = len(sides) > 1 and all(
        HEAD.match(side) and not re.match(r"(?:пар|групп)\w{0,2}$", side) for side in sides
    )
    return sides if apart else [part]


def _trimmed(part: str) -> str:
    """Drop commas and stops around a party; the stop of initials and of an abbreviation belongs to it."""
    bare = re.sub(r"^(?:и|или|а также)\s+", "", part.strip(" ,;:–—-/"))
    last = re.search(r"(?<![^\s.])[^\s.]++(?=\.+$)", bare)
    short = last and len(last[0]) < len("адмн") and not re.fullmatch(r"[А-ЯЁ]{3}", last[0])
    if last and (short or "." in bare[: last.start()][-2:]):
        return bare
    return bare.rstrip(".").strip()
