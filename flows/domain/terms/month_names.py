"""Names of months and of their days in every form that a deadline cell holds them, English ones of spreadsheets too."""

from __future__ import annotations

import re

STEMS = (
    ("январ", "ь я е ю ем"), ("феврал", "ь я е ю ем"), ("март", " а е у ом"), ("апрел", "ь я е ю ем"), ("ма", "й я е ю ем"),
    ("июн", "ь я е ю ем"), ("июл", "ь я е ю ем"), ("август", " а е у ом"), ("сентябр", "ь я е ю ем"),
    ("октябр", "ь я е ю ем"), ("ноябр", "ь я е ю ем"), ("декабр", "ь я е ю ем"),
)  # fmt: skip
SHORT = (
    "янв январ", "фев февр феврал", "мар", "апр апрел", "", "июн", "июл", "авг", "сен сент сентяб сентябр", "окт октяб октябр",
    "ноя нояб ноябр", "дек декаб декабр",
)  # fmt: skip
MONTHS: dict[str, int] = {
    form: number
    for number, ((stem, ends), short) in enumerate(zip(STEMS, SHORT, strict=True), 1)
    for form in (*(stem + end for end in ends.split(" ")), *short.split())
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
OF_MONTH = "|".join(stem + ends.split(" ")[1] for stem, ends in STEMS)
SHORT_MONTH = "|".join(form for forms in SHORT for form in sorted(forms.split(), key=len, reverse=True))
_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
ENGLISH: dict[str, str] = {
    form: (SHORT[number].split() or ["май"])[0]
    for number, name in enumerate(_ENGLISH)
    for form in (name, name[:3], *(["sept"] if name == "september" else []))
}

ROMAN: dict[str, str] = {
    figure: stem + ends.split(" ")[0]
    for figure, (stem, ends) in zip(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], STEMS, strict=True
    )
}

_UNITS = "перв втор треть четверт пят шест седьм восьм девят"
_TEENS = "десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"
_DAYS = {stem: number for number, stem in enumerate(f"{_UNITS} {_TEENS}".split(), 1)} | {"тридцат": 30}
_TENS = {"двадцать": 20, "тридцать": 30, None: 0}
_DAY_IN_WORDS = re.compile(
    rf"(?<![а-я])(?:(двадцать|тридцать)\s+)?({'|'.join(sorted(_DAYS, key=len, reverse=True))})(?:ое|ого|ому|е|его|ему)\s+(?=(?:{OF_MONTH})(?![а-я]))"
)


def days_in_figures(folded: str) -> str:
    """Write «первое сентября», «тридцать первого мая» as «1 сентября», «31 мая»."""
    return _DAY_IN_WORDS.sub(lambda found: f"{_TENS[found[1]] + _DAYS[found[2]]} ", folded)
