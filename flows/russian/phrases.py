"""Posts, organisations and titles of papers in the six cases: the head declines, the rest is copied.

«старший воспитатель МБДОУ № 45» gives «старшего воспитателя МБДОУ № 45». What cannot be known is a Doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.russian import apposed, heads, morph, tails, written
from flows.russian.doubt import Doubt
from flows.russian.letters import fold, require_text
from flows.russian.whose import told
from flows.russian.word import nominative

if TYPE_CHECKING:
    from flows.russian.heads import Head

CASES = ("nom", "gen", "dat", "acc", "ins", "pre")
LONGEST = {"position": 250, "organisation": 450, "document": 450}
_SIGNS = " -‐‑–—.,;:()«»\"„“”'’№/&+*!?_°%#"
_EMPTY = re.compile(
    r"(?:ваканси[яи]|вакант\w{0,40}|нет|отсутству\w{1,40}|не (?:назначен\w{0,40}|указан\w{0,40}|определен\w{0,40})|уточняется|декрет\w{0,40}|тест|должность|организация|имя|фио)\.?"
)
_ACTING = re.compile(r"(?:и ?\. ?о ?\.|и\.?\s?о\.? |в\.?р\.? ?и\.? ?о\b|врид\b)", re.IGNORECASE)
_CLIPPED = re.compile(
    r"(?:зам|зав|пом|нач|рук|пред|секр|дир)\.|(?:зам|зав|пом)(?:директор|заведующ|начальник|руководител|глав|отдел|кафедр)",
    re.IGNORECASE,
)
_JOINTS = re.compile(r",?\s(?:и\s)?|\s?[,/]\s?")
_LONE = re.compile(r"\S+|\S+\s\S\.")
_INDECLINABLE = frozenset({"районо", "роно", "гороно", "облоно"})
_ABOUT = re.compile(r"об?о?\s", re.IGNORECASE)
_QUOTE = re.compile(r"[«\"„“']")
_MIXED = re.compile(
    r"(?<![A-Za-zА-Яа-яЁё])(?=[A-Za-z]*[А-Яа-яЁё])[А-Яа-яЁё]*(?P<latin>[A-Za-z])[A-Za-zА-Яа-яЁё]*"
)
_SHORT_WORD = 5  # МОУ, СОШ, ФГБОУ: capitals among small letters
_NOT_NOMINATIVE = "не видно главного слова в именительном падеже: впишите, как в штатном расписании или уставе, или дайте нужный падеж"


def decline(text: str, case: str, kind: str, gender: str | None = None, *, beside: bool = True) -> str:
    """Put the phrase into `case` (nom gen dat acc ins pre); the nominative comes back byte for byte.

    `kind` is position, organisation or document; a position is always somebody, so its accusative is the genitive.
    `gender` is the bearer's («м», «ж»): a post stays as it is typed, but a woman's word for a man is a Doubt.
    Without `beside` words that stand beside the head without a comma are copied, as papers registered before have them.
    """
    if case not in CASES or kind not in LONGEST:
        raise ValueError(case, kind)
    clean = _checked(text, kind)
    spelt = written.plain(clean, kind) if beside else clean
    head = None if _is_copied(spelt, kind) else _head(spelt, kind)
    if head is not None and _is_feminine(head) and kind == "position" and told(gender, text) == "m":
        raise Doubt(text, "женская должность записана за мужчиной: проверьте пол или должность")
    if case == "nom":
        return text
    try:
        made = _declined(head, spelt, case, kind, beside=beside)
    except Doubt as doubt:
        raise Doubt(text, doubt.reason) from None
    made = written.restored(clean, made) if beside else made
    return made if re.search("[ёЁ]", clean) else made.replace("ё", "е").replace("Ё", "Е")


def _declined(head: Head | None, spelt: str, case: str, kind: str, *, beside: bool) -> str:
    if not beside:
        return tails.decline(head, case, kind, beside=False) if head else spelt
    written.check(spelt)
    if head is not None:
        return tails.decline(head, case, kind)
    if kind == "position":
        return _copied(spelt, case)
    return _after_dash(spelt, case) if kind == "organisation" else spelt


def _after_dash(clean: str, case: str) -> str:
    """Copy an abbreviation, but for the kind after a dash: «МАДОУ – детский сад № 7» gives «МАДОУ – детского сада № 7»."""
    for dash in re.finditer(r"\s[-–—]\s", clean):
        rest = clean[dash.end() :]
        second = heads.find(rest, animate=False) if apposed.is_open(clean[: dash.start()]) else None
        if second and rest[0].islower() and apposed.is_kind(second):
            return clean[: dash.end()] + tails.decline(second, case, "organisation")
    return clean


def _checked(text: str, kind: str) -> str:
    clean = require_text(text, LONGEST[kind])
    mixed = _MIXED.search(clean)
    if mixed:
        raise Doubt(
            text,
            f"среди русских букв стоит латинская «{mixed['latin']}»: наберите это слово заново по-русски",
        )
    if _EMPTY.fullmatch(fold(clean)) and not (kind == "document" and fold(clean) == "тест"):
        raise Doubt(text, "в ячейке пометка, а не название: оставьте её пустой или впишите название")
    strange = next((char for char in clean if not char.isalnum() and char not in _SIGNS), None)
    if strange:
        raise Doubt(
            text, f"в тексте лишний знак «{strange}»" if strange.isprintable() else "в тексте невидимый знак"
        )
    return clean


def _is_copied(clean: str, kind: str) -> bool:
    """Recognise what never declines: a quoted name, an abbreviation, «и. о. …», «Об утверждении …»."""
    first, _, _ = clean.partition(" ")
    if kind == "organisation" and first == "ИП":
        raise Doubt(clean, "предприниматель: впишите нужный падеж вместе с фамилией")
    if kind == "position" and (_ACTING.match(clean) or _CLIPPED.match(clean)):
        return True
    about = kind == "document" and _ABOUT.match(clean)
    return (
        bool(about or _QUOTE.match(clean))
        or fold(first) in _INDECLINABLE
        or (_is_abbreviation(first, clean) and not (kind == "position" and _begins_a_post(clean)))
    )


def _begins_a_post(clean: str) -> bool:
    """Say whether a post follows an abbreviation at once: IT специалист, but not ЗДУВР."""
    head = heads.find(clean, animate=True)
    return head is not None and len(head.items) > 1 and not any(head.items[0].options)


def _copied(clean: str, case: str) -> str:
    """Copy what never declines, but for a second post after it: «зам. директора, учитель истории»."""
    for joint in _JOINTS.finditer(clean):
        before, rest = clean[: joint.start()], clean[joint.end() :]
        if joint[0].isspace() and _LONE.fullmatch(before):
            continue  # и.о. директор
        second = heads.find(rest, animate=True) if apposed.is_open(before) else None
        if (
            second
            and second.is_noun
            and apposed.is_person(rest)
            and apposed.is_nominative(second.items[0].halves[-1])
        ):
            return clean[: joint.end()] + tails.decline(second, case, "position")
    return clean


def _is_abbreviation(word: str, clean: str) -> bool:
    letters = "".join(char for char in word if char.isalpha())
    if not letters[1:].isupper():
        return False
    parts = {str(found.tag.POS) for found in morph.known(letters.lower())}
    return not parts & {"NOUN", "ADJF", "PRTF"} or (
        len(letters) <= _SHORT_WORD and not clean.isupper() and "-" not in word
    )


def _head(clean: str, kind: str) -> Head:
    head = heads.find(clean, animate=kind == "position")
    if head is None or (not head.is_noun and kind != "position"):
        raise Doubt(clean, _NOT_NOMINATIVE)
    if kind == "position" and not head.ruling.known and re.search(r"\s[А-ЯЁ][а-яё.]", clean):
        raise Doubt(clean, "похоже на фамилию и имя: впишите должность")
    if not head.is_noun and _is_far_from_its_noun(head):
        raise Doubt(clean, _NOT_NOMINATIVE)
    return head


def _is_far_from_its_noun(head: Head) -> bool:
    """Notice a person after the words between: назначенный куратором педагог."""
    words = re.split(r",|\sи\s", head.tail)[0].split()
    return any(
        found.kind == "noun" and found.animate and found.known and found.agrees(head.ruling)
        for written in words
        for found in nominative(written)
    )


def _is_feminine(head: Head) -> bool:
    return head.ruling.gender == "femn" and not head.is_noun
