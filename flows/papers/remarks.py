"""What a template's owner should know though every paper prints: comments left out, links that open for few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.papers import outside
from flows.papers.tags import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.papers.package import Package

OPEN_ANYWHERE = ("http://", "https://", "mailto:", "tel:", "#")
MOST_SHOWN, SAID = 3, 60


def remarks(package: Package, label: str) -> Iterator[Fault]:
    """Yield notes on a template that prints as it is."""
    if package.comments:
        yield Fault(
            "template-comments",
            "",
            "",
            f"{label}: примечаний Word – {package.comments}; в готовые документы они не попадают.",
            Severity.NOTE,
        )
    yield from _links(package, label)


def _links(package: Package, label: str) -> Iterator[Fault]:
    odd = [
        link
        for link in outside.links(package.members, label)
        if link.external
        and link.kind == outside.HYPERLINK
        and not link.target.lower().startswith(OPEN_ANYWHERE)
    ]
    if odd:
        shown = "; ".join(
            " – ".join(filter(None, (f"«{link.target[:SAID]}»", outside.where(package, link, label))))
            for link in odd[:MOST_SHOWN]
        )
        more = f" и ещё {len(odd) - MOST_SHOWN}" if len(odd) > MOST_SHOWN else ""
        yield Fault(
            "template-links",
            "",
            "",
            f"{label}: ссылки останутся в документах, но откроются не у каждого: {shown}{more}.",
            Severity.NOTE,
        )
