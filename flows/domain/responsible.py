"""A responsible cell split into persons and roles."""

from __future__ import annotations

import re

SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
PERSON = re.compile(rf"{SURNAME}\s{INITIALS}|{INITIALS}\s?{SURNAME}")
ROLE = re.compile(
    r"(?:и\.? ?о\.? )?(?:заведующ|зам\b|зам\.|заместител|старш|педагог|воспитател|куратор|наставник|наставляем|методист|директор|руководител"
    r"|специалист|ответственн|психолог|учител|администрац|завуч|председател|член|рабоч|экспертн|муниципальн|координатор|инструктор"
    r"|музыкальн|логопед|дефектолог|тьютор|секретар|делопроизводител|профсоюз|совет\b|молод|классн|социальн|преподавател|мастер|работодател|родител)",
    re.IGNORECASE,
)
ROLE_AFTER_AND = re.compile(r"\s+и\s+", re.IGNORECASE)


def people(text: str) -> tuple[str, ...]:
    """Split a responsible cell into persons and roles, each as printed and in the order printed."""
    parts: list[str] = []
    for chunk in re.split(r"\s*;\s*|\n\s*(?=[А-ЯЁ])", text.strip()):
        parts += _chunk(re.sub(r"\s+", " ", chunk).strip(" ,.") if not PERSON.search(chunk) else re.sub(r"\s+", " ", chunk))
    return tuple(dict.fromkeys(part for part in parts if part))


def _chunk(chunk: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for found in PERSON.finditer(chunk):
        parts += _roles(chunk[at : found.start()])
        parts.append(found[0].strip())
        at = found.end()
    return parts + _roles(chunk[at:])


def _roles(text: str) -> list[str]:
    parts: list[str] = []
    for piece in re.split(r"\s*,\s*(?![^()]*\))", text.strip(" ,-–—")):
        for at, half in enumerate(_halves(piece)):
            if parts and not at and not _begins(half):
                parts[-1] = f"{parts[-1]}, {half}"
            else:
                parts.append(half)
    return [part.strip(" ,") for part in parts if part.strip(" ,.и")]


def _halves(piece: str) -> list[str]:
    halves: list[str] = []
    for half in ROLE_AFTER_AND.split(piece):
        if halves and not _begins(half):
            halves[-1] = f"{halves[-1]} и {half}"
        else:
            halves.append(half)
    return halves


def _begins(text: str) -> bool:
    return bool(ROLE.match(text)) or text[:1].isupper()
