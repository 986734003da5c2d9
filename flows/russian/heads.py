"""The head of a noun phrase: the adjectives at its start and the noun, or substantivised adjective, they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from flows.russian import morph
from flows.russian.corrections import FIXED_HALVES
from flows.russian.doubt import Doubt
from flows.russian.letters import fold
from flows.russian.word import Reading, form, halves, is_fixed_half, like_of_a_place, nominative

_WORD = re.compile(r"\([^\s()«»\"]+\)|[^\s,;:()«»\"„“/]+")
_CLIPPED = re.compile(
    r"(?:ст|мл|гл|вед|муз|соц|пед|мед|адм|орг|науч|техн|кух|хоз|подсоб|дошк)\.",
    re.IGNORECASE,
)
_LETTERS = 6  # letters of the longest abbreviation after an adjective
_NOUNS = ("школа", "центр", "учреждение")  # a noun of each gender
_UNKNOWN = "слова «{}» нет в словаре: впишите нужный падеж"


@dataclass(frozen=True, slots=True)
class Item:
    """A word of a head: its halves and how each declines (no readings: it is copied)."""

    halves: tuple[str, ...]
    options: tuple[tuple[Reading, ...], ...]
    bracketed: bool = False

    @property
    def reading(self) -> Reading | None:
        """The reading that rules agreement: of the first half that declines."""
        return next((found[0] for found in self.options if found), None)

    def form(self, case: str, *, animate: bool) -> str:
        """Put the word into `case`; Doubt when it is unknown and its guesses differ."""
        pairs = zip(self.halves, self.options, strict=True)
        word = "-".join(_half(half, options, case, animate=animate) for half, options in pairs)
        return f"({word})" if self.bracketed else word


@dataclass(frozen=True, slots=True)
class Head:
    """A head at the start of a text: its words, what stands between them, the ruling reading and the rest of the text."""

    items: tuple[Item, ...]
    gaps: tuple[str, ...]
    ruling: Reading
    tail: str

    @property
    def is_noun(self) -> bool:
        """False for «заведующий», «наставляемый»: an adjective that names a person."""
        return self.ruling.kind == "noun"

    def form(self, case: str, *, animate: bool) -> str:
        """Put the head into `case`, without its tail."""
        return self.join([item.form(case, animate=animate) for item in self.items])

    def join(self, words: list[str]) -> str:
        """Put words in the place of the head's own, with its spaces."""
        return "".join(word + gap for word, gap in zip(words, (*self.gaps, ""), strict=True))


@lru_cache(maxsize=8192)
def find(text: str, *, animate: bool) -> Head | None:
    """Find the head at the very start of the text; None when no nominative head stands there.

    `animate` prefers a person over a thing where the dictionary holds both («калькулятор»), otherwise the thing is preferred.
    """
    words = list(_WORD.finditer(text))
    run = _run(text, words)
    found = None if animate else _before_letters([word[0] for word in run], capitals=text.isupper())
    items = found or _solve([word[0] for word in run], None, animate=animate)
    ruling = items[-1].reading if items else None
    if not items or ruling is None:
        return None
    ends = [word.end() for word in run[: len(items)]]
    gaps = tuple(text[end : word.start()] for end, word in zip(ends, run[1 : len(items)], strict=False))
    if found:
        items = [*items[:-1], Item((run[len(items) - 1][0],), ((),))]
    return Head(tuple(items), gaps, ruling, text[ends[-1] :])


def _before_letters(words: list[str], *, capitals: bool) -> list[Item] | None:
    """Read adjectives before an abbreviation as before a noun of their gender: Луговская СОШ, районное МО."""
    at = next((at for at, word in enumerate(words) if at and _is_letters(word, capitals=capitals)), 0)
    for noun in _NOUNS if at else ():
        items = _solve([*words[:at], noun], None, animate=False)
        if (
            items
            and len(items) == at + 1
            and all(item.reading and item.reading.kind == "adjective" for item in items[:-1])
        ):
            return items
    return None


def _is_letters(word: str, *, capitals: bool) -> bool:
    """Say whether a word is an abbreviation: СОШ, ПМПК."""
    return 1 < len(word) <= _LETTERS and word.isupper() and not (capitals and morph.known(word.lower()))


