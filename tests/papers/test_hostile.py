"""Files that only look like templates: each is refused quickly, in a sentence, and nothing in it is run."""

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from conftest import saved, word

from flows.domain.errors import Refused
from flows.papers import check, faults, lint_tags, render
from flows.papers.tags import Tag

GOOD = word("{{ имя }}")


def repacked(change=None, *, add=None, drop=()):
    """Return the good template with members changed, added or dropped."""
    told = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
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
    "не архив": (b"just text", "простой текст"),
    "пусто": (b"", "файл пуст"),
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
    "бомба": (bomb, "слишком велик"),
    "битый XML": (replaced("word/document.xml", b"</w:body>", b""), "повреждён"),
    "слияние": (
        replaced(
            "word/settings.xml",
            b"</w:settings>",
            b'<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge></w:settings>',
        ),
        "слияния",
    ),
    "кнопки": (repacked(add={"customUI/customUI14.xml": b"<customUI/>"}), "макросы"),
    "путь наружу": (repacked(add={"../../evil.xml": b"<a/>"}), "ведут наружу"),
    "путь от корня": (repacked(add={"/etc/evil": b"a"}), "ведут наружу"),
    "путь Windows": (repacked(add={"word\\..\\evil": b"a"}), "ведут наружу"),
    "UTF-16": (
        repacked(
            lambda name, content: (
                content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
                if name == "word/document.xml"
                else content
            )
        ),
        "не в UTF-8",
    ),
    "другая кодировка": (replaced("word/document.xml", b"UTF-8", b"windows-1251"), "не в UTF-8"),
    "без оглавления": (repacked(drop=("_rels/.rels",)), "оглавления"),
    "свой интерфейс": (related("extensibility", "x.xml", ""), "вставлен другой файл"),
    "поле DDE по кускам": (
        replaced(
            "word/document.xml",
            b"<w:body>",
            b'<w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>',
        ),
        "поле DDEAUTO",
    ),
    "поле DDE в примечании": (
        repacked(
            add={
                "word/comments.xml": b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:instrText>DDE x</w:instrText></w:comments>'
            }
        ),
        "поле DDE",
    ),
    "поле DDE": (
        replaced(
            "word/document.xml",
            b"<w:body>",
            b'<w:body><w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k"</w:instrText></w:r></w:p>',
        ),
        "поле DDEAUTO",
    ),
}


def told(name):
    """A hostile file and what is said of it; a big one is made when it is asked for."""
    data, said = HOSTILE[name]
    return data() if callable(data) else data, said


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly(name):
    data, said = told(name)
    with pytest.raises(Refused, match=said):
        render(data, {"имя": "А"})


@pytest.mark.parametrize("name", HOSTILE)
def test_the_check_tells_a_hostile_file_as_the_print_refuses_it(name):
    data, said = told(name)
    (problem,) = check(data, "order.pairs")
    assert re.search(said, problem.message)


OVERGROWN = {
    "скобки": ("{{ " + "(" * 500 + "имя" + ")" * 500 + " }}", "скобки внутри скобок"),
    "условия": ("{% if имя %}" * 400 + "{% endif %}" * 400, "друг в друге"),
    "ветви": ("{% if имя %}" + "{% elif имя %}" * 600 + "{% endif %}", "друг в друге"),
    "число": ("{{ " + "9" * 1500 + " }}", "число длиннее"),
    "очень длинное число": ("{{ " + "9" * 5000 + " }}", "длиннее"),
    "минусы": ("{{ " + "-" * 900 + "1 }}", "слишком много действий"),
    "отрицания": ("{{ " + "not " * 400 + "имя }}", "слишком много действий"),
    "поля": ("{{ имя" + ".имя" * 400 + " }}", "слишком много действий"),
    "фильтры": ("{{ имя" + "|upper" * 300 + " }}", "слишком много действий"),
}


@pytest.mark.parametrize("name", OVERGROWN)
def test_a_tag_that_nobody_writes_by_hand_is_told_with_its_paragraph(name):
    text, said = OVERGROWN[name]
    data = word("Приказ", text)
    with pytest.raises(Refused, match=f"абзац 2.*{said}"):
        render(data, {"имя": "А"})
    (problem,) = check(data, "order.pairs")
    assert "абзац 2" in problem.message
    assert said in problem.message


def test_a_number_of_thousands_of_figures_in_the_file_s_own_title_is_refused():
    title = b"<dc:title>{{ " + b"9" * 5000 + b" }}</dc:title>"
    with pytest.raises(Refused, match="свойства файла"):
        render(
            repacked(
                lambda name, content: (
                    content.replace(b"<dc:title></dc:title>", title).replace(b"<dc:title/>", title)
                    if name == "docProps/core.xml"
                    else content
                )
            ),
            {"имя": "А"},
        )


def test_of_a_thousand_faults_the_first_are_told_and_that_there_are_more():
    told = check(word(*["{{ а"] * 1000), "order.pairs")
    assert len(told) == 201
    assert "всего их 1000" in told[-1].message


def test_the_work_of_placing_tags_grows_as_the_tags_do(monkeypatch):
    asked = []
    monkeypatch.setattr(faults, "_core", lambda text, core=faults._core: asked.append(text) or core(text))
    for count in (50, 100):
        source = "{{ имя }} " * count
        located = [Tag("{{ имя }}", None, "", 0)] * count
        before = len(asked)
        assert len(faults.tags_by_line(source, located)[1]) == count
        assert len(asked) - before == 2 * count


def test_a_tag_that_stands_on_every_page_is_read_once():
    before = lint_tags._unread.cache_info().misses
    assert not check(word(*["{{ учебный_год }} на каждой странице"] * 200), "order.pairs")
    assert lint_tags._unread.cache_info().misses - before <= 1


@pytest.mark.parametrize("target", ["https://sad.example.org/", "file://server/a"])
def test_a_link_is_no_harm_wherever_it_leads(target):
    assert render(related("hyperlink", target), {"имя": "А"})


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
