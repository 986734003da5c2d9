"""Names and phrases of the card in every case, and the people of whom the card tells the name alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.russian import Doubt, forms

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

NAME_KEYS = ("им", "род", "дат", "вин", "тв", "твор", "пр", "предл")
SHORT_KEYS = ("инициалы", "кратко", *(f"кратко_{case}" for case in NAME_KEYS[1:]), "обращение", "пол")


def typed_person(facts: Facts, name: str) -> Context | None:
    """Return somebody of whom the card tells the name alone, as typed where it cannot be read; `None` where nobody is named."""
    if not name:
        return None
    told = named(facts, name, "", Doubt("", ""))
    return {form: name if isinstance(text, Doubt) else text for form, text in told.items()}


def performer(facts: Facts) -> Context | None:
    """Return who prepares the papers, with a telephone; `None` where the card names nobody."""
    told = typed_person(facts, facts.organisation.performer)
    return told and {**told, "телефон": facts.organisation.performer_phone or None}


def named(facts: Facts, name: str, gender: str, absent: Doubt) -> Context:
    """Return the forms of a name; every form is `absent` when there is no name."""
    if not name.strip():
        return dict.fromkeys((*NAME_KEYS, *SHORT_KEYS), absent)
    return dict(forms.person(name, gender or None, facts.cases.get(name, {})))


def phrase(facts: Facts, text: str, kind: str, absent: Doubt, gender: str = "") -> Context:
    """Return a phrase in every case; every form is `absent` when there is no text."""
    if not text.strip():
        return dict.fromkeys(NAME_KEYS, absent)
    return dict(forms.phrase(text, kind, gender or None, facts.cases.get(text, {})))
