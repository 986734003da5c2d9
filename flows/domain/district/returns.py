"""What an organisation of a district gives back: counts, figures, how the district's rows stand, registers.

Nothing here names a person whose consent does not let the name out: such a mentor is a code and what they help with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flows.domain.district.reach import Reach
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.periods import Period

# How a row of the district stands in an organisation, besides `statuses.DONE`.
NOT_BEGUN: Final = "не начато"
IN_WORK: Final = "в работе"
NOT_FOR_US: Final = "не для нас"
OVERDUE: Final = "просрочено"
IN_QUESTION: Final = "уточняется"
ROW_REMOVED: Final = "строку удалили"
NO_STATE: Final = "нет данных"


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row that the district handed out stands in an organisation."""

    row: str  # code of the district's row, М-005
    state: str  # a word of the tab `Исполнение`
    done: date | None = None
    papers: tuple[str, ...] = ()  # title with number and day, or «черновик»
    word: str = ""  # why it is not for them, or what shows that it is done
    own: str = ""  # code of the organisation's row
    submits: bool = False  # it calls for data that the district's note waits for


@dataclass(frozen=True, slots=True)
class MentorEntry:
    """A mentor for the district's base."""

    code: str  # Н-003 of the organisation
    strengths: str  # «Чем готов помочь», empty where the consent keeps it in
    name: str = ""  # only where a consent lets it out
    position: str = ""  # the same
    category: str = ""  # the same
    pairs: int = 0  # that work now
    why: str = ""  # why there is no name


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A pair's programme."""

    pair: str  # П-001
    form: str
    title: str
    number: str = ""
    day: date | None = None
    status: str = ""  # of the pair
    proven: str = ""  # what shows a good result, empty when nothing does


@dataclass(frozen=True, slots=True)
class Return:
    """All that one organisation gives back on a day."""

    member: str  # its slug
    day: date
    scheme: int  # schema of its book
    name: str  # short name by its own card
    mentors: int
    mentees: int
    pairs: int  # that work
    overdue: int  # rows of its roadmap
    stops: int  # findings of its `Проверка` that stop
    unsigned: int  # papers waiting for a signature
    period: Period
    figures: tuple[Figure, ...] = ()  # as `letting_out` lets them out
    ways: Mapping[str, str] | None = None  # how it counts each indicator, in words
    rows: tuple[RowState, ...] = ()
    base: tuple[MentorEntry, ...] = ()
    programmes: tuple[ProgrammeEntry, ...] = ()
    curator: str = ""
    curator_position: str = ""
    curator_order: str = ""  # «№ 12-од от 01.09.2026»


@dataclass(frozen=True, slots=True)
class Unreached:
    """An organisation whose book could not be read: why, and how to mend it, in a sentence that names nobody."""

    member: str
    reach: Reach  # the word of the column «⚙ Доступ»
    sentence: str
