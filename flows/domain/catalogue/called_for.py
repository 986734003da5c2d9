"""Which papers a row calls for: orders by what they order, other papers by their names (the catalogue of kinds)."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.domain.catalogue.calling_words import ADDED, BY_ACTIVITY, KINDS, OBJECTS, ORDER, RULES

__all__ = ["kinds_for"]

LONGEST_OBJECT = 220
LOCAL_ACTS = re.compile(
    r"^(?:(?:пакет|разработанн\w{1,40}|утвержденн\w{1,40}) )*(?:локальн|нормативн)\w{1,40} (?:нормативн\w{1,40} |правов\w{1,40} )*(?:акт|документ)\w{0,40}(?: (?:доу|оо|школы|организации))?\W*$"
)
OF_LOCAL_ACTS = ("regulation", "consent.duty", "consent.pd")
NAMELESS = re.compile(
    r"^\W*(?:проект |наличие |разработанн\w{1,40} |утвержденн\w{1,40} |аналитическ\w{1,40} |информационн\w{1,40} |итогов\w{1,40} )*(справк|отчет|протокол|положени|программ|план|список|списк|перечен|баз|банк|анкет(?!ир)|согласи|график|заявк)\w{0,40}(?: данных| работы)?\W*$"
)
AGREED = re.compile(r"^\W*(?:согласовани|экспертиз)")
WITHIN = {
    "order.develop": ("roadmap",),
    "order.pairs_change": ("order.pairs",),
    "methodology": ("program.org", "note.monitoring"),
    "registry.programs": ("program.org", "program.personal"),
    "protocol.council": ("protocol.other",),
    "note.municipal": ("note.monitoring", "report.final"),
    "note.unmatched": ("note.monitoring",),
    "program.promotion": ("program.org",),
    "program.seminar": ("program.org",),
    "program.personal": ("program.org",),
    "article": ("site.page",),
    "data.submission": ("registry.mentors", "registry.mentees"),
}


def kinds_for(result: str, activity: str = "") -> tuple[str, ...]:
    """Return the catalogue ids a result cell calls for, in the catalogue's order.

    The activity answers where the result is a bare «Приказ» or names no paper at all; an empty result calls for nothing.
    """
    told = _folded(result)
    return _kinds(told, _folded(activity)) if told.strip(" -;.") else ()


@lru_cache(maxsize=4096)
def _kinds(told: str, doing: str) -> tuple[str, ...]:
    if LOCAL_ACTS.match(told):
        return OF_LOCAL_ACTS
    pieces = [piece.strip() for piece in re.split(r"[,;+/]| и ", told) if piece.strip()]
    if len(pieces) > 1 and all(NAMELESS.match(piece) or ORDER.fullmatch(piece) for piece in pieces):
        return _narrowed({kind for piece in pieces for kind in _kinds(piece, doing)})
    nameless = NAMELESS.match(told)
    text = f"{told} {doing}" if nameless and doing else told
    found = _orders(told, doing) | (_named(text, nameless[1]) if nameless else _papers(told))
    found = found or _orders_made(doing) | (_papers(doing) - {"plan.meetings"})
    found |= {kind for kind, done, given in ADDED if done.search(doing) and given.search(told)}
    if AGREED.match(doing) and any(kind.startswith("order.") for kind in found):
        found = {kind for kind in found if kind.startswith("order.")} | {"cover.letter", "protocol.other"}
    return _narrowed(found)


def _orders(told: str, doing: str) -> set[str]:
    """Tell what each order of the text orders; a bare one is told by the activity."""
    found: set[str] = set()
    seen = False
    for order in ORDER.finditer(told):
        seen = True
        tail = told[order.end() : order.end() + LONGEST_OBJECT]
        other = ORDER.search(tail)
        tail = re.split(r";|\. ", tail[: other.start()] if other else tail)[0]
        found |= {kind for kind, words in OBJECTS if words.search(tail)}
    return found or (_by_activity(doing or told) if seen else found)


def _by_activity(doing: str) -> set[str]:
    found = next((kind for kind, words in BY_ACTIVITY if words.search(doing)), None)
    return {found} if found else set()


def _orders_made(doing: str) -> set[str]:
    """Read the activity alone: it calls for an order when it issues one, appoints or fixes."""
    if ORDER.search(doing):
        return _orders(doing, doing)
    return _by_activity(doing) & {"order.curator", "order.pairs"}


def _papers(told: str) -> set[str]:
    found: set[str] = set()
    for rule in RULES:
        if rule.kind not in found and any(stem in told for stem in rule.stems):
            hit = rule.words.search(told)
            while hit and rule.unless and rule.unless.search(told, 0, hit.start()):
                hit = rule.words.search(told, hit.end())
            if hit:
                found.add(rule.kind)
    if re.search(
        r"(?:формирован|сформирован)\w{0,40}[^;.]{0,25}наставническ\w{1,40} (?:пар|групп)", told
    ) and not re.search(r"для формирован|баз|реестр|анализ", told):
        found.add("order.pairs")
    return found


def _named(text: str, head: str) -> set[str]:
    """Tell a paper that the result calls by its bare name, «Справка» or «Протокол», by the words of the activity."""
    bare = {
        "справк": {"note.monitoring"}, "протокол": {"protocol.other"}, "положени": {"regulation"}, "программ": {"program.org"},
        "план": {"roadmap"}, "отчет": {"report.final"}, "анкет": {"questionnaire.needs"}, "график": {"plan.meetings"},
        "заявк": {"application"}, "согласи": {"consent.pd"},
    }  # fmt: skip
    family = {
        "справк": ("note.",), "протокол": ("protocol.",), "положени": ("regulation",), "программ": ("program.",), "план": ("plan.", "roadmap", "program.personal"),
        "отчет": ("report.", "note.monitoring"), "анкет": ("questionnaire.",), "график": ("plan.",), "согласи": ("consent.",), "заявк": ("application",),
    }.get(head, ("registry.", "case"))  # fmt: skip
    if head == "протокол" and re.search(r"педсовет|педагогическ\w{1,40} совет", text):
        return {"protocol.council"}
    if head == "справк" and re.search(r"муниципальн\w{1,40} мониторинг", text):
        return {"note.municipal"}
    found = {kind for kind in _papers(text) if kind.startswith(family)}
    if head in {"баз", "банк", "список", "списк", "перечен"}:
        return found
    wanted = found - bare.get(head, set())
    return wanted or bare.get(head, set())


def _folded(text: str) -> str:
    folded = re.sub(r"[«»\"“”„()]", " ", text.lower().replace("ё", "е"))
    folded = re.sub(r"(?<!\s)[^\S\n]*+\n(?:\s++|(?=[^а-я]))", "; ", re.sub(r"[‐‑‒–—]", "-", folded.strip()))
    return re.sub(r"\s+", " ", folded).strip()


def _narrowed(found: set[str]) -> tuple[str, ...]:
    """Drop kinds that another one already names: «Приказ о разработке дорожной карты» is one paper."""
    dropped = {other for kind in found for other in WITHIN.get(kind, ())}
    return tuple(kind for kind in KINDS if kind in found and kind not in dropped)
