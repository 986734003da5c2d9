r"""Opening a template that anybody may have sent: read whole, or refused in a sentence before anything is run.

What a file may carry beside its text, and what is done with it:

| what | done |
|---|---|
| macros (`vbaProject`, `.docm`), ActiveX, OLE objects, programs | refused: they run |
| `customUI` (buttons of its own) | refused: they call macros |
| mail merge in the settings | refused: Word asks a data source when the file opens |
| `attachedTemplate`, external pictures, frames, subdocuments, `aFChunk`, data of charts in other files | refused: they load another file (`outside`) |
| fields DDE, DDEAUTO, INCLUDETEXT, INCLUDEPICTURE, LINK, IMPORT, RD, in one run or cut into several | refused: the same |
| DOCTYPE and entities, parts that are not UTF-8 | refused: Word writes none, and what looks for harm reads UTF-8 |
| names of members with `..`, `\\`, a drive or a leading `/` | refused: they leave the folder where they are unpacked |
| no `_rels/.rels`, no content types, parts twice, a bomb, «Strict» files | refused: no file of Word's, or none that offices read alike |
| hyperlinks of any kind, the workbook inside a chart, fonts, themes, custom XML | kept: they load nothing by themselves |
| comments of reviewers | left out: a paper is no place for them |
| another prefix than `w:`, indented parts, `word/document2.xml`, tables without a grid | written as Word writes them (`normal`) |
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.papers import normal, outside, wrong_files
from flows.papers.package import MAIN, RENDERED, TYPES, Package, W, members_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIVE = re.compile(r"vbaProject|vbaData|activeX|\.ocx$|oleObject|\.exe$|^customUI/", re.IGNORECASE)
CODING = re.compile(rb"encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})")
UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
HEAD = 200
ROOT, DOCUMENT = "_rels/.rels", "/officeDocument"
STRICT = "http://purl.oclc.org/ooxml/"


def opened(data: bytes, label: str, *, comments: bool = False) -> Package:
    """Read a .docx. Raise `Refused`, naming `label`, when it is no Word document or may do harm.

    Comments of reviewers are left out unless `comments` are asked for.
    """
    members = members_of(data, label)
    _refuse_codings(members, label)
    _refuse_doctypes(members, label)
    types = _content_types(members, label)
    _refuse_active(members, label)
    members, main = normal.named(members, _main(members, types, label), label)
    rendered = {name: RENDERED[kind] for name, kind in types.items() if kind in RENDERED and name in members}
    package = Package(members, main, rendered)
    outside.refuse(package, label)
    return normal.readable(package, label, comments=comments)


def _refuse_codings(members: Mapping[str, bytes], label: str) -> None:
    for name, content in members.items():
        if not name.endswith((".xml", ".rels")):
            continue
        said = CODING.search(content[:HEAD])
        if b"\0" in content[:HEAD] or (said and said[1].lower() not in UTF_8):
            raise Refused(
                f"{label}: текст внутри файла записан не в UTF-8; Word таких не пишет, откройте и сохраните шаблон заново."
            )


def _refuse_doctypes(members: Mapping[str, bytes], label: str) -> None:
    marks = ("<!DOCTYPE", "<!ENTITY")
    wanted = [mark.encode(coding) for mark in marks for coding in ("ascii", "utf-16-le", "utf-16-be")]
    for name, content in members.items():
        if name.endswith((".xml", ".rels")) and any(mark in content for mark in wanted):
            raise Refused(
                f"{label}: внутри объявлены внешние сущности (DOCTYPE); Word таких не пишет, шаблон не открываем."
            )


def _content_types(members: Mapping[str, bytes], label: str) -> dict[str, str]:
    """Return the content types of the members that have one, told by name or by suffix."""
    listing = members.get(TYPES)
    if listing is None:
        raise Refused(f"{label}: {wrong_files.archived(frozenset(members))}.")
    if ROOT not in members:
        raise Refused(
            f"{label}: в файле нет оглавления частей, Word его не откроет; сохраните шаблон заново."
        )
    told = list(tree_of(listing, label))
    suffixes = {
        str(each.get("Extension", "")).lower(): str(each.get("ContentType", ""))
        for each in told
        if each.get("Extension")
    }
    types = {
        str(each.get("PartName", "")).lstrip("/"): str(each.get("ContentType", ""))
        for each in told
        if each.get("PartName")
    }
    types = {name: suffixes.get(name.rsplit(".", 1)[-1].lower(), "") for name in members} | types
    reason = wrong_files.foreign(frozenset(types.values()))
    if reason:
        raise Refused(f"{label}: {reason}.")
    return types


def _main(members: Mapping[str, bytes], types: Mapping[str, str], label: str) -> str:
    """Return the name of the document: the one that the file's own list of parts names."""
    told = [
        (str(each.get("Type", "")), str(each.get("Target", "")))
        for each in tree_of(members[ROOT], label)
        if str(each.get("Type", "")).endswith(DOCUMENT)
    ]
    if any(kind.startswith(STRICT) for kind, _ in told):
        raise Refused(
            f"{label}: файл сохранён как «Документ Strict Open XML»; сохраните его в Word как обычный «Документ Word (.docx)»."
        )
    named = [posixpath.normpath(target).lstrip("/") for _, target in told]
    known = [name for name in [*named, *types] if name in members and types.get(name) == MAIN]
    if not known:
        raise Refused(f"{label}: внутри нет документа Word.")
    return known[0]


def _refuse_active(members: Mapping[str, bytes], label: str) -> None:
    if any(ACTIVE.search(name) for name in members):
        raise Refused(f"{label}: в файле есть макросы или встроенные программы; сохраните шаблон без них.")
    for name, content in members.items():
        if (
            name.endswith(".xml")
            and b"mailMerge" in content
            and next(tree_of(content, label).iter(f"{W}mailMerge"), None) is not None
        ):
            raise Refused(
                f"{label}: файл подключён к списку для слияния; отключите его: «Рассылки – Начать слияние – Обычный документ Word»."
            )
