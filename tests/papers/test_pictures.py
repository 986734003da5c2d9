"""Pictures stand where their tags stand, and the file stays whole."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from conftest import word
from lxml import etree

from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.papers import render
from tests.papers.walker import faults_of

NOTE = Path(__file__).parents[2] / "templates" / "note.monitoring.docx"


def png(wide, high):
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = (b"\0" + b"\x80" * wide) * high
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@dataclass
class Picture:
    png: bytes
    alt: str = "Столбики: план & факт"


def test_each_picture_is_placed_with_its_words():
    made = render(
        word("До", "{% for р in рисунки %}{{ р|картинка }}{% endfor %}", "После"),
        {"рисунки": [Picture(png(300, 150)), Picture(png(3000, 150))]},
    )
    paper = docx.Document(io.BytesIO(made))
    assert [each.text for each in paper.paragraphs] == ["До", "", "После"]
    assert [(shape.width.inches, shape.height.inches) for shape in paper.inline_shapes] == [
        (2, 1),
        (pytest.approx(6.3, abs=0.01), pytest.approx(0.315, abs=0.001)),
    ]
    assert [shape._inline.docPr.get("descr") for shape in paper.inline_shapes] == [
        "Столбики: план & факт"
    ] * 2
    assert [
        paper.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob[:4]
        for shape in paper.inline_shapes
    ] == [b"\x89PNG"] * 2


def test_the_same_picture_gives_the_same_bytes():
    template = word("{{ р|картинка }}")
    assert render(template, {"р": Picture(png(30, 15))}) == render(template, {"р": Picture(png(30, 15))})


@pytest.mark.parametrize(("template", "value", "said"), [
    (word("{{ р|картинка }}"), "картинка.png", "ждёт рисунок"),
    (word("{{ р|картинка }}"), {"вид": "нет такого", "данные": {}}, "данных для него не хватает"),
    (word("Текст", header="{{ р|картинка }}"), Picture(png(30, 15)), "не в колонтитуле"),
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
        assert "png" in {each.get("Extension") for each in types}


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
            b"<Override", b'<Default Extension="PNG" ContentType="image/png"/><Override', 1
        ),
    ],
)
def test_the_kinds_of_parts_name_pictures_once_however_they_are_spelt(change):
    template = respelt(word("{{ р|картинка }}"), "[Content_Types].xml", change)
    made = render(template, {"р": Picture(png(30, 15))})
    assert faults_of(made) == []
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 1


def test_a_finished_paper_with_pictures_may_be_a_template_again():
    first = render(word("{{ р|картинка }}", "{{ '{{ р|картинка }}' }}"), {"р": Picture(png(30, 15))})
    made = render(first, {"р": Picture(png(60, 15))})
    assert faults_of(made) == []
    paper = docx.Document(io.BytesIO(made))
    drawn = [shape._inline.graphic.graphicData.pic.blipFill.blip.embed for shape in paper.inline_shapes]
    assert [paper.part.related_parts[each].blob for each in drawn] == [png(30, 15), png(60, 15)]
