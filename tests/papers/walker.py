"""What makes a Word file sound, told in our own words from ECMA-376: a walk through every part, each fault a sentence with its part.

Only what Word refuses, repairs or silently drops is asked: parts and their links, what may stand where, the grid of
tables, ids, ranges with both ends, the order of a cell's properties, spaces that would be lost, tags left over, charts.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from itertools import pairwise

from lxml import etree

from tests.papers.walker_charts import chart_faults

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = f"{{{OFFICE}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
KINDS = {
    "document.main": "документ", "header": "колонтитул", "footer": "колонтитул", "footnotes": "сноски",
    "endnotes": "сноски", "comments": "примечания", "numbering": "нумерация",
}  # fmt: skip
PAIRS = {
    f"{kind}{side}"
    for kind in ("bookmark", "moveFromRange", "moveToRange", "commentRange", "perm", "customXmlInsRange", "customXmlDelRange")
    for side in ("Start", "End")
}  # fmt: skip
MARKS = PAIRS | {"proofErr", "ins", "del", "moveFrom", "moveTo"}
WORDS = {
    "r", "hyperlink", "fldSimple", "sdt", "smartTag", "customXml", "bdo", "dir", "subDoc", "oMath", "oMathPara",
}  # fmt: skip
BLOCKS = {"p", "tbl", "sdt", "customXml", "altChunk"} | MARKS
RUN = {
    "rPr", "t", "tab", "br", "cr", "delText", "instrText", "delInstrText", "fldChar", "drawing", "pict", "object",
    "footnoteReference", "endnoteReference", "commentReference", "footnoteRef", "endnoteRef", "annotationRef", "sym",
    "noBreakHyphen", "softHyphen", "separator", "continuationSeparator", "lastRenderedPageBreak", "ptab", "ruby", "AlternateContent",
}  # fmt: skip
# What may stand in an element; an element of another name is not looked into.
HOLDS = {
    "body": BLOCKS | {"sectPr"}, "tc": BLOCKS | {"tcPr"}, "hdr": BLOCKS, "ftr": BLOCKS, "txbxContent": BLOCKS,
    "footnote": BLOCKS, "endnote": BLOCKS, "comment": BLOCKS, "tbl": MARKS | {"tblPr", "tblGrid", "tr", "sdt", "customXml"},
    "tr": MARKS | {"tblPrEx", "trPr", "tc", "sdt", "customXml"}, "p": MARKS | WORDS | {"pPr"}, "hyperlink": MARKS | WORDS,
    "fldSimple": MARKS | WORDS, "r": RUN, "sdt": {"sdtPr", "sdtEndPr", "sdtContent"},
}  # fmt: skip
ENDING = {"tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment"}
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tbl": "tblPr", "sdt": "sdtPr"}
ORDERS = {
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
        "cellIns cellDel cellMerge tcPrChange"
    ),
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
        "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "numPr": "ilvl numId numberingChange ins",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "tbl": "tblPr tblGrid",
}  # fmt: skip
SAID = {"t", "instrText", "delText", "delInstrText"}
LEFT = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")


def faults_of(data):
    """Return every fault of a Word file; none when Word opens it and shows all of it."""
    return list(Walk(data).faults())


def stories(data):
    """Return the parts of a file that hold text, by name, as trees."""
    walk = Walk(data)
    return {
        name: walk.trees[name]
        for name, kind in walk.kinds.items()
        if kind in {"документ", "колонтитул", "сноски"}
    }


def lines(data):
    """Return what a file says: for each part with text the paragraphs that say something, breaks and tabs as signs."""
    told = {}
    for name, tree in stories(data).items():
        for each in list(tree.iter(f"{MC}Fallback")):
            each.getparent().remove(each)
        told[name] = [text for each in tree.iter(f"{W}p") if (text := _said(each)).strip()]
    return told


def _said(paragraph):
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    own = (
        each
        for each in paragraph.iter(f"{W}t", *signs)
        if each.getparent().tag == f"{W}r" and next(each.iterancestors(f"{W}p")) is paragraph
    )
    return "".join(signs.get(each.tag, each.text or "") for each in own)


def bare(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class Walk:
    """One file: its members, the trees of those that are XML, which part is what."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self.members = {name: file.read(name) for name in file.namelist()}
        self.trees, self.broken = {}, []
        for name, content in self.members.items():
            if name.endswith((".xml", ".rels")):
                try:
                    self.trees[name] = etree.fromstring(content)
                except etree.XMLSyntaxError as trouble:
                    self.broken.append(f"{name}: не XML ({trouble})")
        self.kinds, self.charts = {}, []
        for each in self.trees.get("[Content_Types].xml", ()):
            kind = next((KINDS[key] for key in KINDS if f".{key}+xml" in each.get("ContentType", "")), None)
            name = each.get("PartName", "").lstrip("/")
            if kind and name in self.trees:
                self.kinds[name] = kind
            if each.get("ContentType", "").endswith("drawingml.chart+xml") and name in self.trees:
                self.charts.append(name)

    def faults(self):
        yield from self.broken
        if self.broken:
            return
        yield from self._types()
        for name in self.trees:
            yield from self._links(name)
        for name, tree in self.trees.items():
            yield from _left_over(name, tree)
        for name, kind in self.kinds.items():
            tree = self.trees[name]
            for element in tree.iter(etree.Element):
                yield from (f"{name}: {said}" for said in _element(element))
            if kind != "нумерация":
                for told in (_ranges, _controls, _fields, _names):
                    yield from (f"{name}: {said}" for said in told(tree))
        for name in self.charts:
            yield from (f"{name}: {said}" for said in chart_faults(name, self.trees[name], self.members))
        yield from self._numbers()
        yield from self._comments()
        yield from self._notes()
        yield from _repeated("docPr", [each.get("id") for each in self._shown(DOCPR)])
        ids = [each.get(f"{W14}paraId") for each in self._shown(f"{W}p") if each.get(f"{W14}paraId")]
        yield from _repeated("paraId", ids)

    def _shown(self, tag):
        for name in self.kinds:
            for each in self.trees[name].iter(tag):
                if next(each.iterancestors(f"{MC}Fallback"), None) is None:
                    yield each

    def _types(self):
        listing = self.trees["[Content_Types].xml"]
        by_end = [each.get("Extension", "").lower() for each in listing if each.get("Extension")]
        by_name = [each.get("PartName", "").lstrip("/") for each in listing if each.get("PartName")]
        yield from _repeated("Default", by_end)
        yield from _repeated("Override", by_name)
        yield from (f"[Content_Types].xml: части {name} нет" for name in by_name if name not in self.members)
        for name in self.members:
            if (
                name != "[Content_Types].xml"
                and name not in by_name
                and name.rpartition(".")[2].lower() not in by_end
            ):
                yield f"{name}: вид части не назван"

    def _links(self, name):
        """Links of a part: each leads to a part, each id is one, each id that the part uses is there."""
        folder, _, file = name.rpartition("/")
        listing = self.trees.get(f"{folder}/_rels/{file}.rels", ())
        ids = [each.get("Id") for each in listing]
        yield from _repeated(f"{name}: связь", ids)
        for each in listing:
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                path = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                if path.partition("#")[0] not in self.members:
                    yield f"{name}: связь ведёт к {path}, а её нет"
        for element in self.trees[name].iter(etree.Element):
            for key, value in element.attrib.items():
                if key.startswith(R) and value not in ids:
                    yield f"{name}: связи {value} нет"

    def _numbers(self):
        name = next((name for name, kind in self.kinds.items() if kind == "нумерация"), None)
        known, lists = set(), set()
        if name:
            tree = self.trees[name]
            nums = [each.get(f"{W}numId") for each in tree.iterfind(f"{W}num")]
            lists = {each.get(f"{W}abstractNumId") for each in tree.iterfind(f"{W}abstractNum")}
            known = set(nums)
            yield from _repeated("numId", nums)
            for each in tree.iterfind(f"{W}num/{W}abstractNumId"):
                if each.get(f"{W}val") not in lists:
                    yield f"{name}: списка {each.get(f'{W}val')} нет"
        for part in self.kinds:
            for each in self.trees[part].iter(f"{W}numId"):
                if each.get(f"{W}val") not in known | {"0"}:
                    yield f"{part}: нумерации {each.get(f'{W}val')} нет"

    def _notes(self):
        """Each sign of a note leads to a note of its own."""
        for kind in ("footnote", "endnote"):
            known = {
                each.get(f"{W}id")
                for name, part in self.kinds.items()
                if part == "сноски"
                for each in self.trees[name].iter(f"{W}{kind}")
            }
            signs = [each.get(f"{W}id") for each in self._shown(f"{W}{kind}Reference")]
            yield from _repeated(f"знак {kind}", signs)
            yield from (f"сноски {each} нет" for each in signs if each not in known)

    def _comments(self):
        told = {
            each.get(f"{W}id")
            for name, kind in self.kinds.items()
            if kind == "примечания"
            for each in self.trees[name].iter(f"{W}comment")
        }
        for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            ids = [each.get(f"{W}id") for each in self._shown(f"{W}{mark}")]
            yield from _repeated(mark, ids)
            yield from (f"примечания {each} нет" for each in ids if each not in told)


