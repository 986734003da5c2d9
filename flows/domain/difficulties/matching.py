"""Which entries of the library speak of what a mentee finds hard or asks for; staff's own wins over ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.difficulties.library import Library, Typical, service_of
from flows.domain.difficulties.wording import clauses, named, sought
from flows.domain.people.difficulties import difficulties
from flows.domain.people.pupils import PUPIL
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.domain.model import Person


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, the difficulty as mentees typed it (or the entry's own name), and codes of those who have it."""

    entry: Typical
    sphere: str
    codes: tuple[str, ...]


def matches(people: Iterable[Person], library: Library, own: Sequence[Typical]) -> tuple[Match, ...]:
    """Return what is known of the difficulties of a pair's mentees, each difficulty once, in the order typed."""
    known: dict[str, Match] = {}
    for person in people:
        for match in _of(person, library, own):
            topic = fold(match.entry.name)
            before = known.get(topic)
            known[topic] = replace(before, codes=(*before.codes, person.code)) if before else match
    return tuple(known.values())


def _of(person: Person, library: Library, own: Sequence[Typical]) -> Iterator[Match]:
    """Yield one match for each difficulty of a person; what was worked through already is not asked for again."""
    post = library.post_of(person)
    fitting = [each for each in (*own, *library.entries) if _fits(each, person, post)]
    spheres = difficulties(person)
    over = {fold(entry.name) for each in spheres if each.after for entry in _spoken_of(each.sphere, fitting)}
    sources = [(each.sphere, each.sphere) for each in spheres if not each.after] + [(person.request, "")]
    seen: set[str] = set()
    for text, sphere in sources:
        for entry in _spoken_of(text, fitting):
            topic = fold(entry.name)
            if topic not in seen | over:
                seen.add(topic)
                yield Match(entry, sphere or entry.name, (person.code,))


def _fits(entry: Typical, person: Person, post: str) -> bool:
    """Tell whether an entry is for such a post and such a length of service."""
    if entry.service not in {None, service_of(person)}:
        return False
    if not entry.posts:
        return post != PUPIL
    if not entry.code:
        return post in entry.posts
    wanted = (sought(entry.posts, forms=True),)
    return named(person.position, wanted) or (post == PUPIL and named(PUPIL, wanted))


def _spoken_of(text: str, entries: Sequence[Typical]) -> Iterator[Typical]:
    """Yield the entries that a text speaks of, of each name the one meant most nearly.

    Where staff's own row speaks of a part of the text, or bears the name of an entry that does, ours is left out there.
    """
    best: dict[str, Typical] = {}
    for part in clauses(text):
        spoken = [each for each in entries if each.words.search(part)]
        names = {fold(each.name) for each in spoken}
        own = [each for each in entries if each.code and (each in spoken or fold(each.name) in names)]
        for each in own or spoken:
            name = fold(each.name)
            if name not in best or _nearness(each) > _nearness(best[name]):
                best[name] = each
    yield from best.values()


def _nearness(entry: Typical) -> tuple[bool, bool, bool]:
    return bool(entry.code), bool(entry.posts), entry.service is not None
