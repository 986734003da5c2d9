"""Small Word templates made on the spot."""

import io
import zipfile
from functools import cache

import docx
import pytest


def word(*paragraphs, table=(), header=""):
    """Return the bytes of a .docx: paragraphs, then a table of rows of cell texts, then the header's text."""

    def fill(paper):
        for text in paragraphs:
            paper.add_paragraph(text)
        if table:
            grid = paper.add_table(rows=0, cols=max(map(len, table)))
            for row in table:
                for cell, text in zip(grid.add_row().cells, row, strict=False):
                    cell.text = text

    if not header:
        return packed(fill)
    paper = docx.Document()
    fill(paper)
    paper.sections[0].header.paragraphs[0].text = header
    return saved(paper)


@cache
def _blank():
    """An empty paper and the members of its archive: reading and packing them anew for each paper takes 20 ms."""
    paper = docx.Document()
    with zipfile.ZipFile(io.BytesIO(saved(paper))) as archive:
        return paper, {name: archive.read(name) for name in archive.namelist()}


def packed(fill):
    """Return the bytes of a .docx that `fill` changes in its body alone."""
    paper, members = _blank()
    fill(paper)
    body = paper.part.blob
    for block in [each for each in paper.element.body if not each.tag.endswith("sectPr")]:
        paper.element.body.remove(block)
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, body if name == "word/document.xml" else content)
    return told.getvalue()


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
