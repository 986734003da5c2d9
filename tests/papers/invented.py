"""Word templates made up from a seed: tags wherever staff may put them, in files as Word, its kin and strangers' tools save them.

A template is sound before it is filled (the walker says so); what `words` give it is what tests of papers print.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from contextlib import contextmanager

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture", "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006", "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}  # fmt: skip
NS = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMES.items()) + ' mc:Ignorable="w14"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
RETYPED = re.compile(r"<w:rPrChange .*?</w:rPrChange>")
LOOKS = (
    "<w:b/>",
    '<w:sz w:val="24"/>',
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:lang w:val="ru-RU"/>',
    "",
)
VALUES = ("имя", "пусто", "строки", "таб", "знаки", "края", "число", "длинное")
LISTS, FLAGS = ("люди", "никто", "один"), ("да", "нет", "люди", "никто")
DEPTH = 3
# What no paper is printed from, and where the refusal says it stands.
REFUSED = {
    "a deleted tag": ('<w:del w:id="99" w:author="а"><w:r><w:delText>{{ имя }}</w:delText></w:r></w:del>', "абзац"),
    "a picture in a field": ("<w:r><w:instrText>{{ имя|картинка }}</w:instrText></w:r>", "абзац"),
    "a minus within words": ("<w:r><w:t>слова {%- if да %}да{% endif %}</w:t></w:r>", "абзац"),
    "half a tag in a change": (
        '<w:ins w:id="98" w:author="а"><w:r><w:t>{{ и</w:t></w:r></w:ins><w:r><w:t>мя }}</w:t></w:r>', "абзац",
    ),
    "a tag in an address": ("", "абзац"),
}  # fmt: skip


def words():
    """What the templates are filled with: values with breaks, tabs, signs of XML, nothing; lists of two, one and none."""
    person = [
        {
            "имя": f"Имя {at}",
            "текст": text,
            "свой": at == 1,
            "дела": [f"дело {at}.{each}" for each in range(at)],
        }
        for at, text in enumerate(("обычный", 'с <знаками> & "кавычками"', "в две\nстроки\tс табуляцией"))
    ]
    return {
        "имя": "Белова Дарья", "пусто": "", "строки": "первая\nвторая\nтретья", "таб": "до\tпосле", "знаки": "<а & 'б'>]]>",
        "края": "  края  ", "число": 12, "длинное": "Слово " * 40, "да": True, "нет": False, "люди": person, "никто": [],
        "один": person[2:],
    }  # fmt: skip


class Template:
    """One made-up template: `data`, the same as docxtpl reads it best, `usual`, and what was put into it, `holds`.

    `most` asks for a small one: so many blocks, or one table.
    """

    def __init__(self, seed, most=None):
        self.luck = random.Random(seed)
        self.ids, self.holds, self.scope = 100, set(), []
        self.notes, self.remarks, self.links = [], [], []
        self.retyped = True
        self.part, self.boxed = "document", False
        self.main = "word/document2.xml" if self.chance(0.15) else "word/document.xml"
        self.pretty, self.modern = self.chance(0.15), self.chance(0.4)
        self.prefix = "ns0" if self.chance(0.06) else "w"
        self.depth = 1
        if most and self.chance(0.5):
            body = self.table()
        else:
            body = "".join(self.block(0) for _ in range(most or self.luck.randint(3, 7)))
        self.refused = "" if most or not self.chance(0.03) else self.luck.choice(tuple(REFUSED))
        self.body = (
            f"{body}{self.unfit()}"
            '<w:sectPr><w:headerReference w:type="default" r:id="rIdHead"/><w:footerReference w:type="default" r:id="rIdFoot"/></w:sectPr>'
        )
        self.margins = {}
        for self.part in ("header1", "footer1"):
            self.margins[self.part] = "".join(
                self.block(1 if most is None else DEPTH) for _ in range(self.luck.randint(1, most or 2))
            )
        self.data = self._packed()
        # The same template in the only spelling that docxtpl reads without losing words.
        self.main, self.pretty, self.prefix = "word/document.xml", False, "w"
        self.retyped = False
        self.usual = self._packed()

    def chance(self, share):
        return self.luck.random() < share

    def some(self, *makers):
        """Take one of the makers and note its name."""
        maker = self.luck.choice(makers)
        self.holds.add(maker.__name__.strip("_"))
        return maker

    def next(self):
        self.ids += 1
        return self.ids

    def unfit(self):
        """A paragraph with what templates may not hold, where this template has something of the kind."""
        if self.refused == "a tag in an address":
            self.links.append("https://sad.example.org/{{ имя }}")
            return self.paragraph(
                f'<w:hyperlink r:id="rIdLink{len(self.links)}">{self.plain()}</w:hyperlink>'
            )
        return self.paragraph(REFUSED[self.refused][0]) if self.refused else ""

    # --- words -----------------------------------------------------------------------------------------------

    def value(self):
        """A tag that prints something."""
        if self.scope and self.chance(0.6):
            name, kind = self.luck.choice(self.scope)
            return (
                f"{{{{ {name}.{self.luck.choice(('имя', 'текст'))} }}}}"
                if kind == "person"
                else f"{{{{ {name} }}}}"
            )
        return f"{{{{ {self.luck.choice(VALUES)} }}}}"

    def condition(self):
        people = [name for name, kind in self.scope if kind == "person"]
        if people and self.chance(0.5):
            return f"{self.luck.choice(people)}.свой"
        if self.scope and self.chance(0.3):
            return self.luck.choice(("loop.first", "loop.last", "not loop.first"))
        return self.luck.choice(FLAGS) if self.chance(0.7) else f"not {self.luck.choice(FLAGS)}"

    @contextmanager
    def going(self):
        """A loop's opening tag, its variable known within."""
        people = [name for name, kind in self.scope if kind == "person"]
        name = f"{'абвгд'[len(self.scope)]}{len(self.scope)}"
        if people and self.chance(0.6):
            told, kind = f"for {name} in {people[-1]}.дела", "text"
        else:
            told, kind = f"for {name} in {self.luck.choice(LISTS)}", "person"
        self.scope.append((name, kind))
        yield told
        self.scope.pop()

    @contextmanager
    def going_or_not(self):
        """A loop's two tags or a condition's."""
        if self.chance(0.5):
            with self.going() as told:
                yield told, "endfor"
        else:
            yield f"if {self.condition()}", "endif"

    # --- in a line -------------------------------------------------------------------------------------------

    def run(self, text, looks=None, *, whole=False):
        """A run, or the same text cut over several as Word cuts it."""
        looks = self.luck.choice(LOOKS) if looks is None else looks
        if self.chance(0.08):
            self.holds.add("rPrChange")
            looks += f'<w:rPrChange w:id="{self.next()}" w:author="а"><w:rPr><w:i/></w:rPr></w:rPrChange>'
            whole = True
        cuts = (
            sorted(self.luck.sample(range(1, len(text)), 2))
            if len(text) > 4 and not whole and self.chance(0.35)
            else []
        )
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        between = self.luck.choice(('<w:proofErr w:type="spellStart"/>', ""))
        return between.join(
            f'<w:r w:rsidR="00AB12{at:02}">{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t{_space(each)}>{_spelt(each)}</w:t></w:r>'
            for at, each in enumerate(pieces)
        )

    def told(self):
        return self.run(f"Слова {self.value()} дальше")

    def plain(self):
        return self.run(self.luck.choice(("Просто слова", "Ещё слова. ", " с краю")))

    def inline_if(self):
        other = "{% else %}иначе" if self.chance(0.4) else ""
        return self.run(f"{{% if {self.condition()} %}}да {self.value()}{other}{{% endif %}} после")

    def inline_for(self):
        with self.going() as told:
            return self.run(f"{{% {told} %}}{self.value()}, {{% endfor %}}конец")

    def over_runs(self):
        """A condition that begins in one run and ends in another, a line break between."""
        return f"{self.run(f'{{% if {self.condition()} %}}а', whole=True)}<w:r><w:br/></w:r>{self.run('б{% endif %}в', whole=True)}"

    def run_tag(self):
        return (
            self.run(f"{{%r if {self.condition()} %}}", whole=True)
            + self.told()
            + self.run("{%r endif %}", whole=True)
        )

    def bookmark(self):
        at = self.next()
        return (
            f'<w:bookmarkStart w:id="{at}" w:name="закладка{at}"/>{self.told()}<w:bookmarkEnd w:id="{at}"/>'
        )

    def to_bookmark(self):
        return self.bookmark() + f'<w:hyperlink w:anchor="закладка{self.ids}">{self.plain()}</w:hyperlink>'

    def hyperlink(self):
        if self.part != "document":
            return self.told()
        self.links.append(self.luck.choice(("https://sad.example.org/", "mailto:sad@example.org")))
        return f'<w:hyperlink r:id="rIdLink{len(self.links)}">{self.told()}</w:hyperlink>'

    def inserted(self):
        return f'<w:ins w:id="{self.next()}" w:author="а" w:date="2026-09-01T00:00:00Z">{self.told()}</w:ins>'

    def deleted(self):
        return f'<w:del w:id="{self.next()}" w:author="а"><w:r><w:delText xml:space="preserve">снято </w:delText></w:r></w:del>'

    def remark(self):
        if self.part != "document":
            return self.told()
        at = len(self.remarks)
        self.remarks.append(at)
        mark = f'<w:r><w:commentReference w:id="{at}"/></w:r>'
        return f'<w:commentRangeStart w:id="{at}"/>{self.told()}<w:commentRangeEnd w:id="{at}"/>{mark}'

    def control(self):
        inside = self.some(self.told, self.run_tag, self.plain)()
        return self._control(inside)

    def _control(self, inside, looks=""):
        return f'<w:sdt><w:sdtPr><w:id w:val="{self.next()}"/>{looks}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'

    def field(self):
        marks = {
            kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
        }
        instruction = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        return marks["begin"] + instruction + marks["separate"] + self.run("1") + marks["end"]

    def footnote(self):
        if self.part != "document":
            return self.plain()
        scope, self.scope, self.part = self.scope, [], "footnotes"
        text = "".join(self.block(DEPTH) for _ in range(self.luck.randint(1, 2)))
        self.scope, self.part = scope, "document"
        self.notes.append(text)
        return f'{self.plain()}<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'

    def box(self):
        if self.part == "footnotes" or self.boxed:
            return self.plain()
        at, self.boxed = self.next(), True
        inside = "".join(self.block(DEPTH) for _ in range(self.luck.randint(1, 2)))
        self.boxed = False
        drawn = (
            f'<w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr id="{at}" name="Надпись {at}"/><a:graphic><a:graphicData uri="{NAMES["wps"]}">'
            f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        old = f'<w:pict><v:shape id="_x0000_s{at}" style="width:90pt;height:30pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>'
        return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>{self.told()}'

    def picture(self):
        at = self.next()
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="90000" cy="90000"/><wp:docPr id="{at}" name="Рисунок {at}"/><a:graphic><a:graphicData uri="{NAMES["pic"]}"><pic:pic>'
            '<pic:nvPicPr><pic:cNvPr id="1" name="а"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture"/></pic:blipFill>'
            '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="90000" cy="90000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )

    # --- paragraphs ------------------------------------------------------------------------------------------

    def paragraph(self, *pieces, looks=""):
        pieces = pieces or tuple(
            self.some(
                self.told, self.told, self.plain, self.inline_if, self.inline_for, self.over_runs, self.run_tag, self.bookmark,
                self.to_bookmark, self.hyperlink, self.inserted, self.deleted, self.remark, self.control, self.field, self.footnote, self.box,
                self.picture,
            )()
            for _ in range(self.luck.randint(1, 2))
        )  # fmt: skip
        if not looks and self.chance(0.2):
            self.holds.add("list")
            looks = f'<w:numPr><w:ilvl w:val="{self.luck.randint(0, 1)}"/><w:numId w:val="{self.luck.randint(1, 3)}"/></w:numPr>'
        elif not looks and self.chance(0.3):
            looks = self.luck.choice(('<w:pStyle w:val="Wide"/>', '<w:jc w:val="both"/>'))
        named = f' w14:paraId="{self.next():08X}" w14:textId="77777777"' if self.modern else ""
        return f"<w:p{named}>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{''.join(pieces)}</w:p>"

    def tag(self, text):
        """A tag that takes its paragraph away."""
        return self.paragraph(self.run(text, ""), looks='<w:jc w:val="left"/>')

    def block(self, depth):
        """A paragraph, or at little depth anything made of several."""
        if depth >= DEPTH:
            return self.some(self.paragraph, self.whole_condition)()
        maker = self.some(
            self.paragraph, self.paragraph, self.whole_condition, self.whole_loop, self.two_branches, self.table, self.block_control, self.astride,
        )  # fmt: skip
        self.depth = depth + 1
        return maker()

    def _inside(self):
        depth = self.depth
        told = "".join(self.block(depth) for _ in range(self.luck.randint(1, 2)))
        self.depth = depth
        return told

    def whole_condition(self):
        return self.tag(f"{{%p if {self.condition()} %}}") + self.paragraph() + self.tag("{%p endif %}")

    def two_branches(self):
        first, other = self._inside(), self._inside()
        return (
            self.tag(f"{{%p if {self.condition()} %}}")
            + first
            + self.tag("{%p else %}")
            + other
            + self.tag("{%p endif %}")
        )

    def whole_loop(self):
        with self.going() as told:
            inside = self._inside()
        return self.tag(f"{{%p {told} %}}") + inside + self.tag("{%p endfor %}")

    def block_control(self):
        return self._control(self._inside()) + self.paragraph()

    def astride(self):
        """A bookmark that begins within a condition or a loop and ends after it."""
        at = self.next()
        start, end = f'<w:bookmarkStart w:id="{at}" w:name="через{at}"/>', f'<w:bookmarkEnd w:id="{at}"/>'
        begun, ended = (start, end) if self.chance(0.5) else ("", "")
        with self.going_or_not() as (opening, closing):
            inside = self.paragraph(begun or start, self.told(), "" if begun else end)
        return (
            self.tag(f"{{%p {opening} %}}")
            + inside
            + self.tag(f"{{%p {closing} %}}")
            + self.paragraph(self.plain(), ended)
        )

    # --- tables ----------------------------------------------------------------------------------------------

    def cell(self, inside=None, looks="", span=1):
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if inside is None:
            inside = self.some(
                self._lines, self._lines, self._maybe, self._many, self._nested, self._looked
            )()
        if inside.startswith("{"):
            inside = self.paragraph(self.run(inside, whole=True))
        return f'<w:tc><w:tcPr><w:tcW w:w="{span * 1000}" w:type="dxa"/>{wide}{looks}</w:tcPr>{inside}</w:tc>'

    def _lines(self):
        return "".join(self.paragraph() for _ in range(self.luck.randint(1, 2)))

    def _maybe(self):
        """A cell that holds nothing but what a condition may take away."""
        return self.whole_condition()

    def _many(self):
        with self.going() as told:
            return self.tag(f"{{%p {told} %}}") + self.paragraph() + self.tag("{%p endfor %}")

    def _nested(self):
        """A table in a cell; what stands after it may go."""
        return (
            self._table([self.row([self.cell(self.paragraph(self.told())) for _ in range(2)])], 2)
            + self.whole_condition()
        )

    def _looked(self):
        return self.paragraph(
            self.run(f"{{% cellbg 'FFEE00' %}}{self.value()}", "", whole=True), looks='<w:jc w:val="left"/>'
        )

    def row(self, cells):
        inside = "".join(cells)
        return f"<w:tr>{inside}</w:tr>"

    def line_of(self, columns):
        """A row of as many columns: plain cells, one over two, one in a control, edges left free."""
        kind = self.luck.random()
        if kind < 0.12 and columns > 2:
            return self.row([self.cell(span=2), *(self.cell() for _ in range(columns - 2))])
        if kind < 0.24:
            self.holds.add("control round a cell")
            return self.row([*(self.cell() for _ in range(columns - 1)), self._control(self.cell())])
        if kind < 0.32 and columns > 1:
            cells = "".join(self.cell() for _ in range(columns - 1))
            return f'<w:tr><w:trPr><w:gridBefore w:val="1"/><w:wBefore w:w="1000" w:type="dxa"/></w:trPr>{cells}</w:tr>'
        if kind < 0.38:
            self.holds.add("control round a row")
            return self._control(self.row([self.cell() for _ in range(columns)]))
        return self.row([self.cell() for _ in range(columns)])

    def tag_row(self, text, columns, looks=""):
        rest = [self.cell(self.paragraph("", looks='<w:jc w:val="left"/>')) for _ in range(columns - 1)]
        return self.row([self.cell(self.tag(text), looks), *rest])

    def _rows(self, columns):
        kind = self.luck.random()
        if kind < 0.3:
            with self.going() as told:
                inside = "".join(self.line_of(columns) for _ in range(self.luck.randint(1, 2)))
            return (
                self.tag_row(f"{{%tr {told} %}}", columns) + inside + self.tag_row("{%tr endfor %}", columns)
            )
        if kind < 0.5:
            inside = self.line_of(columns)
            return (
                self.tag_row(f"{{%tr if {self.condition()} %}}", columns)
                + inside
                + self.tag_row("{%tr endif %}", columns)
            )
        if kind < 0.6:
            return self._merged(columns)
        if kind < 0.66:
            return self._gathered(columns)
        return self.line_of(columns)

    def _merged(self, columns):
        """A vertical merge whose beginning a condition may take away."""
        self.holds.add("merged down")
        rest = [[self.cell() for _ in range(columns - 1)] for _ in range(2)]
        begun = self.row([self.cell(self.paragraph(self.told()), '<w:vMerge w:val="restart"/>'), *rest[0]])
        going = self.row([self.cell(self.paragraph(self.plain()), "<w:vMerge/>"), *rest[1]])
        if self.chance(0.5):
            return (
                self.tag_row(f"{{%tr if {self.condition()} %}}", columns)
                + begun
                + self.tag_row("{%tr endif %}", columns, "<w:vMerge/>")
                + going
            )
        return begun + going

    def _gathered(self, columns):
        """A first column of a loop gathered into one cell."""
        self.holds.add("vm")
        with self.going() as told:
            first = self.cell(
                self.paragraph(self.run("{% vm %}Группа", "", whole=True), looks='<w:jc w:val="left"/>')
            )
            inside = self.row([first, *(self.cell() for _ in range(columns - 1))])
        return self.tag_row(f"{{%tr {told} %}}", columns) + inside + self.tag_row("{%tr endfor %}", columns)

    def _columns(self):
        """A table whose columns a loop or a condition makes."""
        self.holds.add("columns")
        with self.going_or_not() as pair:
            rows, lone = [], self.chance(0.6)
            for _ in range(2):
                first = [self.cell(self.paragraph(self.plain()))] if lone else []
                text = self.paragraph(self.run(self.value(), "", whole=True), looks='<w:jc w:val="left"/>')
                rows.append(
                    self.row(
                        [
                            *first,
                            self.cell(self.tag(f"{{%tc {pair[0]} %}}")),
                            self.cell(text),
                            self.cell(self.tag(f"{{%tc {pair[1]} %}}")),
                        ]
                    )
                )
        return self._table(rows, 3 + lone)

    def _table(self, rows, columns):
        grid = '<w:gridCol w:w="1000"/>' * columns
        return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'

    def table(self):
        if self.chance(0.15):
            return self._columns() + self.paragraph()
        columns = self.luck.randint(1, 4)
        head = (
            [self.row([self.cell(self.paragraph(self.plain())) for _ in range(columns)])]
            if self.chance(0.6)
            else []
        )
        return (
            self._table([*head, *(self._rows(columns) for _ in range(self.luck.randint(1, 3)))], columns)
            + self.paragraph()
        )

    # --- the file --------------------------------------------------------------------------------------------

    def _part(self, name, inside):
        told = f"<w:{name} {NS}>{inside}</w:{name}>"
        told = told if self.retyped else RETYPED.sub("", told)
        if self.pretty:
            told = told.replace("><", ">\n  <")
        if self.prefix != "w":
            told = (
                told.replace("<w:", f"<{self.prefix}:")
                .replace("</w:", f"</{self.prefix}:")
                .replace(" w:", f" {self.prefix}:")
            )
            told = told.replace("xmlns:w=", f"xmlns:{self.prefix}=")
        return HEAD + told

    def _packed(self):
        file = self.main.rpartition("/")[2]
        parts = {
            f"word/{file}": ("document.main", self._part("document", f"<w:body>{self.body}</w:body>")),
            "word/header1.xml": ("header", self._part("hdr", self.margins["header1"])),
            "word/footer1.xml": ("footer", self._part("ftr", self.margins["footer1"])),
            "word/styles.xml": ("styles", HEAD + STYLES), "word/numbering.xml": ("numbering", HEAD + NUMBERING),
            "word/settings.xml": ("settings", HEAD + f"<w:settings {NS}/>"),
        }  # fmt: skip
        ties = [("Head", "header", "header1.xml"), ("Foot", "footer", "footer1.xml"), ("Styles", "styles", "styles.xml"),
                ("Numbering", "numbering", "numbering.xml"), ("Settings", "settings", "settings.xml"), ("Picture", "image", "media/image1.png")]  # fmt: skip
        if self.notes:
            ties.append(("Notes", "footnotes", "footnotes.xml"))
            told = "".join(
                f'<w:footnote w:id="{at}">{each}</w:footnote>' for at, each in enumerate(self.notes, 1)
            )
            parts["word/footnotes.xml"] = ("footnotes", self._part("footnotes", told))
        if self.remarks:
            ties.append(("Remarks", "comments", "comments.xml"))
            told = "".join(
                f'<w:comment w:id="{at}" w:author="а"><w:p><w:r><w:t>Проверить</w:t></w:r></w:p></w:comment>'
                for at in self.remarks
            )
            parts["word/comments.xml"] = ("comments", self._part("comments", told))
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{TYPE}.{kind}+xml"/>'
            for name, (kind, _) in parts.items()
        )
        usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        listing = "".join(tie(f"rId{key}", kind, target) for key, kind, target in ties)
        listing += "".join(
            tie(f"rIdLink{at}", "hyperlink", each, ' TargetMode="External"')
            for at, each in enumerate(self.links, 1)
        )
        margins = "".join(tie("rIdPicture", "image", "media/image1.png"))
        members = {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{usual}<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{types}</Types>',
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{tie("rId1", "officeDocument", self.main)}</Relationships>',
            f"word/_rels/{file}.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listing}</Relationships>',
            **{f"word/_rels/{each}.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{margins}</Relationships>' for each in ("header1", "footer1", "footnotes")[: 3 if self.notes else 2]},
            **{name: content for name, (_, content) in parts.items()},
            "word/media/image1.png": PIXEL,
        }  # fmt: skip
        told = io.BytesIO()
        with zipfile.ZipFile(told, "w") as file:
            for name, content in members.items():
                file.writestr(name, content)
        return told.getvalue()


def tie(key, kind, target, more=""):
    return f'<Relationship Id="{key}" Type="{NAMES["r"]}/{kind}" Target="{target}"{more}/>'


def _spelt(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _space(text):
    return ' xml:space="preserve"' if text != text.strip() else ""


LEVEL = (
    '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{1}."/></w:lvl>'
)
NUMBERING = (
    f"<w:numbering {NS}>"
    + "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{LEVEL.format(0, 1)}{LEVEL.format(1, 2)}</w:abstractNum>'
        for at in range(3)
    )
    + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(3))
    + "</w:numbering>"
)
STYLES = (
    f'<w:styles {NS}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Wide"><w:name w:val="Wide"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style></w:styles>'
)
