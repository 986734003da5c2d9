"""The smallest workbook that office programs open without a murmur."""

from __future__ import annotations

from html import escape

from flows.office.package import build

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_TYPES = f"""<Types xmlns="{_PKG}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETML}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_SHEETML}.styles+xml"/>\
<Override PartName="/docProps/custom.xml" \
ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>"""
_ROOT_RELS = f"""<Relationships xmlns="{_PKG}/relationships">\
<Relationship Id="rId1" Type="{_DOC}/relationships/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{_DOC}/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>"""
_BOOK = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}/relationships"><bookViews><workbookView/></bookViews>\
<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_BOOK_RELS = f"""<Relationships xmlns="{_PKG}/relationships">\
<Relationship Id="rId1" Type="{_DOC}/relationships/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_DOC}/relationships/styles" Target="styles.xml"/></Relationships>"""
SHEET = f'<worksheet xmlns="{_MAIN}" xmlns:r="{_DOC}/relationships"><sheetData/></worksheet>'
STYLES = f"""<styleSheet xmlns="{_MAIN}">\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def _custom(file_id: str) -> str:
    kind = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    return (
        f'<Properties xmlns="{_DOC}/custom-properties" xmlns:vt="{_DOC}/docPropsVTypes">'
        f'<property fmtid="{kind}" pid="2" name="nastavnik.id"><vt:lpwstr>{escape(file_id)}</vt:lpwstr></property></Properties>'
    )


def workbook(file_id: str) -> bytes:
    """Build a workbook with one empty sheet `Sheet1`, carrying its file id inside."""
    texts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELS,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _BOOK_RELS,
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/styles.xml": STYLES,
        "docProps/custom.xml": _custom(file_id),
    }
    return build({name: (_HEAD + text).encode() for name, text in texts.items()})
