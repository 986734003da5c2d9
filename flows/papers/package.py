r"""Opening a Word file that anybody may have sent: read whole, or refused in a sentence before anything is run.

What a file may carry beside its text, and what is done with it:

| what | done |
|---|---|
| macros (`vbaProject`, `.docm`), ActiveX, OLE objects, programs | refused: they run |
| `customUI` (buttons of its own) | refused: they call macros |
| mail merge in the settings | refused: Word asks a data source when the file opens |
| `attachedTemplate`, external pictures, frames, subdocuments, `aFChunk` | refused: they load another file |
| fields DDE, DDEAUTO, INCLUDETEXT, INCLUDEPICTURE, LINK, IMPORT, RD, in one run or cut into several | refused: the same |
| DOCTYPE and entities, parts that are not UTF-8 | refused: Word writes none, and what looks for harm reads UTF-8 |
| names of members with `..`, `\\`, a drive or a leading `/` | refused: they leave the folder where they are unpacked |
| no `_rels/.rels`, no content types, parts twice, a bomb | refused: no file of Word's |
| hyperlinks to sites, the workbook inside a chart, fonts, themes, custom XML | kept: they load nothing by themselves |
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from flows.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MEMBERS = 1000
MOST_BYTES = 60_000_000
MOST_PART = 12_000_000
MOST_FILE = 30_000_000
MOST_RATIO, RATIO_FROM = 300, 2_000_000
ENCRYPTED = 0x1

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{WORD}document.main+xml"
RENDERED = {f"{WORD}{part}+xml": part for part in ("header", "footer", "footnotes", "endnotes")}
CORE, BODY = "docProps/core.xml", "word/document.xml"
LINKS = ("http://", "https://", "mailto:", "tel:")
FIELDS = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|RD)\b", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
ACTIVE = re.compile(r"vbaProject|vbaData|activeX|\.ocx$|oleObject|\.exe$|^customUI/", re.IGNORECASE)
CODING = re.compile(rb"encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})")
UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
HEAD = 200
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

FOREIGN_FILES = (
    (
        b"\xd0\xcf\x11\xe0",
        "это старый формат .doc или файл под паролем; снимите пароль и сохраните его в Word как «Документ Word (.docx)»",
    ),
    (b"%PDF", "это PDF; нужен файл Word (.docx)"),
    (b"{\\rtf", "это RTF; откройте его в Word и сохраните как «Документ Word (.docx)»"),
)
FOREIGN_KINDS = (
    ("spreadsheetml", "это таблица Excel, переименованная в .docx"),
    ("presentationml", "это презентация, переименованная в .docx"),
    ("macroEnabled", "это файл с макросами (.docm); сохраните его как «Документ Word (.docx)» без макросов"),
    ("wordprocessingml.template", "это шаблон Word (.dotx); сохраните его как «Документ Word (.docx)»"),
    ("opendocument", "это файл OpenDocument; сохраните его как «Документ Word (.docx)»"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """The members of a Word file by name, in their order; `main` is the document, `rendered` the parts with text of their own."""

    members: Mapping[str, bytes]
    main: str
    rendered: Mapping[str, str]


def opened(data: bytes, label: str) -> Package:
    """Read a .docx. Raise `Refused`, naming `label`, when it is no Word document or may do harm."""
    for signature, reason in FOREIGN_FILES:
        if data.startswith(signature):
            raise Refused(f"{label}: {reason}.")
    if len(data) > MOST_FILE:
        raise Refused(f"{label}: файл больше {MOST_FILE // 1_000_000} МБ; уберите из него лишние картинки.")
    members = _members(data, label)
    _refuse_codings(members, label)
    _refuse_doctypes(members, label)
    types = _content_types(members, label)
    _refuse_active(members, label)
    main = next((name for name, kind in types.items() if kind == MAIN and name in members), None)
    if main is None:
        raise Refused(f"{label}: внутри нет документа Word.")
    rendered = {name: RENDERED[kind] for name, kind in types.items() if kind in RENDERED and name in members}
    package = Package(members, main, rendered)
    _refuse_fields(package, label)
    return package


def unpacked(data: bytes, label: str) -> Mapping[str, bytes]:
    """Return the members of a paper that is only looked at, never filled. Raise `Refused` for what is no Word file, or a bomb."""
    for signature, reason in FOREIGN_FILES:
        if data.startswith(signature):
            raise Refused(f"{label}: {reason}.")
    if len(data) > MOST_FILE:
        raise Refused(f"{label}: файл больше {MOST_FILE // 1_000_000} МБ; уберите из него лишние картинки.")
    members = _members(data, label)
    if BODY not in members:
        raise Refused(f"{label}: внутри нет документа Word.")
    return members


def tree_of(content: bytes, label: str) -> etree._Element:
    """Parse a part without entities, network or outside definitions; raise `Refused` when it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Refused(f"{label}: файл повреждён, Word его не откроет; сохраните шаблон заново.") from broken


