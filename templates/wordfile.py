"""The parts every template is built from: page, paragraphs, tables, headers, as WordprocessingML.

All looks live in named styles; a paragraph only names its style, so staff may change a look once for the whole paper.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from looks import JUSTIFIED, NAMESPACES, PROLOG, indent, mm, styles

from flows.russian.typography import bound

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NB = "\u00a0"
MADE = (2026, 1, 1, 0, 0, 0)
CHOICE = "на выбор"  # begins every mark of `free`


def _numbered(level: int, listing: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listing}"/></w:numPr>'


def numbering() -> str:
    """Return numbering.xml: 1 points of an order, 2 dashes, 3 chapters with clauses."""

    def level(at: int, text: str, *, first: float = 0, form: str = "decimal") -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr>{indent(first=first)}</w:pPr></w:lvl>'
        )

    lists = {
        1: level(0, "%1.", first=12.5) + level(1, "%1.%2.", first=12.5) + level(2, "%1.%2.%3.", first=12.5),
        2: level(0, "–", first=12.5, form="bullet"),
        3: level(0, "%1.") + level(1, "%1.%2.", first=12.5) + level(2, "%1.%2.%3.", first=12.5),
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for at, levels in lists.items()
    )
    numbers = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in lists)
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers += "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>{restart}</w:num>' for at in AGAIN.values()
    )
    return f"{PROLOG}<w:numbering {NAMESPACES}>{abstract}{numbers}</w:numbering>"


def typography(text: str) -> str:
    """Put no-break spaces where a line must not end; tags are left alone."""
    pieces = re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", text)
    return "".join(piece if piece.startswith(("{{", "{%", "{#")) else _bound(piece) for piece in pieces)


def _bound(text: str) -> str:
    text = bound(text)
    text = re.sub(r"№ (?=\S|$)", f"№{NB}", text)
    text = re.sub(r"(?<=\S) –(?=\s)", f"{NB}–", text)
    text = re.sub(r"\b(ст\.|п\.|пп\.|ч\.) (?=[\d{])", rf"\1{NB}", text)
    return re.sub(r"(?<=[\d}]) (?=(?:г\.|гг\.|%))", NB, text)


def run(text: str) -> str:
    """Return runs for a text; `**…**` marks what is set off, `^^…^^` what is raised, a tab is a tab, a line feed is a line break."""
    made, style = [], ""
    for piece in re.split(r"(\*\*|\^\^)", typography(text)):
        if piece in RUN_STYLES:
            style = "" if style else f'<w:rPr><w:rStyle w:val="{RUN_STYLES[piece]}"/></w:rPr>'
            continue
        for kept in re.split(r"(\t|\n)", piece):
            body = {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(
                kept
            ) or f'<w:t xml:space="preserve">{escape(kept)}</w:t>'
            if kept:
                made.append(f"<w:r>{style}{body}</w:r>")
    return "".join(made)


RUN_STYLES = {"**": "Strong", "^^": "Source"}
BLANK = re.compile(r"_{12,}|\{\{(?!\s*нормы)[^{}]*пропуск\((?:[3-9]\d|\d{3,})\)|срок до \{\{[^{}]*\|дата\b")
AGAIN = {"2": 4, "3": 5}
# LibreOffice numbers one style a level; the number stands in the paragraph, so a style that keeps with the next may share it.
NUMBERED = {
    "Point": _numbered(0), "LastPoint": _numbered(0), "Subpoint": _numbered(1), "Item": _numbered(0, 2),
    "Chapter": _numbered(0, 3), "Clause": _numbered(1, 3), "LastClause": _numbered(1, 3),
}  # fmt: skip


def p(text: str, style: str = "Text") -> str:
    """Return a paragraph; «Point@2» is a point of a second list that counts from 1 again.

    A line before a long blank would be stretched, so a justified text with one keeps to the left edge.
    """
    name, _, again = style.partition("@")
    base = name.removesuffix("Left")
    name = f"{name}Left" if name in JUSTIFIED and BLANK.search(text) else name
    number = NUMBERED.get(base, "")
    if again:
        number = number.replace('w:numId w:val="1"', f'w:numId w:val="{AGAIN[again]}"')
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{number}</w:pPr>{run(text)}</w:p>'


def lines(style: str, *texts: str) -> str:
    """Return several paragraphs of one style."""
    return "".join(p(text, style) for text in texts)


def tag(statement: str) -> str:
    """Return a paragraph that holds only a statement and vanishes when the paper is made."""
    return p(f"{{%p {statement} %}}", "Tag")


def free(what: str) -> str:
    """Return a mark that no paper shows: what the organisation may choose or change in the paragraph under it."""
    return p(f"{{#p {CHOICE}: {what} #}}", "Tag")


def when(condition: str, *blocks: str) -> str:
    """Return blocks that stand in the paper only if the condition holds."""
    return tag(f"if {condition}") + "".join(blocks) + tag("endif")


def either(condition: str, yes: str, no: str) -> str:
    """Return one of two blocks."""
    return tag(f"if {condition}") + yes + tag("else") + no + tag("endif")


def each(loop: str, *blocks: str) -> str:
    """Return blocks repeated for each item, `loop` as «пара in пары»."""
    return tag(f"for {loop}") + "".join(blocks) + tag("endfor")


def _cell(width: int, content: str, span: int = 1) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'


def cells(widths: list[int], texts: list[str], style: str = "Cell") -> str:
    """Return the cells of a row; a line feed in a text starts a new paragraph, a leading `^` centres it."""
    return "".join(
        _cell(width, "".join(_cell_line(line, style) for line in text.split("\n")))
        for width, text in zip(widths, texts, strict=True)
    )


def _cell_line(line: str, style: str) -> str:
    if line.startswith("{%p "):
        return p(line, "CellTag")
    return p(line[1:], "CellCentre") if line.startswith("^") else p(line, style)


def grid(widths: list[float], head: list[str], *rows: list[str] | str) -> str:
    """Return a ruled table: widths in mm, a head repeated on each page, rows as lists of texts.

    A row that is a string is a statement of its own; «= text» is a heading across the table.
    """
    sizes = [mm(width) for width in widths]
    made = (
        [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells(sizes, head, 'CellHead')}</w:tr>"]
        if head
        else []
    )
    for row in rows:
        if isinstance(row, str) and row.startswith("= "):
            body = _cell(sum(sizes), p(row[2:], "CellHead"), len(sizes))
        elif isinstance(row, str):
            body = _cell(sum(sizes), p(f"{{%tr {row} %}}", "CellTag"), len(sizes))
        else:
            body = cells(sizes, row)
        made.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>")
    return _table("TableGrid", sizes, "".join(made))


def _table(style: str, sizes: list[int], rows: str, margins: str = "") -> str:
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    look = f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def wide_grid(width: float, head: str, rows: str) -> str:
    """Return a ruled table with as many columns as its data: `head` is a list of titles, `rows` a list of lists, as tags name them."""
    whole = mm(width)

    def line(items: str, style: str, properties: str) -> str:
        parts = [
            p(f"{{%tc for ячейка in {items} %}}", "CellTag"),
            p("{{ ячейка }}", style),
            p("{%tc endfor %}", "CellTag"),
        ]
        return (
            f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>"
            + "".join(f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{part}</w:tc>' for part in parts)
            + "</w:tr>"
        )

    def mark(statement: str) -> str:
        return f'<w:tr><w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{p(f"{{%tr {statement} %}}", "CellTag")}</w:tc></w:tr>'

    body = (
        line(head, "CellHead", "<w:tblHeader/>")
        + mark(f"for строка in {rows}")
        + line("строка", "Cell", "")
        + mark("endfor")
    )
    look = f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{whole}" w:type="dxa"/><w:tblLayout w:type="autofit"/></w:tblPr>'
    return f'<w:tbl>{look}<w:tblGrid><w:gridCol w:w="{whole}"/></w:tblGrid>{body}</w:tbl>'


FLUSH = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'


def columns(widths: list[float], *rows: list[str], style: str = "Sign", level: str = "bottom") -> str:
    """Return an unruled table: the way to set things side by side that holds however long a text grows.

    `level` is where shorter cells of a row stand: on its `bottom` line or on its `top` one.
    """
    sizes = [mm(width) for width in widths]
    # LibreOffice keeps a table with what follows only where its rows may break; `keepLines` holds them whole as well.
    whole = "" if style == "SignOn" else "<w:trPr><w:cantSplit/></w:trPr>"
    body = "".join(f"<w:tr>{whole}{_side(sizes, row, style, level)}</w:tr>" for row in rows)
    return _table("TableNormal", sizes, body, FLUSH)


def kept_columns(widths: list[float], *rows: list[str] | str) -> str:
    """Return an unruled table of which every row stays on the page of the next; a row that is a string is a statement of its own."""
    sizes = [mm(width) for width in widths]
    last = max(at for at, row in enumerate(rows) if not isinstance(row, str))
    body = ""
    for at, row in enumerate(rows):
        if isinstance(row, str):
            made = _cell(sum(sizes), p(f"{{%tr {row} %}}", "CellTag"), len(sizes))
        else:
            made = _side(sizes, row, "Sign" if at == last else "SignOn", "bottom")
        body += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"
    return _table("TableNormal", sizes, body, FLUSH)


def _side(sizes: list[int], texts: list[str], style: str, level: str) -> str:
    made = []
    for size, text in zip(sizes, texts, strict=True):
        body = "".join(
            p(line[1:], "HintOn" if style == "SignOn" else "Hint") if line.startswith("^") else p(line, style)
            for line in text.split("\n")
        )
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/><w:vAlign w:val="{level}"/></w:tcPr>{body}</w:tc>'
        )
    return "".join(made)


@dataclass(frozen=True)
class Page:
    """Margins in mm (left, right, top, bottom), direction, body size in points, and whether a draft says so."""

    margins: tuple[float, float, float, float] = (30, 10, 20, 20)
    landscape: bool = False
    size: float = 13
    marked: bool = True
    running: bool = True

    @property
    def width(self) -> float:
        """Return the width of the text in mm."""
        return (297 if self.landscape else 210) - self.margins[0] - self.margins[1]


@dataclass(frozen=True)
class Paper:
    """A template: blocks of its body on a page."""

    blocks: tuple[str, ...]
    page: Page = field(default_factory=Page)

    def members(self) -> dict[str, bytes]:
        """Return the members of the .docx."""
        texts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                ("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")
            ).replace(
                "</Relationships>",
                f'<Relationship Id="rId9" Type="{CORE_RELATION}" Target="docProps/core.xml"/></Relationships>',
            ),
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
            "word/document.xml": self._document(),
            "word/styles.xml": styles(self.page.size, self.page.width, "".join(self.blocks)),
            "word/numbering.xml": numbering(),
            "word/settings.xml": SETTINGS,
            "word/header1.xml": _header(self._mark(first=True)),
            "word/header2.xml": _header(self._mark(first=False)),
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("settings", "settings.xml"),
                ("header", "header1.xml"),
                ("header", "header2.xml"),
            ),
        }
        return {name: text.encode() for name, text in texts.items()}

    def content(self) -> bytes:
        """Return the bytes of the .docx, the same each time."""
        told = io.BytesIO()
        with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
            for name, content in self.members().items():
                entry = zipfile.ZipInfo(name, MADE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, content)
        return told.getvalue()

    def _mark(self, *, first: bool) -> str:
        draft = (
            run(
                "{% if документ.проект %}ПРОЕКТ{% if документ.черновик %} {{ документ.черновик }}{% endif %}{% endif %}"
            )
            if self.page.marked
            else ""
        )
        number = PAGE_FIELD if self.page.running and not first else ""
        tab = "<w:r><w:tab/></w:r>"
        return f'<w:p><w:pPr><w:pStyle w:val="Running"/></w:pPr>{tab}{number}{tab}{draft}</w:p>'

    def _document(self) -> str:
        left, right, top, bottom = map(mm, self.page.margins)
        width, height = (mm(297), mm(210)) if self.page.landscape else (mm(210), mm(297))
        turned = ' w:orient="landscape"' if self.page.landscape else ""
        section = (
            f'<w:sectPr><w:headerReference w:type="first" r:id="rId4"/><w:headerReference w:type="default" r:id="rId5"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{mm(9)}" w:footer="{mm(9)}" w:gutter="0"/><w:titlePg/></w:sectPr>'
        )
        return (
            f"{PROLOG}<w:document {NAMESPACES}><w:body>{''.join(self.blocks)}{section}</w:body></w:document>"
        )


CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CORE = (
    f"{PROLOG}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{{ документ.заголовок }}</dc:title><dc:creator>{{ организация.краткое.им }}</dc:creator><dc:language>ru-RU</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)
APP = f'{PROLOG}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Office Word</Application></Properties>'
SETTINGS = (
    f'{PROLOG}<w:settings {NAMESPACES}><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="ru-RU"/></w:settings>'
)


PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _header(body: str) -> str:
    return f"{PROLOG}<w:hdr {NAMESPACES}>{body}</w:hdr>"


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{PROLOG}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def _content_types() -> str:
    overrides = {
        "/word/document.xml": f"{CONTENT}.document.main+xml",
        "/word/header1.xml": f"{CONTENT}.header+xml",
        "/word/header2.xml": f"{CONTENT}.header+xml",
    }
    overrides |= {
        f"/word/{part}.xml": f"{CONTENT}.{part}+xml" for part in ("styles", "numbering", "settings")
    }
    overrides |= {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    listed = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    return (
        f'{PROLOG}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )
