"""What follows the head of a phrase: copied, but for a second head joined to the first and a synonym in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.russian import heads, morph, names
from flows.russian.doubt import Doubt
from flows.russian.letters import fold
from flows.russian.word import nominative

if TYPE_CHECKING:
    from flows.russian.heads import Head

_JOINTS = re.compile(r"(?P<dash>\s[-–—]\s?|[-–—]\s)|,\s?|\sи\s|\s?/\s?")
_BRACKETS = re.compile(r"\((?P<open>[«\"]?)(?P<inside>[^()«»\"]+)(?P<close>[»\"]?)\)")
_GOVERNS_ACCUSATIVE = re.compile(r"\s(?:в|на|за|под|через)\s", re.IGNORECASE)
_PERSON_BY_ADJECTIVE = re.compile(
    "завед|ответств|исполня|вожат|управля|уполномоч|дежурн|наставляем|уч[ае]щ|обуча|служащ|рабоч|ведущ|главн|старш"
)
# People whom the dictionary lists as things or does not list at all.
_PEOPLE = re.compile(r".*(?:калькулятор|секретарь|педагог|психолог|логопед|дефектолог|методист)\b")
# After «учреждение …» the organisation's own kind stands beside it and declines with it: учреждению …, дому творчества.
_GENERAL = frozenset({"учреждение", "организация", "предприятие"})
_KINDS = frozenset({
    "дом", "дворец", "сад", "школа", "школа-интернат", "лицей", "гимназия", "прогимназия", "центр", "станция", "колледж", "техникум", "училище",
    "интернат", "студия", "институт", "академия", "университет",
})  # fmt: skip
_DASH = "после тире стоит второе название: впишите нужный падеж целиком"


def decline(head: Head, case: str, kind: str, *, beside: bool = True) -> str:
    """Put a head with its tail into an oblique case; Doubt where a second name stands after a dash.

    Without `beside` an organisation's kind beside «учреждение» is copied: so stand papers registered before.
    """
    animate = kind == "position" or (head.ruling.animate and head.ruling.known)
    return head.form(case, animate=animate) + (
        (beside and kind == "organisation" and _beside(head, case)) or _tail(head, case, kind)
    )


def _tail(head: Head, case: str, kind: str) -> str:
    person = _entrepreneur(head, case) if kind == "organisation" else None
    if person is not None:
        return person
    for joint in _JOINTS.finditer(head.tail):
        before, rest = head.tail[: joint.start()], head.tail[joint.end() :]
        if not _is_open(before):
            continue
        second = _clause(head, joint) or heads.find(rest, animate=kind == "position")
        if second is None or not _is_joined(head, second, joint, kind):
            continue
        if joint["dash"] and kind != "position":
            raise Doubt(rest, _DASH)
        return _brackets(before, head, case, kind) + joint[0] + decline(second, case, kind)
    return _brackets(head.tail, head, case, kind)


def _beside(head: Head, case: str) -> str:
    """Decline the kind that stands unquoted beside «учреждение»; nothing where there is none or its case is not known."""
    if fold(head.items[-1].halves[-1]) not in _GENERAL:
        return ""
    for space in re.finditer(r"\s", head.tail):
        before, rest = head.tail[: space.end()], head.tail[space.end() :]
        second = heads.find(rest, animate=False) if _is_open(before) else None
        if second is None or fold("-".join(second.items[-1].halves)) not in _KINDS:
            continue
        try:
            return before + decline(second, case, "organisation")
        except Doubt:
            return ""
    return ""


def _entrepreneur(head: Head, case: str) -> str | None:
    """After «индивидуальный предприниматель» stands a person, who declines."""
    tail = head.tail.strip()
    if fold(head.items[-1].halves[-1]) != "предприниматель" or not tail or tail[0] in '«"':
        return None
    return " " + names.decline(tail, case)


def _clause(head: Head, joint: re.Match[str]) -> Head | None:
    """Find a participle after a comma that agrees with the head: педагог, имеющий стаж."""
    rest = joint.string[joint.end() :]
    word = re.match(r"[А-Яа-яЁё]+", rest)
    if word is None or not joint[0].startswith(","):
        return None
    fit = [
        found for found in nominative(word[0]) if found.source.tag.POS == "PRTF" and found.agrees(head.ruling)
    ]
    return (
        heads.Head((heads.Item((word[0],), (tuple(fit),)),), (), fit[0], rest[word.end() :]) if fit else None
    )


def _is_open(before: str) -> bool:
    """Say whether the place after this text is outside quotation marks and brackets."""
    pairs = before.count("«") == before.count("»") and before.count("(") == before.count(")")
    return pairs and before.count('"') % 2 == 0 and before.count("„") == before.count("“")


def _is_joined(head: Head, second: Head, joint: re.Match[str], kind: str) -> bool:
    """Say whether a nominative after a joint is a second head (педагог и психолог), not a part of the tail."""
    before, rest = joint.string[: joint.start()], joint.string[joint.end() :]
    bare = not before.strip()
    if (
        not second.is_noun
        and joint[0].startswith(",")
        and second.ruling.known
        and second.ruling.agrees(head.ruling)
    ):
        return True  # лицо, ответственное за …; педагог, имеющий стаж
    if not second.ruling.known or not (bare or joint["dash"] or not _is_also_genitive(second)):
        return False
    if kind == "position":
        person = _is_person(rest) if second.is_noun else bool(_PERSON_BY_ADJECTIVE.match(fold(rest)))
        return person and (second.ruling.plural == head.ruling.plural or not _is_also_genitive(second))
    if bare or joint["dash"]:
        return second.is_noun
    if kind == "organisation" or not second.is_noun:
        return False
    return second.ruling.gender == "femn" or not _GOVERNS_ACCUSATIVE.search(before + " ")


def _is_also_genitive(second: Head) -> bool:
    first = second.items[0].halves[-1].lower()
    return any(found.tag.case == "gent" for found in morph.known(first))


def _is_person(text: str) -> bool:
    """Recognise a noun that means only people: «язык» is a captive in the dictionary, but a subject in a school."""
    head = heads.find(text, animate=False)
    return head is not None and head.is_noun and (head.ruling.animate or bool(_PEOPLE.match(fold(text))))


def _brackets(text: str, head: Head, case: str, kind: str) -> str:
    """Decline a synonym in brackets with the head: ассистента (помощника), плана мероприятий («дорожной карты»)."""
    return (
        text
        if kind == "organisation"
        else _BRACKETS.sub(lambda found: _synonym(found, head, case, kind), text)
    )


def _synonym(found: re.Match[str], head: Head, case: str, kind: str) -> str:
    inside = found["inside"]
    second = heads.find(inside, animate=kind == "position")
    if second is None or not second.is_noun or second.ruling.plural != head.ruling.plural:
        return found[0]
    if kind == "position":
        same = _is_person(inside)
    else:
        same = " " in inside and second.ruling.known and not second.ruling.animate
    return f"({found['open']}{decline(second, case, kind)}{found['close']})" if same else found[0]
