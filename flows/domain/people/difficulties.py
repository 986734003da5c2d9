"""What a mentee finds hard, as «Дефициты» holds it: a sphere, how it was marked before the programme and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.marks import out_of_ten

if TYPE_CHECKING:
    from flows.domain.model import Person


@dataclass(frozen=True, slots=True)
class Difficulty:
    """One line «сфера – до – после», its parts as typed; a part that nobody gave is empty."""

    sphere: str
    before: str = ""
    after: str = ""

    @property
    def first(self) -> float | None:
        """Return the mark at the start of the programme on the scale of ten, `None` where there is none."""
        return out_of_ten(self.before)

    @property
    def last(self) -> float | None:
        """Return the mark at the end of the programme on the scale of ten, `None` where there is none."""
        return out_of_ten(self.after)


def difficulty(line: str) -> Difficulty:
    """Read one line of «Дефициты»; never raises. A dash between spaces parts it; only where there is none, any dash does."""
    told = re.sub(r"\s-(?=\s|$)", " –", line.replace("—", "–"))
    apart = re.split(r"\s–(?=\s|$)", told) if re.search(r"\s–(?:\s|$)", told) else told.split("–")
    sphere, before, after = (*(part.strip() for part in apart), "", "")[:3]
    return Difficulty(sphere, before, after)


def difficulties(person: Person) -> tuple[Difficulty, ...]:
    """Read what a person finds hard, in the order typed; lines without a sphere are left out."""
    return tuple(each for line in person.deficits if (each := difficulty(line)).sphere)