def _members(data: bytes, label: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _refuse_bombs(entries, label)
            return {entry.filename: file.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as broken:
        raise Refused(
            f"{label}: это не файл Word (.docx) или он повреждён; сохраните шаблон заново."
        ) from broken


def _refuse_bombs(entries: list[zipfile.ZipInfo], label: str) -> None:
    names = [entry.filename for entry in entries]
    if any(OUTSIDE.search(name) for name in names):
        raise Refused(
            f"{label}: имена частей внутри файла ведут наружу («..», «\\»); Word таких не пишет, шаблон не открываем."
        )
    if len(names) != len(set(names)) or len(names) > MOST_MEMBERS:
        raise Refused(
            f"{label}: файл собран неправильно (части повторяются или их слишком много); сохраните шаблон заново."
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused(f"{label}: файл под паролем; снимите пароль.")
    whole = sum(entry.file_size for entry in entries)
    swollen = any(entry.file_size > max(RATIO_FROM, MOST_RATIO * entry.compress_size) for entry in entries)
    if (
        whole > MOST_BYTES
        or swollen
        or any(entry.file_size > MOST_PART for entry in entries if entry.filename.endswith(".xml"))
    ):
        raise Refused(
            f"{label}: распакованный файл слишком велик («архивная бомба»?); такой шаблон не открываем."
        )


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
    listing = members.get("[Content_Types].xml")
    if listing is None:
        foreign = "mimetype" in members
        raise Refused(
            f"{label}: {'это файл OpenDocument; сохраните его' if foreign else 'это архив, но не файл Word; нужен файл, сохранённый'} как «Документ Word (.docx)»."
        )
    if "_rels/.rels" not in members:
        raise Refused(
            f"{label}: в файле нет оглавления частей, Word его не откроет; сохраните шаблон заново."
        )
    types = {
        str(each.get("PartName", "")).lstrip("/"): str(each.get("ContentType", ""))
        for each in tree_of(listing, label)
        if each.get("PartName")
    }
    for mark, reason in FOREIGN_KINDS:
        if any(mark in kind and "main" in kind for kind in types.values()):
            raise Refused(f"{label}: {reason}.")
    return types


def _refuse_active(members: Mapping[str, bytes], label: str) -> None:
    for name in members:
        if ACTIVE.search(name):
            raise Refused(
                f"{label}: в файле есть макросы или встроенные программы; сохраните шаблон без них."
            )
    for name, content in members.items():
        if name.endswith(".rels"):
            _refuse_links(tree_of(content, label), label)
        elif (
            name.endswith(".xml")
            and b"mailMerge" in content
            and next(tree_of(content, label).iter(f"{W}mailMerge"), None) is not None
        ):
            raise Refused(
                f"{label}: файл подключён к списку для слияния; отключите его: «Рассылки – Начать слияние – Обычный документ Word»."
            )


def _refuse_links(relations: etree._Element, label: str) -> None:
    for relation in relations:
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        target = str(relation.get("Target", "")).strip().lower()
        if kind in {"aFChunk", "subDocument", "control", "oleObject", "extensibility"}:
            raise Refused(f"{label}: в файл вставлен другой файл или программа; вставьте текст вместо него.")
        if str(relation.get("TargetMode", "")).lower() != "external":
            continue
        if kind == "attachedTemplate":
            raise Refused(
                f"{label}: файл привязан к чужому шаблону на другом компьютере; отвяжите его: «Разработчик – Шаблон документа – Присоединить – Normal»."
            )
        if kind != "hyperlink" or not target.startswith(LINKS):
            raise Refused(
                f"{label}: файл тянет содержимое по внешней ссылке; вставьте картинку или текст прямо в файл."
            )


def _refuse_fields(package: Package, label: str) -> None:
    for name, content in package.members.items():
        rendered = name == package.main or name in package.rendered
        if not rendered and not (
            name.endswith(".xml") and (b"instrText" in content or b"fldSimple" in content)
        ):
            continue
        found = next(
            (match for text in _fields(tree_of(content, label)) if (match := FIELDS.match(text))), None
        )
        if found:
            raise Refused(
                f"{label}: поле {found[1].upper()} берёт содержимое из другого файла; уберите поле из шаблона."
            )


def _fields(tree: etree._Element) -> list[str]:
    """Return what each field of a part says; a field cut into several runs says it whole."""
    told = [str(each.get(f"{W}instr", "")) for each in tree.iter(f"{W}fldSimple")]
    fresh = True
    for each in tree.iter(f"{W}fldChar", f"{W}instrText"):
        if each.tag == f"{W}fldChar" or fresh:
            told.append("")
        fresh = each.tag == f"{W}fldChar"
        told[-1] += each.text or "" if not fresh else ""
    return told
