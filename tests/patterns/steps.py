"""How many steps a backtracking matcher takes: a plain one over Python's own parse of a pattern, so that no clock is asked.

It tries what `re` tries, in the same order, without `re`'s short cuts; a pattern that is linear here is linear there.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from re import _constants as sre
from re import _parser as parser

CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
STEADY = "\0"


class TooManyError(Exception):
    """The limit of steps is reached."""


@cache
def parsed(source, flags):
    """Parse a pattern; its flags come back with those written inside it."""
    tree = parser.parse(source, flags & ~re.UNICODE)
    return tree, tree.state.flags | re.UNICODE


@cache
def in_class(items, sign, flags):
    """Tell whether a sign is in a class, by asking `re` for each of its pieces."""
    tried = {sign, sign.lower(), sign.upper()} if flags & re.IGNORECASE else {sign}
    negated = items[0][0] is sre.NEGATE
    return any(_hit(item, each) for item in items for each in tried if len(each) == 1) != negated


def _hit(item, sign):
    kind, value = item
    if kind is sre.LITERAL:
        return ord(sign) == value
    if kind is sre.RANGE:
        return value[0] <= ord(sign) <= value[1]
    return kind is sre.CATEGORY and re.match(CATEGORIES[value], sign) is not None


class Matcher:
    """One pattern on one text, counting."""

    def __init__(self, source, flags, text, most=10**9):
        self.tree, self.flags = parsed(source, flags)
        self.text, self.most, self.steps, self.groups = text, most, 0, {}

    def ends(self):
        """Yield where matches from the first sign may end, the preferred first."""
        return self._seq(self.tree, 0, 0)

    def fullmatch(self):
        """Try every way from the first sign, until one takes the whole text."""
        any(end == len(self.text) for end in self.ends())
        return self.steps

    def match(self):
        """Take the first way from the first sign."""
        next(self.ends(), None)
        return self.steps

    def search(self):
        """Find all matches one after another, as `sub` and `split` do, restarts counted."""
        at = 0
        while at <= len(self.text):
            end = next(self._seq(self.tree, 0, at), None)
            at = at + 1 if end is None or end == at else end
        return self.steps

    def _count(self):
        self.steps += 1
        if self.steps > self.most:
            raise TooManyError

    def _seq(self, nodes, at, pos):
        """Yield the places where nodes from `at` on may end, the preferred first."""
        if at == len(nodes):
            yield pos
            return
        for end in self._one(nodes[at], pos):
            yield from self._seq(nodes, at + 1, end)

    def _one(self, node, pos):  # noqa: PLR0912 - one branch for each kind of node
        self._count()
        kind, value = node
        if kind in REPEATS:
            yield from self._repeat(kind, *value, pos)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from self._seq(branch, 0, pos)
        elif kind is sre.SUBPATTERN:
            for end in self._seq(value[3], 0, pos):
                self.groups[value[0]] = self.text[pos:end]
                yield end
        elif kind is sre.ATOMIC_GROUP:
            yield from islice(self._seq(value, 0, pos), 1)
        elif kind in {sre.ASSERT, sre.ASSERT_NOT}:
            if self._looks(*value, pos) == (kind is sre.ASSERT):
                yield pos
        elif kind is sre.AT:
            if self._at(value, pos):
                yield pos
        elif kind is sre.GROUPREF:
            said = self.groups.get(value, "")
            if self.text.startswith(said, pos):
                yield pos + len(said)
        elif pos < len(self.text) and self._sign(kind, value, self.text[pos]):
            yield pos + 1

    def _sign(self, kind, value, sign):
        if kind is sre.ANY:
            return bool(self.flags & re.DOTALL) or sign != "\n"
        if kind is sre.IN:
            return in_class(tuple(value), sign, self.flags)
        hit = in_class(((sre.LITERAL, value),), sign, self.flags)
        return hit if kind is sre.LITERAL else not hit

    def _repeat(self, kind, least, most, body, pos):
        if kind is sre.POSSESSIVE_REPEAT:
            yield from islice(self._greedy(least, most, body, pos), 1)
        elif kind is sre.MAX_REPEAT:
            yield from self._greedy(least, most, body, pos)
        else:
            yield from self._lazy(least, most, body, pos)

    def _greedy(self, least, most, body, pos):
        """Walk with a stack of its own: a repeat may run over the whole text."""
        stack = [(pos, self._seq(body, 0, pos) if most else iter(()))]
        while stack:
            end = next(stack[-1][1], None)
            if end is not None and (end > stack[-1][0] or len(stack) <= least):
                self._count()
                more = self._seq(body, 0, end) if len(stack) < most else iter(())
                stack.append((end, more))
            elif end is None:
                here, _ = stack.pop()
                if len(stack) >= least:
                    yield here

    def _lazy(self, least, most, body, pos, done=0):
        if done >= least:
            yield pos
        if done < most:
            for end in self._seq(body, 0, pos):
                self._count()
                if end > pos:
                    yield from self._lazy(least, most, body, end, done + 1)

    def _looks(self, direction, body, pos):
        if direction > 0:
            return next(self._seq(body, 0, pos), None) is not None
        low, high = body.getwidth()
        return any(
            pos - width >= 0 and pos in self._seq(body, 0, pos - width) for width in range(low, high + 1)
        )

    def _at(self, value, pos):
        text, last = self.text, len(self.text)
        if value is sre.AT_BEGINNING and self.flags & re.MULTILINE:
            return pos == 0 or text[pos - 1] == "\n"
        if value in {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}:
            return pos == 0
        if value is sre.AT_END_STRING:
            return pos == last
        if value is sre.AT_END:
            multiline = self.flags & re.MULTILINE and text[pos : pos + 1] == "\n"
            return pos == last or text[pos:] == "\n" or bool(multiline)
        edge = (pos > 0 and _wordy(text[pos - 1])) != (pos < last and _wordy(text[pos]))
        return edge == (value is sre.AT_BOUNDARY)


def _wordy(sign):
    return sign.isalnum() or sign == "_"


COMMON = " \n\ta1.,:;-—()«»\"'_/|№%аА{}<>[]=&"


def sample(nodes, flags, pick=0):
    """Spell a short text that the nodes match; `pick` chooses among alternatives and signs."""
    return "".join(_spelt(node, flags, pick) for node in nodes)


def _spelt(node, flags, pick):
    kind, value = node
    if kind is sre.LITERAL:
        return chr(value)
    if kind in {sre.IN, sre.ANY, sre.NOT_LITERAL}:
        items = tuple(value) if kind is sre.IN else ((sre.NEGATE, None), (sre.LITERAL, value or 10))
        known = [sign for sign in COMMON if in_class(items, sign, flags)]
        known += [
            chr(each[1] if each[0] is sre.LITERAL else each[1][0])
            for each in items
            if each[0] in {sre.LITERAL, sre.RANGE}
        ]
        return known[pick % len(known)] if known else ""
    if kind in REPEATS:
        return sample(value[2], flags, pick) * max(value[0], 1)
    if kind is sre.BRANCH:
        return sample(value[1][pick % len(value[1])], flags, pick)
    if kind is sre.SUBPATTERN:
        return sample(value[3], flags, pick)
    return sample(value, flags, pick) if kind is sre.ATOMIC_GROUP else ""


def endless(nodes):
    """Tell whether anything in a pattern repeats without a bound."""
    return any(_endless(node) for node in nodes)


def _endless(node):
    kind, value = node
    if kind in REPEATS:
        return value[1] is sre.MAXREPEAT or endless(value[2])
    if kind is sre.BRANCH:
        return any(map(endless, value[1]))
    if kind is sre.SUBPATTERN:
        return endless(value[3])
    if kind in {sre.ASSERT, sre.ASSERT_NOT}:
        return endless(value[1])
    return kind is sre.ATOMIC_GROUP and endless(value)


def pumps(source, flags, picks=1):
    """Make hostile texts as (before, pump): what leads to each repeat and its body, alone and together, over and over."""
    tree, flags = parsed(source, flags)
    found = dict.fromkeys(("", sign) for sign in (" ", "\n", "1", "а", "(", ".", '"'))
    for pick in range(picks):
        for lead, body in _repeats(list(tree), flags, pick, ""):
            found |= dict.fromkeys(
                [
                    (lead, body),
                    ("", lead + body),
                    ("", lead),
                    ("", body),
                    (lead, body + " "),
                    ("", lead + body + " "),
                ]
            )
    return [(before, pump) for before, pump in found if pump and len(pump) <= 40][:24]


def _repeats(nodes, flags, pick, lead):
    for node in nodes:
        kind, value = node
        inner = []
        if kind in REPEATS:
            yield lead, sample(value[2], flags, pick)
            inner = [value[2]]
        elif kind is sre.BRANCH:
            inner = value[1]
        elif kind is sre.SUBPATTERN:
            inner = [value[3]]
        elif kind is sre.ATOMIC_GROUP:
            inner = [value]
        for each in inner:
            yield from _repeats(list(each), flags, pick, lead)
        lead += _spelt(node, flags, pick)


def is_linear(source, flags, before, pump, way):
    """Tell whether the steps grow as the text does.

    A short text and one twice as long show most; where they do not, a long text must take no more than `MOST` steps a sign.
    """
    short, double = (
        _steps(source, flags, before + pump * times + STEADY, way, 40) for times in (SHORT, 2 * SHORT)
    )
    if short and double and double <= RATIO * short:
        return True
    text = before + pump * (LONG // len(pump)) + STEADY
    return _steps(source, flags, text, way, MOST) is not None


SHORT, LONG, MOST, RATIO = 24, 1200, 250, 2.5


def _steps(source, flags, text, way, most):
    """Return the steps that a text takes, None when they are more than `most` for each sign."""
    matcher = Matcher(source, flags, text, most=most * len(text) + 4000)
    try:
        return getattr(matcher, way)()
    except (TooManyError, RecursionError):
        return None
