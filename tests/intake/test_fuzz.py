"""Nothing a file holds makes the reader fail: a reading or a plain sentence comes out."""

import io

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.domain.model import Severity
from flows.intake import understand_bytes

ROWS = [
    ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"],
    ["1.1", "Собрать", "май 2027", "Методист", "Протокол"],
    ["1.2", "Обсудить", "до 1 июня", "Методист", ""],
]


def word():
    paper, data = docx.Document(), io.BytesIO()
    table = paper.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(data)
    return data.getvalue()


def book():
    made, data = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        made.active.append(row)
    made.save(data)
    return data.getvalue()


FILES = {
    "план.docx": word(),
    "план.xlsx": book(),
    "план.txt": "\n".join("\t".join(row) for row in ROWS).encode(),
    "план.csv": "\n".join(";".join(row) for row in ROWS).encode(),
}


def sound(activities, problems):
    assert all(each.message.endswith((".", "?")) for each in problems)
    assert activities or any(each.severity is Severity.STOP for each in problems)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=min(60, settings().max_examples), deadline=None)
@given(data=st.data())
def test_a_file_with_bytes_spoilt_or_cut_off_is_read_or_refused(name, data):
    whole = bytearray(FILES[name])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.none(), st.integers(0, len(whole))))
    _, activities, problems = understand_bytes(bytes(whole[:end]), name)
    sound(activities, problems)


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["а.docx", "а.xlsx", "а.pdf", "а.txt", "а.csv", "а.tsv", "а.doc", "а", "а.неизвестно"]),
)
def test_any_bytes_under_any_name_are_read_or_refused(data, name):
    _, activities, problems = understand_bytes(data, name)
    sound(activities, problems)


PIECES = st.sampled_from(
    [
        "№ п/п",
        "Мероприятие",
        "Срок",
        "Результат",
        "Ответственный",
        "\t",
        "\n",
        "\n\n",
        "1.1",
        "2.",
        "Этап 1",
        "май 2027",
        "до 1 июня",
        "|",
        ";",
        '"',
        "   ",
        "Приказ",
        "1)",
        "-",
        "Сентябрь",
        "+",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_made_of_a_roadmap_s_pieces_is_read_or_refused(text):
    for name in ("план.txt", "план.csv"):
        _, activities, problems = understand_bytes(text.encode(), name)
        sound(activities, problems)
        assert len({each.code for each in activities}) == len(activities)
