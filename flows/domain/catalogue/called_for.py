"""Which papers a row calls for: orders by what they order, other papers by their names (the catalogue of kinds)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.calling_words import ADDED, BY_ACTIVITY, KINDS, OBJECTS, ORDER, RULES
from flows.domain.catalogue.named import ORDER_OF_PAIRS
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["kinds_for"]

LONGEST_OBJECT = 220
LOCAL_ACTS = late(
    r"^(?:(?:пакет|разработанн\w{1,40}|утвержденн\w{1,40}) )*локальн\w{1,40} (?:нормативн\w{1,40} |правов\w{1,40} )*(?:акт|документ)\w{0,40}(?: (?:доу|оо|школы|организации))?\W*$"
)
# What is done, known or reached leaves no paper behind, whatever papers it speaks of: «Педагоги ознакомлены с Положением».
STATE = late(
    r"^\W*(?:ориентац|ориентир|осведомленн|готовност|понимани|знание|знания|умени|освоени|перераспределени|распределени|выполнени|соблюдени|изучени|ознакомлени|знакомств)\w{0,40}"
    r"|^\W*реализация программ[аы]?(?: наставничества)?(?=\W|$)"
    r"|(?<!\w)(?:определен|выявлен|установлен)[аоы]? [^;.]{0,20}(?:перечень|круг|уровень|дефицит|затруднени|потребност|проблем|цели(?!\w))"
    r"|(?<!\w)(?:изучен|ознакомлен|проинформирован|прочитан|соблюден|освоен|выполнен)[аоы]?(?!\w)"
)
# A state is told by these although a paper is named: «Лист ознакомления», «Приказ изучен» is rare, «приказ издан» is not.
HELD = late(r"(?<!\w)(?:лист|справк|протокол|отчет|анкет|журнал|запис)\w{0,40}")
# The order that approves what stands before it: «программы пар, приказ об их утверждении».
THEIR = late(r"^ об (?:их|его|ее) ")
# A paper of its own behind a comma ends what an order is about.
NEXT_PAPER = late(
    r", (?=(?:персонализированные|индивидуальные|положени[ея]|дорожная|программ[аы]|планы?|согласи[яе]|реестр|список|протокол|справка|анкет[аы]|база|банк|отчет|памятк[аи]|благодарственн)(?!\w))"
)
NAMELESS = late(
    r"^\W*(?:проект |наличие |разработанн\w{1,40} |утвержденн\w{1,40} |аналитическ\w{1,40} |информационн\w{1,40} |итогов\w{1,40} )*(справк|отчет|протокол|положени|программ|план|список|списк|перечен|баз|банк|анкет(?!ир)|согласи|график|заявк)\w{0,40}(?: данных| работы)?\W*$"
)
# Bare names that mean a paper also where papers with whole names stand beside them.
BESIDE = frozenset({"согласи", "справк", "протокол", "заявк", "анкет"})
LISTS = frozenset({"баз", "банк", "список", "списк", "перечен"})
RESULT_SAYS = late(r"^\W*(?:назначени|утверждени|закреплени|прикреплени|определени)\w{0,40} ")
GOES_ON = late(
    r"^\W*(?:организ|осуществл|сопровожд|поддерж|координ)\w{0,40} (?:работ|деятельност|взаимодейств|встреч|сопровожд)"
)
JOINED = late(r"(?<!\w)(?:пары?|групп\w{0,2}|закреплени\w|возложени\w|обязанност\w{0,3})(?!\w)")
ABOUT_DATA = late(r"персональн|обработк|(?<!\w)пдн?(?!\w)|публикаци|распространени")
AGREED = late(r"^\W*(?:согласовани|экспертиз)")


def kinds_for(result: str, activity: str = "") -> tuple[str, ...]:
    """Return the catalogue ids a result cell calls for, in the catalogue's order.

    The activity answers where the result is a bare «Приказ» or names no paper at all; an empty result calls for nothing.
    """
    told, doing = _folded(result), _folded(activity)
    return _kinds(told, "" if STATE.match(doing) else doing) if told.strip(" -;.") else ()


@lru_cache(maxsize=4096)
def _kinds(told: str, doing: str) -> tuple[str, ...]:
    if LOCAL_ACTS.match(told):
        return _narrowed(set(record.having("local_act")))
    pieces = [piece.strip() for piece in re.split(r"[,;+/]| и ", told) if piece.strip()]
    if len(pieces) > 1 and all(NAMELESS.match(piece) or ORDER.fullmatch(piece) for piece in pieces):
        return _narrowed({kind for piece in pieces for kind in _kinds(piece, doing)})
    nameless = NAMELESS.match(told)
    text = f"{told} {doing}" if nameless and doing else told
    whole = _without_states(told)
    found = _orders(told, doing) | (_named(text, nameless[1]) if nameless else _papers(whole))
    found |= _orders_made(whole, by=RESULT_SAYS)
    found |= {kind for piece in pieces if len(pieces) > 1 for kind in _beside(piece, doing, found)}
    if not found and whole:
        found = _orders_made(doing) | (_papers(doing) - {*record.having("by_result")})
    found |= {kind for kind, done, given in ADDED if done.search(doing) and given.search(told)}
    if AGREED.match(doing) and any(record.of(kind).order for kind in found):
        found = {kind for kind in found if record.of(kind).order} | set(record.having("expert"))
    return _narrowed(found)


def _without_states(told: str) -> str:
    """Leave out the sentences that tell of a state and of no paper."""
    parts = re.split(r"; ?|(?<=[а-я]{4})\. ", told)
    kept = [part for part in parts if not STATE.search(part) or HELD.search(part)]
    return told if len(kept) == len(parts) else "; ".join(kept)


def _beside(piece: str, doing: str, found: AbstractSet[str]) -> set[str]:
    """Tell what a bare «согласия» among papers with whole names is, unless one of its sort is named already."""
    bare = NAMELESS.match(piece)
    if not bare or bare[1] not in BESIDE or any(bare[1] in record.of(kind).heads for kind in found):
        return set()
    return _named(f"{piece} {doing}", bare[1])


def _orders(told: str, doing: str) -> set[str]:
    """Tell what each order of the text orders; a bare one is told by the activity."""
    found: set[str] = set()
    seen = False
    for order in ORDER.finditer(told):
        seen = True
        tail = told[order.end() : order.end() + LONGEST_OBJECT]
        other = ORDER.search(tail)
        tail = re.split(r";|\. ", tail[: other.start()] if other else tail)[0]
        tail = NEXT_PAPER.split(tail)[0]
        if THEIR.match(tail):
            tail = f"об утверждении {told[: order.start()]}"
        found |= {kind for kind, words in OBJECTS if words.search(tail)}
    return found or (_by_activity(doing or told) if seen else found)


def _by_activity(doing: str) -> set[str]:
    found = next((kind for kind, words in BY_ACTIVITY if words.search(doing)), None)
    return {found} if found else set()


def _orders_made(doing: str, by: re.Pattern[str] | None = None) -> set[str]:
    """Read the activity alone: it calls for an order when it issues one, appoints or fixes.

    A result that is nothing but such an action (`by`) calls for one as well: «Назначение кураторов».
    """
    if by is None and ORDER.search(doing):
        return _orders(doing, doing)
    if (by and not by.match(doing)) or GOES_ON.match(doing):
        return set()
    return _by_activity(doing) & {*record.having("by_action")}


def _papers(told: str) -> set[str]:
    found: set[str] = set()
    for rule in (*RULES, *record.called()):
        if rule.kind not in found and any(stem in told for stem in rule.stems):
            hit = rule.words.search(told)
            while hit and rule.unless and rule.unless.search(told, 0, hit.start()):
                hit = rule.words.search(told, hit.end())
            if hit:
                found.add(rule.kind)
    if re.search(
        r"(?:формирован|сформирован)\w{0,40}[^;.]{0,25}наставническ\w{1,40} (?:пар|групп)", told
    ) and not re.search(r"для формирован|баз|реестр|анализ", told):
        found.add(ORDER_OF_PAIRS)
    return found


def _named(text: str, head: str) -> set[str]:
    """Tell a paper that the result calls by its bare name, «Справка» or «Протокол», by the words of the activity."""
    if head == "протокол" and re.search(r"педсовет|педагогическ\w{1,40} совет", text):
        return {*record.having("adopts")}
    if head == "согласи" and JOINED.search(text) and not ABOUT_DATA.search(text):
        return {*record.having("given", "consent_duty")}
    if head == "справк" and re.search(r"муниципальн\w{1,40} мониторинг", text):
        return {*record.having("focus", "municipal")}
    found = {kind for kind in _papers(text) if head in record.of(kind).heads}
    if head in LISTS:
        return found
    bare = {*record.having("bare", head)}
    return (found - bare) or bare


def _folded(text: str) -> str:
    folded = re.sub(r"[«»\"“”„()]", " ", text.lower().replace("ё", "е"))
    folded = re.sub(r"(?<!\s)[^\S\n]*+\n(?:\s++|(?=[^а-я]))", "; ", re.sub(r"[‐‑‒–—]", "-", folded.strip()))
    return re.sub(r"\s+", " ", folded).strip()


def _narrowed(found: set[str]) -> tuple[str, ...]:
    """Drop kinds that another one already names: «Приказ о разработке дорожной карты» is one paper."""
    dropped = {other for kind in found for other in record.of(kind).within}
    own = dict.fromkeys((*KINDS, *(each.kind for each in record.called())))
    return tuple(kind for kind in own if kind in found and kind not in dropped)
