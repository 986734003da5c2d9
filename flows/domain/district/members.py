"""The organisations of a district as its book lists them: one row of `Организации` each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Origin


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the district; `slug` is its name in keys and on the command line, unique in the book."""

    code: str  # О-001, of its row
    slug: str  # «Код ОО»
    name: str  # «Краткое наименование»
    origin: Origin
    sort: str = ""  # «Тип»: ДОУ, школа, доп. образование, коррекционная
    curator: str = ""  # as the district typed it
    email: str = ""
    link: str = ""  # to its book or folder, empty where it lives in this home
    taking_part: bool = True  # «Участвует»
    left: date | None = None  # «Вышла из района»: the first day on which it is no member

    def takes_part(self, day: date) -> bool:
        """Tell whether it takes part on a day."""
        return self.taking_part and (self.left is None or day < self.left)
