"""Elements of a Word file by what they need: which end with a paragraph, carry an id, begin or end a range (ECMA-376, 17)."""

from __future__ import annotations

from flows.papers.package import W

PARAGRAPH, FIELD, CONTENT, MERGED = f"{W}p", f"{W}fldChar", f"{W}sdtContent", f"{W}vMerge"
DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
VML = "{urn:schemas-microsoft-com:vml}"
OWN_SHAPE = "{urn:schemas-microsoft-com:office:office}spid"


def _named(told: str) -> frozenset[str]:
    return frozenset(f"{W}{name}" for name in told.split())


ENDING = _named("tc hdr ftr txbxContent footnote endnote")
BLOCKS = _named("p tbl sdt customXml altChunk")
LOOKS = _named("tblPr tblGrid tblPrEx trPr tcPr sdtPr sdtEndPr pPr rPr")
STARTS = _named(
    "bookmarkStart moveFromRangeStart moveToRangeStart commentRangeStart permStart customXmlInsRangeStart "
    "customXmlDelRangeStart customXmlMoveFromRangeStart customXmlMoveToRangeStart"
)
ENDS = frozenset(f"{name.removesuffix('Start')}End" for name in STARTS)
RANGES = STARTS | ENDS
CHANGES = _named(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange tblGridChange "
    "numberingChange cellIns cellDel cellMerge"
)
SHAPES = frozenset(
    f"{VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "line", "group", "image")
)
NOTES = _named("footnoteReference endnoteReference")
NUMBERED = CHANGES | SHAPES | NOTES | {DOCPR, f"{W}id"}
# Where a condition may begin in one element and end in the next of its kind, both in one paragraph.
INLINE = _named("t r hyperlink ins sdtContent sdt smartTag fldSimple del moveTo moveFrom p")
