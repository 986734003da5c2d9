"""Whether all that the record of kinds names is there in the program: planners, parts, lists, words of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.councils.handouts import MAKERS
from flows.domain.councils.seasons import BY_MONTH
from flows.domain.documents.builders import OWN, PARTS
from flows.domain.planning.planners import WAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flows.domain.catalogue.kind import Kind

NO_BUILDER = (
    "документ собрать не из чего; впишите parts (для бланка — []) или добавьте файл вида в documents/kinds"
)


def checked(whole: record.Record, requests: Collection[str]) -> None:
    """Raise `Misconfigured` at the first thing a kind names that is not there; `requests` are the words of «Что нужно»."""
    for kind in whole.kinds.values():
        for trait, name, known in _names(kind, requests):
            if name not in known:
                record.wrong(kind.id, trait, f"«{name}» нет; бывает: {', '.join(sorted(known))}")
        if kind.made and kind.parts is None and kind.id not in OWN:
            record.wrong(kind.id, "parts", NO_BUILDER)
        if kind.parts is not None and kind.id in OWN:
            record.wrong(
                kind.id, "parts", "у вида есть и parts, и файл в documents/kinds; оставьте что-то одно"
            )
    for name in OWN:
        if name not in whole.kinds:
            record.wrong(name, "id", "для вида есть файл в documents/kinds, а записи нет; верните её")
    for season in {*BY_MONTH.values(), "first", "last"}:
        if season not in whole.packs:
            record.wrong(f"pack.{season}", "kind", "папки педсовета для этого времени нет; верните её")


def _names(kind: Kind, requests: Collection[str]) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield what a kind names: by which trait, the name, and the names that there are."""
    yield from (("planner", name, WAYS) for name in [kind.planner] if name)
    yield from (("handout", name, MAKERS) for name in [kind.handout] if name)
    yield from (("parts", name, PARTS) for name in kind.parts or ())
    yield from (("asked_by", name, requests) for name in kind.asked_by)
