"""A table's last row is never alone on its page: it stays with the row before it; a heading under the head holds no row."""

import io

import docx
import pytest
from conftest import saved

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.papers import render


def rows_kept(count, *, head=True):
    """Which rows of a table of so many people are kept with the next, its head left out."""
    paper = docx.Document()
    table = paper.add_table(rows=0, cols=1)
    for text in ("ФИО", "{%tr for п in пары %}", "{{ п.имя }}", "{%tr endfor %}"):
        row = table.add_row()
        row.cells[0].text = text
        row.cells[0].paragraphs[0].style = paper.styles["List Bullet"]
        if head and text == "ФИО":
            row._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
    made = docx.Document(
        io.BytesIO(render(saved(paper), {"пары": [{"имя": f"Имя {at}"} for at in range(count)]}))
    )
    return [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.tables[0].rows][1:]


@pytest.mark.parametrize(
    ("count", "kept"),
    [(0, []), (1, [None]), (2, [True, None]), (4, [None, None, True, None])],
)
def test_the_row_before_the_last_stays_with_it(count, kept):
    assert rows_kept(count) == kept


def test_a_table_without_a_head_is_as_staff_made_it():
    assert rows_kept(3, head=False) == [None, None, None]


def test_a_heading_right_under_the_head_is_let_go_and_those_further_down_stay_with_their_rows():
    """LibreOffice loses the rows of the next page where head, heading and row are all held together."""
    context = requisites(BUILDERS["plan.meetings"](specimen("plan.meetings", "pair", 1)), draft="ПР-2026-001")
    made = docx.Document(io.BytesIO(render(settings.template("plan.meetings.docx"), context)))
    (plan,) = (table for table in made.tables if table.rows[0].cells[0].text == "№")
    said = {
        row.cells[0].text: row.cells[0].paragraphs[0].paragraph_format.keep_with_next
        for row in plan.rows
        if row.cells[0].text.endswith("этап")
    }
    assert said == {"Адаптационный этап": False, "Основной этап": None, "Контрольно-оценочный этап": None}
    assert made.styles["Таблица, шапка"].paragraph_format.keep_with_next
