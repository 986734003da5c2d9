"""The named looks of every template: styles.xml is made of this table and nothing else."""

from __future__ import annotations

import re

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FONT = "Times New Roman"
TWIPS = 1440 / 25.4


def mm(length: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(length * TWIPS)


CENTRE, RIGHT, LEFT, BOTH = (f'<w:jc w:val="{each}"/>' for each in ("center", "right", "left", "both"))
BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/>"


def size_of(points: float) -> str:
    """Return run properties for a size in points."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def space(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Return spacing before and after in points; `line` in 240ths of a line."""
    rule = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{rule}/>'


def indent(left: float = 0, first: float = 0, hanging: float = 0, right: float = 0) -> str:
    """Return indents in mm."""
    third = f' w:hanging="{mm(hanging)}"' if hanging else f' w:firstLine="{mm(first)}"'
    return f'<w:ind w:left="{mm(left)}" w:right="{mm(right)}"{third}/>'


WIDE, FROM_THE_RIGHT = 200, 88
ANNEX = '<w:ind w:left="@annex@" w:right="0" w:firstLine="0"/>'

# (id, name as Word shows it, based on, paragraph properties, run properties); sizes between @ depend on the paper's body.
STYLES: tuple[tuple[str, str, str, str, str], ...] = (
    ("Org", "Организация", "Normal", f"{KEEP}{space(0, 0)}{CENTRE}", ""),
    (
        "OrgName",
        "Организация, название",
        "Org",
        f'{KEEP}<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="auto"/></w:pBdr>{space(0, 12)}{CENTRE}',
        BOLD,
    ),
    (
        "Doc",
        "Вид документа",
        "Normal",
        f"{KEEP}{space(0, 10)}{CENTRE}",
        f'{BOLD}<w:spacing w:val="40"/>@larger@',
    ),
    ("Requisites", "Реквизиты", "Normal", f"{KEEP}{space(0, 4)}{LEFT}", ""),
    ("Subject", "Заголовок к тексту", "Normal", f"{KEEP}{space(8, 12)}{indent(right=60)}{LEFT}", BOLD),
    ("Heading", "Заголовок документа", "Normal", f"{KEEP}{space(6, 10)}{CENTRE}", BOLD),
    (
        "Section",
        "Заголовок раздела",
        "Normal",
        f'{KEEP}{space(10, 6)}{CENTRE}<w:outlineLvl w:val="0"/>',
        BOLD,
    ),
    ("Text", "Текст", "Normal", f"{space(0, 6, 264)}{indent(first=12.5)}{BOTH}", ""),
    ("Flush", "Текст без отступа", "Normal", f"{space(0, 6, 264)}{LEFT}", ""),
    ("TextLeft", "Текст, левый край", "Normal", f"{space(0, 6, 264)}{indent(first=12.5)}{LEFT}", ""),
    ("Order", "Приказываю", "Normal", f"{KEEP}{space(4, 8)}{LEFT}", f'{BOLD}<w:spacing w:val="20"/>'),
    ("Point", "Пункт", "Normal", f"{space(0, 4, 264)}{BOTH}", ""),
    ("Subpoint", "Подпункт", "Normal", f"{space(0, 4, 264)}{BOTH}", ""),
    ("LastPoint", "Пункт перед подписью", "Normal", f"{KEEP}{space(0, 4, 264)}{BOTH}", ""),
    ("LastText", "Текст перед подписью", "Normal", f"{KEEP}{space(8, 6, 264)}{indent(first=12.5)}{BOTH}", ""),
    ("LastClause", "Пункт раздела перед подписью", "Normal", f"{KEEP}{space(0, 4, 264)}{BOTH}", ""),
    ("Item", "Перечень", "Normal", f"{space(0, 3, 264)}{BOTH}", ""),
    ("Clause", "Пункт раздела", "Normal", f"{space(0, 4, 264)}{BOTH}", ""),
    ("Chapter", "Раздел с номером", "Section", f"{KEEP}{space(12, 6)}{CENTRE}", BOLD),
    ("Sign", "Подпись", "Normal", f"<w:keepLines/>{space(6, 0)}{LEFT}", ""),
    ("SignOn", "Подпись, за которой ещё одна", "Normal", f"{KEEP}<w:keepLines/>{space(6, 0)}{LEFT}", ""),
    ("StampLine", "Гриф, строка", "Normal", f"{space(0, 2)}{LEFT}", "@near@"),
    ("PenLine", "Строка от руки", "Normal", f"{space(3, 3)}{LEFT}", ""),
    ("Figure", "Рисунок", "Normal", f"{KEEP}{space(8, 2)}{CENTRE}", ""),
    ("FigureTitle", "Название рисунка", "Normal", f"{space(0, 8)}{CENTRE}", "@near@"),
    ("Performer", "Исполнитель", "Normal", f"{KEEP}<w:keepLines/>{space(14, 0)}{LEFT}", size_of(10)),
    ("Small", "Мелкий текст", "Normal", f"{space(0, 4)}{BOTH}", "@small@"),
    ("Hint", "Подстрочник", "Normal", f"{space(0, 0)}{CENTRE}", size_of(9)),
    ("HintOn", "Подстрочник подписи, за которой ещё одна", "Hint", KEEP, ""),
    ("Addressee", "Адресат", "Normal", f"{space(0, 2)}{indent(left=85)}{LEFT}", ""),
    ("Stamp", "Гриф", "Normal", f"{space(0, 2)}{indent(left=82)}{LEFT}", "@near@"),
    (
        "Annex",
        "Приложение",
        "Normal",
        f"<w:keepNext/><w:pageBreakBefore/>{space(0, 0)}{ANNEX}{LEFT}",
        "@near@",
    ),
    ("AnnexTop", "Приложение, гриф первого листа", "Normal", f"{KEEP}{space(0, 0)}{ANNEX}{LEFT}", "@near@"),
    ("AnnexMore", "Приложение, продолжение", "Normal", f"{KEEP}{space(0, 0)}{ANNEX}{LEFT}", "@near@"),
    ("Cell", "Таблица", "Normal", f"{space(1, 1)}{LEFT}", "@small@"),
    ("CellCentre", "Таблица по центру", "Cell", f"{space(1, 1)}{CENTRE}", "@small@"),
    ("CellHead", "Таблица, шапка", "Cell", f"{KEEP}{space(2, 2)}{CENTRE}", f"{BOLD}@small@"),
    ("Caption", "Название таблицы", "Normal", f"{KEEP}{space(8, 3)}{LEFT}", "@near@"),
    ("Lead", "Строка перед таблицей", "Normal", f"{KEEP}{space(14, 4)}{LEFT}", ""),
    ("After", "Строка после таблицы", "Normal", f"{space(8, 4)}{LEFT}", ""),
    ("Gap", "Просвет", "Normal", f"{KEEP}{space(0, 0)}{LEFT}", "@body@"),
    ("Running", "Колонтитул", "Normal", f"@tabs@{space(0, 0)}{LEFT}", size_of(11)),
    ("Tag", "Служебная метка", "Normal", f"{space(0, 0)}{LEFT}", f'<w:color w:val="808080"/>{size_of(8)}'),
    (
        "CellTag",
        "Служебная метка в таблице",
        "Normal",
        f"{space(0, 0)}{LEFT}",
        f'<w:color w:val="808080"/>{size_of(8)}',
    ),
)
# Texts that reach from edge to edge; each has a twin at the left edge for a paragraph with a long blank.
JUSTIFIED = frozenset(each[0] for each in STYLES if BOTH in each[3])
LEFTWARD = tuple(
    (f"{key}Left", f"{name}, левый край", key, paragraph.replace(BOTH, LEFT), run)
    for key, name, _, paragraph, run in STYLES
    if key in JUSTIFIED and key != "Text"
)
PROPERTIES = (
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
)


def _ordered(properties: str) -> str:
    """Put paragraph properties in the order the schema asks for."""
    whole = [
        found[0]
        for found in re.finditer(r"<w:(\w+)(?:\s[^<>]*)?/>|<w:(numPr|pBdr|tabs)>.*?</w:\2>", properties)
    ]
    keyed = {re.match(r"<w:(\w+)", each)[1]: each for each in whole}
    keyed |= {"tabs": "@tabs@"} if "@tabs@" in properties else {}
    return "".join(keyed[name] for name in PROPERTIES if name in keyed)


def styles(size: float, width: float, body: str = "") -> str:
    """Return styles.xml for a body of `size` points, `width` mm wide: every common look, and of the twins those that `body` names."""
    small = min(size, 12) - 1
    sizes = {
        "@body@": size_of(size),
        "@larger@": size_of(size + 2),
        "@small@": size_of(small),
        "@near@": size_of(small + 1),
        "@tabs@": tabs(width),
        "@annex@": str(mm(width - FROM_THE_RIGHT if width > WIDE else 82)),
    }
    named = [each for each in LEFTWARD if f'w:pStyle w:val="{each[0]}"' in body]
    made = "".join(_style(*each) for each in (*STYLES, *named))
    for name, value in sizes.items():
        made = made.replace(name, value)
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size_of(size)}"
        '<w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    raised = SOURCE if 'w:rStyle w:val="Source"' in body else ""
    return f"{PROLOG}<w:styles {NAMESPACES}>{defaults}{BUILT_IN}{raised}{made}</w:styles>"


def tabs(width: float) -> str:
    """Return a tab stop at the middle and one at the right edge of a text `width` mm wide."""
    return f'<w:tabs><w:tab w:val="center" w:pos="{mm(width / 2)}"/><w:tab w:val="right" w:pos="{mm(width)}"/></w:tabs>'


def _style(key: str, name: str, base: str, paragraph: str, run: str) -> str:
    looks = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:qFormat/>'
        f"<w:pPr>{_ordered(paragraph)}</w:pPr>{looks}</w:style>"
    )


BUILT_IN = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="Strong"><w:name w:val="Выделение"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
)
SOURCE = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="Source"><w:name w:val="Номер источника"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
