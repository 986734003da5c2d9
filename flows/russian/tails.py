"""What follows the head of a phrase: copied, but for a second head joined to the first and a synonym in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.russian import apposed, heads, morph, names
from flows.russian.apposed import is_open, is_person
from flows.russian.doubt import Doubt
from flows.russian.letters import fold
from flows.russian.word import nominative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.russian.heads import Head

_JOINTS = re.compile(r"(?P<dash>\s[-–—]\s?|[-–—]\s)|,\s?|\sи\s|\s?/\s?")
_BRACKETS = re.compile(r"\((?P<open>[«\"]?)(?P<inside>[^()«»\"]+)(?P<close>[»\"]?)\)")
_GOVERNS_ACCUSATIVE = re.compile(r"\s(?:в|на|за|под|через)\s", re.IGNORECASE)
_PERSON_BY_ADJECTIVE = re.compile(
    "завед|ответств|исполня|вожат|управля|уполномоч|дежурн|наставляем|уч[ае]щ|обуча|служащ|рабоч|ведущ|главн|старш"
)
_DASH = "после тире стоит второе название: впишите нужный падеж целиком"


def decline(head: Head, case: str, kind: str, *, beside: bool = True) -> str:
    """Put a head with its tail into an oblique case; Doubt where what else stands there has no case that can be known.

    Without `beside` what stands beside the head without a comma is copied: so stand papers registered before.
    """
    animate = kind == "position" or (head.ruling.animate and head.ruling.known)
    return head.form(case, animate=animate) + _tail(head, case, kind, beside=beside)


def _tail(head: Head, case: str, kind: str, *, beside: bool) -> str:
    person = _entrepreneur(head, case) if kind == "organisation" else None
    if person is not None:
        return person
    found = next(_joined(head, kind), None)
    end = found[0].start() if found else len(head.tail)
    apart = apposed.find(head, kind, end) if beside else None
    if apart is not None:
        at, second = apart
        return _brackets(head.tail[:at], head, case, kind, beside=beside) + decline(second, case, kind)
    if found is None:
        return _brackets(head.tail, head, case, kind, beside=beside)
    joint, second = found
    if (
        joint["dash"]
        and kind != "position"
        and not (beside and kind == "organisation" and apposed.is_kind(second))
    ):
        raise Doubt(joint.string[joint.end() :], _DASH)
    before = _brackets(head.tail[: joint.start()], head, case, kind, beside=beside)
    return before + joint[0] + decline(second, case, kind, beside=beside)


def _joined(head: Head, kind: str) -> Iterator[tuple[re.Match[str], Head]]:
    """Give the second heads after a comma, «и», a slash or a dash, each with its joint."""
    for joint in _JOINTS.finditer(head.tail):
        if not is_open(head.tail[: joint.start()]):
            continue
        second = _clause(head, joint) or heads.find(head.tail[joint.end() :], animate=kind == "position")
        if second is not None and _is_joined(head, second, joint, kind):
            yield joint, second


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
        person = is_person(rest) if second.is_noun else bool(_PERSON_BY_ADJECTIVE.match(fold(rest)))
        return person and (second.ruling.plural == head.ruling.plural or not _is_also_genitive(second))
    if bare or joint["dash"]:
        return second.is_noun
    if kind == "organisation" or not second.is_noun:
        return False
    return second.ruling.gender == "femn" or not _GOVERNS_ACCUSATIVE.search(before + " ")


def _is_also_genitive(second: Head) -> bool:
    first = second.items[0].halves[-1].lower()
    return any(found.tag.case == "gent" for found in morph.known(first))


def _brackets(text: str, head: Head, case: str, kind: str, *, beside: bool) -> str:
    """Decline a synonym in brackets with the head: ассистента (помощника), плана мероприятий («дорожной карты»)."""
    if kind == "organisation":
        return text
    return _BRACKETS.sub(lambda found: _synonym(found, head, case, kind, beside=beside), text)


def _synonym(found: re.Match[str], head: Head, case: str, kind: str, *, beside: bool) -> str:
    inside = found["inside"]
    second = heads.find(inside, animate=kind == "position")
    if second is None or second.ruling.plural != head.ruling.plural or not (second.is_noun or beside):
        return found[0]
    if not second.is_noun:
        same = kind == "position" and bool(_PERSON_BY_ADJECTIVE.match(fold(inside)))
    elif kind == "position":
        same = is_person(inside)
    else:
        near = beside and not found.string[: found.start()].strip()
        same = (" " in inside or near) and second.ruling.known and not second.ruling.animate
    return (
        f"({found['open']}{decline(second, case, kind, beside=beside)}{found['close']})" if same else found[0]
    )
