"""What a template's owner should know though every paper prints: what is left out of papers, what people will see in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.papers import outside
from flows.papers.package import W, tree_of
from flows.papers.tags import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.papers.package import Package

OPEN_ANYWHERE = ("http://", "https://", "mailto:", "tel:", "#")
MOST_SHOWN, SAID = 3, 60
SETTINGS = "word/settings.xml"
CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
CHANGED = re.compile(rb":(?:ins|del|moveFrom|moveTo) ")


def remarks(package: Package, label: str) -> Iterator[Fault]:
    """Yield notes on a template that prints as it is."""
    told = (
        ("comments", package.comments, "примечаний Word – {}; в готовые документы они не попадают"),
        ("signature", package.signed, "электронная подпись шаблона в готовые документы не переходит"),
        ("changes", _changes(package, label), "непринятых исправлений – {}; они будут видны и в готовых документах: примите их («Рецензирование – Принять»)"),
        ("protected", _protected(package, label), "шаблон защищён от правки, и проекты документов нельзя будет править; снимите защиту: «Рецензирование – Ограничить редактирование»"),
    )  # fmt: skip
    for code, count, said in told:
        if count:
            yield Fault(f"template-{code}", "", "", f"{label}: {said.format(count)}.", Severity.NOTE)
    yield from _links(package, label)


def _changes(package: Package, label: str) -> int:
    """Count the insertions, deletions and moves that nobody has accepted."""
    stories = (package.members[name] for name in (package.main, *package.rendered))
    return sum(
        1
        for content in stories
        if CHANGED.search(content)
        for each in tree_of(content, label).iter(*CHANGES)
        if next(each.iterancestors(*CHANGES), None) is None
    )


def _protected(package: Package, label: str) -> bool:
    content = package.members.get(SETTINGS, b"")
    if b"documentProtection" not in content:
        return False
    return any(
        str(each.get(f"{W}enforcement", "")).lower() in {"1", "true", "on"}
        for each in tree_of(content, label).iter(f"{W}documentProtection")
    )


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
