"""What a file loads from outside when it opens: refused with the places where it stands.

A hyperlink loads nothing, wherever it leads, and is kept; so is the anchor of a contents list.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flows.domain.errors import Refused
from flows.papers.package import Package, W, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

FIELDS = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|RD)\b", re.IGNORECASE)
INSERTED = frozenset({"aFChunk", "subDocument", "control", "oleObject", "extensibility"})
CHARTS = "charts/"
HYPERLINK = "hyperlink"
OTHER_FILE = "в файл вставлен другой файл или программа; вставьте текст вместо него"
CHART_DATA = "диаграмма берёт данные из другого файла; разорвите связь («Файл – Сведения – Изменить связи с файлами») или вставьте диаграмму картинкой"
TEMPLATE = "файл привязан к чужому шаблону на другом компьютере; отвяжите его: «Разработчик – Шаблон документа – Присоединить – Normal»"
CONTENT = "файл тянет содержимое по внешней ссылке; вставьте картинку или текст прямо в файл"
MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of a part: the part that has it, its id there, the last word of its type, where it leads and whether outside."""

    owner: str
    code: str
    kind: str
    target: str
    external: bool


def refuse(package: Package, label: str) -> None:
    """Raise `Refused` with the places of the first sort of things in a file that are loaded from outside when it opens."""
    told: dict[str, list[Link]] = {}
    for link in links(package.members, label):
        if reason := _loads(link):
            told.setdefault(reason, []).append(link)
    for reason, found in told.items():
        seen = dict.fromkeys(place for link in found if (place := where(package, link, label)))
        raise Refused(f"{', '.join((label, *list(seen)[:MOST_PLACES]))}: {reason}.")
    _refuse_fields(package, label)


def links(members: Mapping[str, bytes], label: str) -> Iterator[Link]:
    """Yield the relations of every part of a file."""
    for name, content in members.items():
        if name.endswith(".rels"):
            folder, _, file = name.rpartition("_rels/")
            for each in tree_of(content, label):
                yield Link(
                    folder + file.removesuffix(".rels"),
                    str(each.get("Id", "")),
                    str(each.get("Type", "")).rsplit("/", 1)[-1],
                    unquote(str(each.get("Target", "")).strip()),
                    str(each.get("TargetMode", "")).lower() == "external",
                )


def where(package: Package, link: Link, label: str) -> str:
    """Return in words where a relation is used: its paragraph, or that of the chart whose own it is; "" for the whole file."""
    from flows.papers.tags import PARTS, of_part  # noqa: PLC0415 - only when something is wrong

    at, code = link.owner, link.code
    if at != package.main and at not in package.rendered:
        using = [
            each
            for each in links(package.members, label)
            if not each.external
            and (each.owner == package.main or each.owner in package.rendered)
            and _resolved(each) == at
        ]
        if not using:
            return ""
        at, code = using[0].owner, using[0].code
    part = PARTS.get(package.rendered.get(at, ""), "")
    for paragraph in of_part(tree_of(package.members[at], label), part):
        if any(code in each.attrib.values() for each in paragraph.element.iter("*")):
            return paragraph.where
    return part


def part_place(package: Package, name: str, label: str) -> str:
    """Return in words where a part that is no text of its own, such as a chart, stands in the document; "" when nowhere."""
    return where(package, Link(name, "", "", "", external=False), label)


def _resolved(link: Link) -> str:
    if link.target.startswith("/"):
        return link.target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(link.owner), link.target))


def _loads(link: Link) -> str:
    """Return why a relation is not let in, "" for one that loads nothing."""
    if link.external and CHARTS in link.owner and link.kind != HYPERLINK:
        return CHART_DATA
    if link.kind in INSERTED:
        return OTHER_FILE
    if not link.external or link.kind == HYPERLINK:
        return ""
    return TEMPLATE if link.kind == "attachedTemplate" else CONTENT


def _refuse_fields(package: Package, label: str) -> None:
    from flows.papers.tags import PARTS, of_part  # noqa: PLC0415 - only when something is wrong

    for name, content in package.members.items():
        rendered = name == package.main or name in package.rendered
        fielded = name.endswith(".xml") and (b"instrText" in content or b"fldSimple" in content)
        if not (rendered or fielded):
            continue
        tree = tree_of(content, label)
        for said, element in fields(tree):
            found = FIELDS.match(said)
            if found:
                part = PARTS.get(package.rendered.get(name, ""), "")
                inside = [each for each in of_part(tree, part) if rendered and element in each.element.iter()]
                place = inside[-1].where if inside else part
                raise Refused(
                    f"{', '.join(filter(None, (label, place)))}: поле {found[1].upper()} берёт содержимое из другого файла; уберите поле из шаблона."
                )


def fields(tree: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield what each field of a part says, with the element it begins in; a field cut into several runs says it whole."""
    for each in tree.iter(f"{W}fldSimple"):
        yield str(each.get(f"{W}instr", "")), each
    said, begun = "", None
    for each in tree.iter(f"{W}fldChar", f"{W}instrText"):
        if each.tag == f"{W}instrText":
            said, begun = said + (each.text or ""), each if begun is None else begun
        elif begun is not None:
            yield said, begun
            said, begun = "", None
    if begun is not None:
        yield said, begun
