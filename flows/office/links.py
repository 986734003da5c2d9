"""Links inside a book: Google names a tab by its number, a file by its title; each is told in its own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.office.grid import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_GOOGLE = re.compile(
    r'(HYPERLINK\(\s*"#)gid=(\d+)&range=([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)(?=")', re.IGNORECASE
)
_OF_FILE = re.compile(
    r"""(HYPERLINK\(\s*"#)('(?:[^'"]|''|"")+'|[^'"!]+)!([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)(?=")""",
    re.IGNORECASE,
)


def filed(formula: str, titles: Mapping[int, str]) -> str:
    """Spell a formula for the file: `#gid=7&range=B5` as `#'Пары'!B5`; a number of no tab stays as it is."""

    def named(found: re.Match[str]) -> str:
        title = titles.get(int(found[2]))
        return found[0] if title is None else found[1] + quoted(title).replace('"', '""') + "!" + found[3]

    return _OF_GOOGLE.sub(named, formula)


def told(formula: str, ids: Mapping[str, int]) -> str:
    """Spell a file's formula as Google would; a title of no tab stays as it is."""

    def numbered(found: re.Match[str]) -> str:
        title = found[2][1:-1].replace("''", "'") if found[2].startswith("'") else found[2]
        number = ids.get(title.replace('""', '"'))
        return found[0] if number is None else f"{found[1]}gid={number}&range={found[3]}"

    return _OF_FILE.sub(numbered, formula) if "#" in formula else formula
