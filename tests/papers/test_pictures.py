"""Pictures stand where their tags stand, and the file stays whole."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from brought import chart as stranger
from brought import piece
from conftest import word
from lxml import etree

from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.papers import render
from flows.papers.zipped import archive, pack
from tests.papers.walker import faults_of
from tests.papers.walker_charts import C

NOTE = Path(__file__).parents[2] / "templates" / "note.monitoring.docx"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def picture(*rows, caption="Столбики: план & факт"):
    return {
        "вид": "plan_fact",
        "название": caption,
        "данные": {"rows": rows or (("П-001", 4, 3), ("П-002", 2, 1))},
    }


def drawn(paper):
    """The chart parts of a paper, in the order in which they stand."""
    links = [next(shape._inline.iter(CHART)) for shape in paper.inline_shapes]
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return [paper.part.related_parts[each.get(key)] for each in links]


def named(part):
    return [each.text for each in next(etree.fromstring(part.blob).iter(f"{C}cat")).iter(f"{C}v")]


def test_each_picture_is_placed_with_its_words():
    made = render(
        word("До", "{% for р in рисунки %}{{ р|картинка }}{% endfor %}", "После"),
        {"рисунки": [picture(), picture(*((f"П-{at:03}", at, at) for at in range(12)))]},
    )
    assert faults_of(made) == []
    paper = docx.Document(io.BytesIO(made))
    assert [each.text for each in paper.paragraphs] == ["До", "", "После"]
    assert [shape.width.mm for shape in paper.inline_shapes] == [pytest.approx(160, abs=0.1)] * 2
    low, high = (shape.height.inches for shape in paper.inline_shapes)
    assert 1.9 <= low < high <= 9
    assert [shape._inline.docPr.get("descr") for shape in paper.inline_shapes] == [
        "Столбики: план & факт. П-001: по плану 4, проведено 3; П-002: по плану 2, проведено 1.",
        "Столбики: план & факт. "
        + "; ".join(f"П-{at:03}: по плану {at}, проведено {at}" for at in range(12))
        + ".",
    ]
    assert [named(part) for part in drawn(paper)] == [["П-001", "П-002"], [f"П-{at:03}" for at in range(12)]]


def test_each_chart_has_a_workbook_of_its_own():
    paper = docx.Document(io.BytesIO(render(word("{{ р|картинка }}{{ р|картинка }}"), {"р": picture()})))
    books = [book for part in drawn(paper) for book in part.rels.values()]
    assert [book.target_part.partname for book in books] == [
        "/word/embeddings/nastavnik1.xlsx",
        "/word/embeddings/nastavnik2.xlsx",
    ]


def test_the_same_picture_gives_the_same_bytes():
    template = word("{{ р|картинка }}")
    assert render(template, {"р": picture()}) == render(template, {"р": picture()})


def test_a_picture_stands_in_a_cell_and_in_the_middle_of_a_line():
    template = docx.Document(io.BytesIO(word("Слева {{ р|картинка }} справа")))
    template.add_table(1, 2).cell(0, 1).text = "{{ р|картинка }}"
    told = io.BytesIO()
    template.save(told)
    made = render(told.getvalue(), {"р": picture()})
    assert faults_of(made) == []
    paper = docx.Document(io.BytesIO(made))
    assert paper.paragraphs[0].text == "Слева  справа"
    assert len(list(paper.tables[0].cell(0, 1)._tc.iter(CHART))) == 1
    assert [len(list(each._p.iter(CHART))) for each in paper.paragraphs] == [1]


@pytest.mark.parametrize(("template", "value", "said"), [
    (word("{{ р|картинка }}"), "картинка.png", "ждёт рисунок"),
    (word("{{ р|картинка }}"), {"вид": "нет такого", "данные": {}}, "данных для него не хватает"),
    (word("{{ р|картинка }}"), {"вид": "plan_fact", "данные": {"rows": ()}}, "данных для него не хватает"),
    (word("Текст", header="{{ р|картинка }}"), picture(), "не в колонтитуле"),
])  # fmt: skip
def test_what_is_no_picture_is_refused(template, value, said):
    with pytest.raises(Refused, match=said):
        render(template, {"р": value})


def test_a_note_may_bring_its_own_sections_and_charts():
    section = {
        "название": "Реализация", "абзацы": ["Норма: не более 14 дней."], "пункты": [{"текст": "Проведено 4 из 6.", "источник": 1}], "от_руки": "Заполняет куратор", "рисунки": [],
        "таблицы": [{"раскладка": None, "подпись": "Таблица 1 – Встречи", "шапка": ["Пара", "План", "Факт"], "строки": [["П-001", "4", "3"], ["П-002", "2", "1"]]}],
    }  # fmt: skip
    chart = {
        "номер": 1,
        "название": "Встречи",
        "подпись": "Рисунок 1 – Встречи",
        "вид": "plan_fact",
        "данные": {"rows": (("П-001", 4, 3), ("П-002", 2, 1))},
    }
    context = requisites(
        {
            **BUILDERS["note.monitoring"](specimen("note.monitoring", "event")),
            "разделы": [{**section, "рисунки": [chart]}],
            "рисунки": [chart],
            "приложения": [],
        },
        draft="1",
    )
    made = render(NOTE, context)
    paper = docx.Document(io.BytesIO(made))
    table = next(table for table in paper.tables if table.rows[0].cells[0].text == "Пара")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Пара", "План", "Факт"],
        ["П‑001", "4", "3"],
        ["П‑002", "2", "1"],
    ]
    assert len(table.columns) == 3
    assert len(paper.inline_shapes) == 1
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        types = etree.fromstring(file.read("[Content_Types].xml"))
        assert "xlsx" in {each.get("Extension") for each in types}


def respelt(data, name, change):
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(told, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return told.getvalue()


def prefixed(content):
    """The list of kinds of parts as another program writes it, each name with a prefix."""
    opened = content.replace(b"xmlns=", b"xmlns:ct=")
    return (
        opened.replace(b"</", b"</ct:")
        .replace(b"<Types", b"<ct:Types")
        .replace(b"<Default", b"<ct:Default")
        .replace(b"<Override", b"<ct:Override")
    )


@pytest.mark.parametrize(
    "change",
    [
        prefixed,
        lambda content: content.replace(
            b"<Override", b'<Default Extension="XLSX" ContentType="x/y"/><Override', 1
        ),
    ],
)
def test_the_kinds_of_parts_name_workbooks_once_however_they_are_spelt(change):
    template = respelt(word("{{ р|картинка }}"), "[Content_Types].xml", change)
    made = render(template, {"р": picture()})
    assert faults_of(made) == []
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 1


def test_a_finished_paper_with_pictures_may_be_a_template_again():
    first = render(word("{{ р|картинка }}", "{{ '{{ р|картинка }}' }}"), {"р": picture(("Первая", 1, 1))})
    made = render(first, {"р": picture(("Вторая", 1, 1))})
    assert faults_of(made) == []
    assert [named(part) for part in drawn(docx.Document(io.BytesIO(made)))] == [["Первая"], ["Вторая"]]


def test_a_template_with_a_chart_of_its_own_keeps_it_beside_ours():
    template = respelt(
        stranger(piece("Охват")),
        "word/document.xml",
        lambda content: content.replace("{{ учебный_год }}".encode(), "{{ р|картинка }}".encode()),
    )
    made = render(template, {"р": picture()})
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert {"word/charts/chart1.xml", "word/charts/nastavnik1.xml", "word/embeddings/nastavnik1.xlsx"} <= set(
        names
    )


def damaged(made, name, change):
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        members = {each: file.read(each) for each in file.namelist()}
    assert change(members[name]) != members[name]
    return archive(
        (each, pack(change(content) if each == name else content, 6)) for each, content in members.items()
    )


@pytest.mark.parametrize(("name", "old", "new", "said"), [
    ("word/charts/nastavnik1.xml", b'<c:dLblPos val="outEnd"/>', b'<c:dLblPos val="l"/>', "место подписи"),
    ("word/charts/nastavnik1.xml", b'<c:crossAx val="222"/>', b'<c:crossAx val="5"/>', "скрещена"),
    ("word/charts/nastavnik1.xml", b'<c:order val="1"/>', b'<c:order val="0"/>', "order 0 повторяется"),
    ("word/charts/nastavnik1.xml", b"<c:v>4</c:v>", b"<c:v>5</c:v>", "в ячейке B2 4, показано 5"),
    ("word/charts/nastavnik1.xml", b'<c:delete val="0"/><c:axPos val="b"/>', b'<c:axPos val="b"/><c:delete val="0"/>', "порядок в valAx"),
    ("word/charts/nastavnik1.xml", b'r:id="rId1"', b'r:id="rId2"', "связи rId2 нет"),
    ("word/charts/_rels/nastavnik1.xml.rels", b"/package", b"/oleObject", "книги word/embeddings/nastavnik1.xlsx нет"),
    ("word/embeddings/nastavnik1.xlsx", b"PK", b"XX", "книга не открывается"),
    ("[Content_Types].xml", b'Extension="xlsx"', b'Extension="xls"', "вид части не назван"),
])  # fmt: skip
def test_a_damaged_chart_does_not_pass_for_a_sound_one(name, old, new, said):
    made = render(word("{{ р|картинка }}"), {"р": picture()})
    found = faults_of(damaged(made, name, lambda content: content.replace(old, new)))
    assert any(said in each for each in found), found
