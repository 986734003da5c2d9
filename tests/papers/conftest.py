"""Small Word templates made on the spot."""

import io

import docx
import pytest


def word(*paragraphs, table=(), header=""):
    """Return the bytes of a .docx: paragraphs, then a table of rows of cell texts, then the header's text."""
    paper = docx.Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    if table:
        grid = paper.add_table(rows=0, cols=max(map(len, table)))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=False):
                cell.text = text
    if header:
        paper.sections[0].header.paragraphs[0].text = header
    return saved(paper)


def saved(paper):
    told = io.BytesIO()
    paper.save(told)
    return told.getvalue()


def texts(data):
    """Return the texts of a paper: paragraphs, then the cells of each row."""
    paper = docx.Document(io.BytesIO(data))
    return [each.text for each in paper.paragraphs], [
        [cell.text for cell in row.cells] for table in paper.tables for row in table.rows
    ]


@pytest.fixture
def loop_table():
    return (
        ("№", "ФИО"),
        ("{%tr for п in пары %}", ""),
        ("{{ loop.index }}", "{{ п.имя }}"),
        ("{%tr endfor %}", ""),
    )