def _run(text: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Take the words from the start up to the first punctuation."""
    if not words or words[0].start():
        return []
    run = 1
    while run < len(words) and text[words[run - 1].end() : words[run].start()].isspace():
        run += 1
    return words[:run]


def _solve(words: list[str], agreed: Reading | None, *, animate: bool) -> list[Item] | None:
    """Find the longest run of adjectives that agree with each other and with what they lead to."""
    if not words:
        return None
    word, rest = words[0], words[1:]
    bracketed = word.startswith("(")
    bare = word[1:-1] if bracketed else word
    for found in _agreed(_adjectives(bare, leading=True), agreed):
        more = _solve(rest, found, animate=animate)
        if more:
            return [replace(_adjective(bare, found), bracketed=bracketed), *more]
    if bracketed or (fold(word) in FIXED_HALVES and rest and animate):
        more = _solve(rest, agreed, animate=animate)
        return [Item((word,), ((),)), *more] if more and not bracketed else None
    adjectives = _agreed(_adjectives(bare, leading=False), agreed)
    noun = _noun(word, agreed, animate=animate)
    if noun:
        return [noun]
    if adjectives:
        return [_adjective(word, adjectives[0])]
    more = _solve(rest, agreed, animate=animate) if _is_copied(word, animate=animate) else None
    return [Item((word,), ((),)), *more] if more else None


def _agreed(adjectives: list[Reading], agreed: Reading | None) -> list[Reading]:
    return [found for found in adjectives if agreed is None or found.agrees(agreed)]


def _is_copied(word: str, *, animate: bool) -> bool:
    """Say whether a word before a head is copied: ст., временно, and in a post шеф, IT."""
    capitals = len(word) > 1 and word.isupper()
    post = animate and (fold(word) in FIXED_HALVES or (capitals and not morph.known(word.lower())))
    return bool(_CLIPPED.fullmatch(word) or post or _is_adverb(word))


def _adjectives(word: str, *, leading: bool) -> list[Reading]:
    """Give the adjective readings; a guess is trusted when the ending leaves no other, or before a noun that agrees.

    внутришкольный, техслужащая; стажировочная (площадка).
    """
    found = nominative(halves(word)[-1])
    guess = found and not found[0].known and found[0].kind == "adjective"
    sure = guess and (leading or all(reading.kind == "adjective" for reading in found))
    made = [reading for reading in found if reading.kind == "adjective" and (reading.known or sure)]
    return [*made, *like_of_a_place(halves(word)[-1])] if leading and not made else made


def _adjective(word: str, reading: Reading) -> Item:
    parts = halves(word)
    firsts = tuple(
        tuple(found for found in nominative(half) if _is_twin(found, reading)) for half in parts[:-1]
    )
    return Item(tuple(parts), (*firsts, (reading,)))


def _is_twin(found: Reading, reading: Reading) -> bool:
    return found.kind == "adjective" and found.known and found.agrees(reading)


def _noun(word: str, agreed: Reading | None, *, animate: bool) -> Item | None:
    parts = halves(word)
    options = [
        ()
        if half != parts[-1] and is_fixed_half(half, parts[-1])
        else _nouns(half, animate=animate, alone=len(parts) == 1)
        for half in parts
    ]
    if not options[-1]:
        return None
    if agreed is not None:
        options = _agreeing(options, agreed)
    return Item(tuple(parts), tuple(options)) if any(options) else None


def _nouns(half: str, *, animate: bool, alone: bool) -> tuple[Reading, ...]:
    """Give the noun readings; in a compound post an adjective may stand for a person too (заведующий-методист)."""
    found = nominative(half)
    nouns = [reading for reading in found if reading.kind == "noun"]
    if not nouns and animate and not alone:
        nouns = [reading for reading in found if reading.known]
    return tuple(sorted(nouns, key=lambda reading: reading.animate is not animate))


def _agreeing(options: list[tuple[Reading, ...]], agreed: Reading) -> list[tuple[Reading, ...]]:
    """Keep what agrees with the adjectives in the ruling half; the other halves stay as they are."""
    for at, found in enumerate(options):
        fit = tuple(reading for reading in found if reading.agrees(agreed))
        if fit:
            return [*options[:at], fit, *options[at + 1 :]]
    return [() for _ in options]


def _is_adverb(word: str) -> bool:
    return any("ADVB" in found.tag for found in morph.known(word.lower()))


def _half(half: str, options: tuple[Reading, ...], case: str, *, animate: bool) -> str:
    if not options:
        return half
    same = options[:1] if options[0].known else [reading for reading in options if reading.agrees(options[0])]
    forms = {form(half, reading, case, animate=animate) for reading in same} - {None}
    made = forms.pop() if len(forms) == 1 else None
    if made is None:
        raise Doubt(half, _UNKNOWN.format(half))
    return made
