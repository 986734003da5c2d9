"""The right name nearest to a wrong one: misprints, Latin letters among Russian ones, a field of another record."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TWINS = str.maketrans("aceopxykmtbhABCEHKMOPTXY", "асеорхукмтвнАВСЕНКМОРТХУ")
CLOSE = 0.6


# What people call our forms and filters, with the names they have here.
ALIASES = {
    "фио": "им", "имя": "им", "именительный": "им", "родительный": "род", "дательный": "дат", "винительный": "вин", "творительный": "тв",
    "предложный": "пр", "name": "им", "date": "дата", "blank": "пропуск", "list": "перечень", "picture": "картинка", "image": "картинка",
}  # fmt: skip


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or `None` when none is close."""
    folded = {_folded(each): each for each in known}
    if (alias := ALIASES.get(_folded(name), "")) in folded.values() or (
        alias := ALIASES.get(name.casefold(), "")
    ) in folded.values():
        return alias
    found = get_close_matches(_folded(name), folded, n=1, cutoff=CLOSE)
    return folded[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return «; возможно, имелось в виду …» for a wrong name, or what there is to choose from, or nothing."""
    names = list(known)
    close = nearest(name, names)
    if close:
        twins = " (в слове смешаны русские и латинские буквы)" if _mixed(name) else ""
        return f"; возможно, имелось в виду «{close}»{twins}"
    return (
        f"; есть: {', '.join(sorted(names, key=lambda each: (each.isascii(), each))[:12])}" if names else ""
    )


def _folded(name: str) -> str:
    return name.translate(TWINS).casefold().replace("ё", "е")


def _mixed(name: str) -> bool:
    return any("a" <= letter.lower() <= "z" for letter in name) and any(
        "а" <= letter.lower() <= "я" for letter in name
    )