def _element(element):
    """What one element holds, in which order, and how it ends."""
    name = bare(element)
    if not element.tag.startswith(W):
        return
    inside = [each for each in element if isinstance(each.tag, str)]
    names = [bare(each) for each in inside]
    if name in HOLDS:
        yield from (
            f"{each} внутри {name}" for each in names if each not in HOLDS[name] | {"AlternateContent"}
        )
    if name not in SAID and (
        (element.text or "").strip() or any((each.tail or "").strip() for each in element)
    ):
        yield f"текст прямо в {name}"
    blocks = [each for each in names if each not in MARKS]
    if name in ENDING and blocks[-1:] != ["p"]:
        yield f"{name} не кончается абзацем"
    if name in FIRST and FIRST[name] in names[1:]:
        yield f"{FIRST[name]} не первым в {name}"
    if name in ORDERS:
        order = ORDERS[name].split()
        places = [order.index(each) for each in names if each in order]
        if any(one > other for one, other in pairwise(places)):
            yield f"порядок в {name}: {' '.join(names)}"
        once = [each for each in names if each not in {"num", "abstractNum", "lvlOverride"}]
        yield from _repeated(f"в {name}", [each for each in once if each in order])
    if name == "tbl":
        yield from _table(element)
    if (
        name in {"t", "delText"}
        and element.text
        and element.text != element.text.strip()
        and not element.get(SPACE)
    ):
        yield f"пробел с края пропадёт: «{element.text}»"


