"""A table's last row is never alone on its page: it stays with the row before it."""

import io

import docx
import pytest
from conftest import saved

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
