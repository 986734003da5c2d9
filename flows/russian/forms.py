"""All forms of a person or a phrase at once, under the names that stand in templates: {{ наставник.вин }}.

A form that cannot be known is a Doubt in its place, never a guess and never an exception: one unclear case does not take
the others away, and whoever fills a template sees what to ask.
"""

from __future__ import annotations

from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.russian import names, phrases, whose
from flows.russian.doubt import Doubt
from flows.russian.letters import tidy
from flows.russian.respelt import Respelt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Forms = dict[str, "str | Doubt"]
NOTHING: Mapping[str, str] = MappingProxyType({})
KEYS = {"nom": "им", "gen": "род", "dat": "дат", "acc": "вин", "ins": "тв", "pre": "пр"}
SYNONYMS = {"тв": "твор", "пр": "предл"}
_SEXES = {"m": "м", "f": "ж"}


def person(full_name: str, gender: str | None = None, overrides: Mapping[str, str] = NOTHING) -> Forms:
    """Give the forms of a name: им род дат вин тв пр (твор, предл), инициалы, кратко and кратко_род …, обращение, пол.

    `overrides` (keys nom gen dat acc ins pre, empty ones ignored) win over the rules, the short forms follow them.
    """
    return dict(_person(full_name, gender, tuple(sorted(overrides.items()))))


@lru_cache(maxsize=4096)
def _person(full_name: str, gender: str | None, overrides: tuple[tuple[str, str], ...]) -> Forms:
    given = _given(dict(overrides))
    forms: Forms = {
        key: _form(given, case, partial(names.decline, full_name, case, gender)) for case, key in KEYS.items()
    }
    forms["инициалы"] = _or_doubt(partial(names.initials, full_name))
    for case, key in KEYS.items():
        short = "кратко" if case == "nom" else f"кратко_{key}"
        forms[short] = _or_doubt(partial(_short, full_name, case, gender, given))
    forms["обращение"] = _or_doubt(partial(names.address, full_name))
    forms["пол"] = _or_doubt(partial(_sex, full_name, gender))
    return _with_synonyms(forms)


def phrase(text: str, kind: str, gender: str | None = None, overrides: Mapping[str, str] = NOTHING) -> Forms:
    """Give the forms of a position, an organisation or a title of a paper (`kind`): им род дат вин тв пр (твор, предл)."""
    return dict(_phrase(text, kind, gender, tuple(sorted(overrides.items()))))


@lru_cache(maxsize=4096)
def _phrase(text: str, kind: str, gender: str | None, overrides: tuple[tuple[str, str], ...]) -> Forms:
    given = _given(dict(overrides))
    forms: Forms = {
        key: _form(given, case, partial(_declined, text, case, kind, gender)) for case, key in KEYS.items()
    }
    return _with_synonyms(forms)


def _declined(text: str, case: str, kind: str, gender: str | None) -> str:
    before = _or_doubt(partial(phrases.decline, text, case, kind, gender, beside=False))
    try:
        now = phrases.decline(text, case, kind, gender)
    except Doubt as doubt:
        raise Doubt(text, doubt.reason, None if isinstance(before, Doubt) else before) from None
    return now if isinstance(before, Doubt) or now == before else Respelt(before, now)


def _given(overrides: Mapping[str, str]) -> dict[str, str]:
    return {case: form for case, form in overrides.items() if tidy(form)}


def _form(given: Mapping[str, str], case: str, make: Callable[[], str]) -> str | Doubt:
    return given[case] if case in given else _or_doubt(make)


def _or_doubt(make: Callable[[], str]) -> str | Doubt:
    try:
        return make()
    except Doubt as doubt:
        return doubt


def _with_synonyms(forms: Forms) -> Forms:
    doubled = dict(forms)
    for key, form in forms.items():
        for short, long in SYNONYMS.items():
            if key == short or key.endswith("_" + short):
                doubled[key.removesuffix(short) + long] = form
    return doubled


def _short(full_name: str, case: str, gender: str | None, given: Mapping[str, str]) -> str:
    if case in given:
        return names.shorten(full_name, given[case])
    return names.surname_initials(full_name, case, gender)


def _sex(full_name: str, gender: str | None) -> str:
    found = {way.gender for way in whose.readings(full_name, gender)}
    if len(found) != 1:
        raise Doubt(full_name, "пол по имени не виден: впишите «м» или «ж» в ячейку «пол»")
    return _SEXES[found.pop()]
