"""Templates as files of a person: which kind a file serves, and copies of the faulty ones with Word comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused
from flows.papers.annotate import annotated
from flows.papers.check import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Problem


def kind_of(file: Path, kinds: Mapping[str, Kind]) -> str:
    """Return the kind a file serves by its name: the kind's id or title; a template of the staff's own gives its bare name."""
    return kind_named(file.stem, kinds)


def kind_named(name: str, kinds: Mapping[str, Kind]) -> str:
    """Return the kind that a name means: its id or title, in any case; the name itself when it is nobody's."""
    titles = {kind.title.casefold(): kind.id for kind in kinds.values()}
    return name if name in kinds else titles.get(name.casefold(), name)


def examined(file: Path, kinds: Mapping[str, Kind]) -> tuple[Problem, ...]:
    """Return the faults of a template file."""
    return check(file, kind_of(file, kinds))


def annotate_into(folder: Path, files: Sequence[Path], kinds: Mapping[str, Kind]) -> int:
    """Write a copy of each file with a comment at each fault; return how many were written.

    A file that is no Word document gets no copy. Raise `Misconfigured` when the folder is the files' own or cannot be written.
    """
    if any(file.resolve().parent == folder.resolve() for file in files):
        raise Misconfigured(
            "Копии с примечаниями кладут в другую папку, иначе они затрут сами шаблоны. Укажите другую: --annotate ПАПКА."
        )
    written = 0
    for file in files:
        try:
            copy = annotated(file, kind_of(file, kinds))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(copy)
        except Refused:
            continue
        except OSError as trouble:
            raise Misconfigured(
                f"Копия шаблона {file.name} не записывается. Проверьте право записи в папку «{folder.name}»."
            ) from trouble
        written += 1
    return written
