"""Templates as staff bring them, made by hand: links, charts, controls, comments, files of other programs."""

import io
import re
import zipfile

from lxml import etree
from strangers import NAMES, NS, RELATIONS, TYPES, change, field, line, relation, repacked, run, sheet

YEAR = "{{ учебный_год }}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DRAWN = "application/vnd.openxmlformats-officedocument.drawingml."
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BODY = "word/document.xml"
OUTSIDE = ' TargetMode="External"'


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts):
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return told.getvalue()


def light(data):
    """The same file without the weight of the styles and the thumbnail: packing them takes most of the time a check does."""
    parts = members(data)
    styles = {name: f"<w:styles {NS}/>" for name in parts if name.startswith("word/styles")}
    return zipped(parts | styles | {name: b"" for name in parts if name.endswith(".jpeg")})


def changed(data, name, change):
    """The same file with one member changed by a function of its text."""
    parts = members(data)
    return zipped(parts | {name: change(parts[name].decode()).encode()})


def linked(target, kind="hyperlink"):
    """A document whose paragraph uses a link that leads outside."""
    used = f'<w:p><w:hyperlink r:id="rId77">{run("ст. 351.8")}</w:hyperlink></w:p>'
    return repacked(sheet("Первый", used, YEAR), {RELATIONS: relation(kind, target, OUTSIDE)})


def with_part(name, kind, link, content, *blocks, **more):
    """A document with one more part, and the parts `more` by their names."""
    data = repacked(
        sheet(*(blocks or (YEAR,))),
        {
            TYPES: f'<Override PartName="/{name}" ContentType="{kind}"/>',
            RELATIONS: relation(link, name.removeprefix("word/")),
        },
    )
    return zipped(members(data) | {name: content} | more)


def chart(title, **more):
    """A document whose second paragraph holds a chart."""
    told = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{NAMES["a"]}" xmlns:r="{NAMES["r"]}"><c:chart><c:title><c:tx><c:rich><a:p>{title}</a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>'
    drawn = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId77"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    return with_part("word/charts/chart1.xml", f"{DRAWN}chart+xml", "chart", told, YEAR, line(drawn), **more)


def piece(text):
    return f"<a:r><a:t>{text}</a:t></a:r>"


def data_outside():
    """A chart that takes its figures from a workbook elsewhere."""
    links = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{NAMES["r"]}/oleObject" Target="file:///C:/a.xlsx"{OUTSIDE}/></Relationships>'
    return chart(piece("Охват"), **{"word/charts/_rels/chart1.xml.rels": links})


def smart_art():
    told = f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{NAMES["a"]}"><a:p>{piece("{{ ")}{piece("учебный_год }}")}</a:p></dgm:dataModel>'
    return with_part("word/diagrams/data1.xml", f"{DRAWN}diagramData+xml", "diagramData", told)


def bound(text, where="/данные/тема"):
    """A document with a control whose text Word takes from data."""
    return sheet(
        "Первый",
        f'<w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath="{where}" w:storeItemID="x"/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt></w:p>',
    )


def titled(text, where="/ns1:coreProperties[1]/ns0:title[1]"):
    """A control bound to the file's title, which says the same."""
    return changed(
        bound(text, where),
        "docProps/core.xml",
        lambda core: re.sub(r"<dc:title ?/>|<dc:title></dc:title>", f"<dc:title>{text}</dc:title>", core),
    )


def with_property(name, text):
    return zipped(
        members(sheet(YEAR)) | {name: f'<Properties xmlns="x"><Company>{text}</Company></Properties>'}
    )


def commented(text, inner=YEAR):
    """A document with a reviewer's comment round a text."""
    marked = f'<w:p><w:commentRangeStart w:id="0"/>{run(inner)}<w:commentRangeEnd w:id="0"/><w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="0"/></w:r></w:p>'
    told = f'<w:comments {NS}><w:comment w:id="0" w:author="Завуч"><w:p>{run(text)}</w:p></w:comment></w:comments>'
    return with_part("word/comments.xml", f"{WORD}comments+xml", "comments", told, marked)


def struck(inner):
    return change("del", inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>"))


def formula(*texts):
    return f'<w:p><m:oMath xmlns:m="{MATH}">{"".join(f"<m:r><m:t>{each}</m:t></m:r>" for each in texts)}</m:oMath></w:p>'


def captioned(text):
    return line(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="а" descr="{text}"/></wp:inline></w:drawing></w:r>',
        "под рисунком",
    )


def prefixed(data, prefix="ns0"):
    """The document as a program writes it that names Word's elements with another prefix, or with none."""

    def named(body):
        told = re.sub(r"(</?)w:", rf"\1{prefix}:" if prefix else r"\1", body)
        if prefix:
            return re.sub(r"(\s)w:(?=\w+=)", rf"\1{prefix}:", told).replace("xmlns:w=", f"xmlns:{prefix}=", 1)
        return told.replace("xmlns:w=", f'xmlns="{NAMES["w"]}" xmlns:w=', 1)

    return changed(data, BODY, named)


def indented(data):
    """The document with its elements on lines of their own."""

    def laid(body):
        tree = etree.fromstring(body.encode())
        etree.indent(tree)
        return etree.tostring(tree, encoding="unicode")

    return changed(data, BODY, laid)


def renamed(data, name):
    """The document with its text under another name."""
    parts = members(data)
    folder, _, file = name.rpartition("/")
    told = {each: content for each, content in parts.items() if each not in {BODY, RELATIONS}}
    told |= {name: parts[BODY], f"{folder}/_rels/{file}.rels": parts[RELATIONS]}
    told[TYPES] = told[TYPES].replace(f"/{BODY}".encode(), f"/{name}".encode())
    told["_rels/.rels"] = told["_rels/.rels"].replace(BODY.encode(), name.encode())
    return zipped(told)


def strict(data):
    """The document as «Strict Open XML» names everything."""
    pairs = (("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"), ("schemas.openxmlformats.org/officeDocument/2006/relationships", "purl.oclc.org/ooxml/officeDocument/relationships"))  # fmt: skip
    parts = members(data)
    for old, new in pairs:
        parts = {name: content.replace(old.encode(), new.encode()) for name, content in parts.items()}
    return zipped(parts)


def typed_by_suffix(data):
    """The document whose type is told for all files of its suffix."""
    own = r'<Override PartName="/word/document.xml"[^>]*/>'
    usual = 'Extension="xml" ContentType="application/xml"'
    return changed(
        data,
        TYPES,
        lambda types: re.sub(own, "", types).replace(
            usual, f'Extension="xml" ContentType="{WORD}document.main+xml"'
        ),
    )


def rows(*texts, grid=True, width=' w:w="3000"'):
    """A table whose cells hold texts, with or without its grid."""
    columns = f"<w:gridCol{width}/>" * max(map(len, texts))
    looks = '<w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>'
    told = "".join(
        f"<w:tr>{''.join(f'<w:tc>{looks}{line(text)}</w:tc>' for text in row)}</w:tr>" for row in texts
    )
    return f"<w:tbl><w:tblPr/>{f'<w:tblGrid>{columns}</w:tblGrid>' if grid else ''}{told}</w:tbl>"


def sheet_with_link_field(instruction):
    return sheet("Первый", field(instruction, "картинка"))


def compound(stream):
    """The first bytes of an old office file that holds such a stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)
