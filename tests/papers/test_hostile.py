"""Files that only look like templates: each is refused quickly, in a sentence, and nothing in it is run."""

import io
import zipfile

import docx
import openpyxl
import pytest
from conftest import saved, word

from flows.domain.errors import Refused
from flows.papers import render

GOOD = word("{{ имя }}")


def repacked(change=None, *, add=None, drop=()):
    """Return the good template with members changed, added or dropped."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in drop:
                content = old.read(name)
                new.writestr(name, change(name, content) if change else content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return told.getvalue()


def replaced(part, old, new):
    return repacked(lambda name, content: content.replace(old, new) if name == part else content)


def related(kind, target, mode=' TargetMode="External"'):
    link = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    return replaced("word/_rels/document.xml.rels", b"</Relationships>", link.encode())


def excel():
    told = io.BytesIO()
    openpyxl.Workbook().save(told)
    return told.getvalue()


def bomb():
    return repacked(add={"word/media/image1.bin": b"\0" * 70_000_000})


HOSTILE = {
    "не архив": (b"just text", "не файл Word"),
    "пусто": (b"", "не файл Word"),
    "старый .doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "старый формат .doc"),
    "PDF": (b"%PDF-1.7", "это PDF"),
    "RTF": (b"{\\rtf1}", "это RTF"),
    "обрезанный": (GOOD[: len(GOOD) // 2], "повреждён"),
    "таблица Excel": (excel(), "Excel"),
    "чужой архив": (repacked(drop=("[Content_Types].xml",)), "не файл Word"),
    "макросы": (
        replaced(
            "[Content_Types].xml", b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
        ),
        "внутри нет документа|макрос",
    ),
    "vbaProject": (repacked(add={"word/vbaProject.bin": b"x"}), "макросы"),
    "чужая картинка": (related("image", "http://example.org/a.png"), "внешней ссылке"),
    "файл с сервера": (related("hyperlink", "file://server/a"), "внешней ссылке"),
    "чужой шаблон": (related("attachedTemplate", "file:///C:/a.dotm"), "чужому шаблону"),
    "вставленный файл": (related("aFChunk", "a.html", ""), "вставлен другой файл"),
    "сущности": (
        repacked(
            lambda name, content: (
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content.split(b"?>", 1)[1]
                if name == "word/document.xml"
                else content
            )
        ),
        "DOCTYPE",
    ),
    "бомба": (bomb(), "слишком велик"),
    "битый XML": (replaced("word/document.xml", b"</w:body>", b""), "повреждён"),
    "поле DDE": (
        replaced(
            "word/document.xml",
            b"<w:body>",
            b'<w:body><w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k"</w:instrText></w:r></w:p>',
        ),
        "поле DDEAUTO",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly(name):
    data, said = HOSTILE[name]
    with pytest.raises(Refused, match=said):
        render(data, {"имя": "А"})


def test_a_link_to_the_organisations_site_is_no_harm():
    assert render(related("hyperlink", "https://sad.example.org/"), {"имя": "А"})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ имя.__init__.__globals__ }}",
        "{{ имя|attr('__class__') }}",
        "{{ имя['__class__'] }}",
        "{{ self }}",
        "{{ cycler.__init__ }}",
        "{{ 'а' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ имя|center(1000000000) }}",
        "{% for а in range(100000000) %}{% endfor %}",
        "{% for а in имя %}{% for б in имя %}{{ а }}{% endfor %}{% endfor %}",
        "{% import 'os' as os %}",
        "{{ [имя]|tojson }}",
    ],
)
def test_a_tag_cannot_run_code_or_never_end(tag):
    with pytest.raises(Refused):
        render(word(tag), {"имя": "А"})


def test_loops_within_loops_stop():
    tag = "{% for а in список %}{% for б in список %}{% for в in список %}{% for г in список %}{{ а }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    with pytest.raises(Refused, match="слишком много"):
        render(word(tag), {"список": ["а"] * 1000})


def test_a_sea_of_braces_is_read_quickly():
    paper = docx.Document()
    for _ in range(200):
        paper.add_paragraph("{{" * 500)
    with pytest.raises(Refused, match="не закрыта"):
        render(saved(paper), {})


def test_a_tag_of_endless_spaces_is_refused():
    with pytest.raises(Refused, match="длиннее"):
        render(word("{% colspan" + " " * 200_000 + "%x %}"), {})


def test_a_document_nested_without_end_is_refused():
    deep = b"<w:p>" * 5000 + b"</w:p>" * 5000
    with pytest.raises(Refused):
        render(replaced("word/document.xml", b"<w:body>", b"<w:body>" + deep), {"имя": "А"})