def rows_of(holder, tag):
    """Rows of a table or cells of a row, through controls and changes round them."""
    for each in holder:
        if each.tag == f"{W}{tag}":
            yield each
        elif bare(each) in {"sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"}:
            yield from rows_of(each, tag)


def _number(element, path, usual):
    found = None if element is None else element.find("/".join(f"{W}{each}" for each in path.split("/")))
    return usual if found is None else int(found.get(f"{W}val", usual))


def _table(table):
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = list(rows_of(table, "tr"))
    if not rows:
        yield "таблица без строк"
    above = {}
    for row in rows:
        at = _number(row, "trPr/gridBefore", 0)
        here = {}
        cells = list(rows_of(row, "tc"))
        if not cells:
            yield "строка без ячеек"
        for cell in cells:
            span = _number(cell, "tcPr/gridSpan", 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                here[at] = span
                if merge.get(f"{W}val") != "restart" and above.get(at) != span:
                    yield "объединение по вертикали без начала"
            at += span
        above = here
        at += _number(row, "trPr/gridAfter", 0)
        if at != columns:
            yield f"в строке {at} столбцов, в таблице {columns}"


def _ranges(tree):
    """Ranges have one beginning and one end, in this order; changes have ids of their own."""
    opened, closed = Counter(), Counter()
    for each in tree.iter(etree.Element):
        name = bare(each)
        if name not in PAIRS or not each.tag.startswith(W):
            continue
        key = (name.removesuffix("Start").removesuffix("End"), each.get(f"{W}id"), _fallback(each))
        if name.endswith("Start"):
            opened[key] += 1
        else:
            if not opened[key] > closed[key]:
                yield f"{name} {key[1]} без начала"
            closed[key] += 1
    yield from (f"{key[0]} {key[1]} без конца" for key in opened if opened[key] > closed[key])
    yield from (f"{key[0]} {key[1]} повторяется" for key, count in opened.items() if count > 1)
    changes = [
        each.get(f"{W}id")
        for each in tree.iter(
            *(f"{W}{kind}" for kind in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
        )
        if not _fallback(each)
    ]
    yield from _repeated("исправление", changes)


def _fallback(element):
    return next(element.iterancestors(f"{MC}Fallback"), None) is not None


def _names(tree):
    names = [each.get(f"{W}name") for each in tree.iter(f"{W}bookmarkStart") if not _fallback(each)]
    yield from _repeated("закладка", names)
    shapes = [each.get("id") for each in tree.iter("{urn:schemas-microsoft-com:vml}shape") if each.get("id")]
    yield from _repeated("фигура", shapes)


def _controls(tree):
    """A control has an id of its own and holds what its place may hold."""
    ids = [
        each.get(f"{W}val")
        for each in tree.iter(f"{W}id")
        if not _fallback(each) and bare(each.getparent()) == "sdtPr"
    ]
    yield from _repeated("элемент управления", ids)
    for each in tree.iter(f"{W}sdtContent"):
        holder = each.getparent().getparent()
        place = bare(next(up for up in each.iterancestors() if bare(up) in HOLDS and bare(up) != "sdt"))
        inside = [bare(child) for child in each if bare(child) not in MARKS]
        if not inside:
            yield f"пустой элемент управления в {bare(holder)}"
        yield from (
            f"{child} в элементе управления внутри {place}" for child in inside if child not in HOLDS[place]
        )


def _fields(tree):
    """A field begins, may show something, and ends."""
    depth = []
    for each in tree.iter(f"{W}fldChar"):
        kind = each.get(f"{W}fldCharType")
        if kind == "begin":
            depth.append(kind)
        elif not depth or (kind == "separate" and depth[-1] != "begin"):
            yield f"поле: {kind} без начала"
        elif kind == "separate":
            depth[-1] = kind
        else:
            depth.pop()
    if depth:
        yield "поле без конца"


def _left_over(name, tree):
    for each in tree.iter(etree.Element):
        for text in (each.text or "", *each.attrib.values()):
            if LEFT.search(text):
                yield f"{name}: осталась метка «{text[:60]}»"
    for paragraph in tree.iter(f"{W}p"):
        if LEFT.search("".join(each.text or "" for each in paragraph.iter(f"{W}t"))):
            yield f"{name}: осталась метка"


def _repeated(what, values):
    return (f"{what} {value} повторяется" for value, count in Counter(values).items() if count > 1)
