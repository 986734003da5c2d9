"""Files of roadmaps made of short descriptions: text lines, rows between bars («<» goes on from the left, «^» from above)."""

import csv
import re
from datetime import date

import docx
import openpyxl

END = "===="
BREAK = "⏎"
VALUE = re.compile(r"\{(?P<day>\d{4}-\d\d-\d\d)? ?(?P<number>\d+(?:\.\d+)?(?![\d-]))? ?(?P<look>[^{}]*)\}")
SUFFIX = {"word": ".docx", "sheets": ".xlsx", "csv": ".csv"}


def described(path):
    """Return the kind of file, its lines (a text or the cells of a row) and the truth as rows of cells."""
    printed, _, truth = path.read_text(encoding="utf-8").partition(f"{END}\n")
    kind, *lines = printed.splitlines()
    return kind, [cells(line) if line.startswith("|") else line for line in lines], [
        [part.strip().replace(BREAK, "\n") for part in line.split("|")] for line in truth.splitlines()
    ]  # fmt: skip


def cells(line):
    return [part.strip().replace(BREAK, "\n") for part in line.strip("|").split("|")]


def made(path, folder):
    """Make the file that a description tells; return where it lies."""
    kind, lines, _ = described(path)
    target = folder / f"{path.stem}{SUFFIX[kind]}"
    {"word": word, "sheets": sheets, "csv": text}[kind](lines, target)
    return target


def merged(rows):
    """Return the areas of merged cells as first and last row and column, from nought."""
    areas = []
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value in {"<", "^"}:
                continue
            right, down = column, at
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while down + 1 < len(rows) and rows[down + 1][column] == "^":
                down += 1
            if (right, down) != (column, at):
                areas.append((at, column, down, right))
    return areas


def word(lines, target):
    paper, rows = docx.Document(), []
    for line in [*lines, ""]:
        if isinstance(line, list):
            rows.append(line)
            continue
        if rows:
            table = paper.add_table(len(rows), len(rows[0]))
            grid = [table.rows[at].cells for at in range(len(rows))]
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    grid[at][column].text = "" if value in {"<", "^"} else value
            for top, left, bottom, right in merged(rows):
                text = rows[top][left]
                grid[top][left].merge(grid[bottom][right]).text = text
        rows = []
        if line:
            paper.add_paragraph(line)
    paper.save(target)


def sheets(lines, target):
    book = openpyxl.Workbook()
    sheet, at, rows = book.active, 0, []

    def settle():
        for top, left, bottom, right in merged(rows):
            first = at - len(rows) + 1
            sheet.merge_cells(
                start_row=first + top, end_row=first + bottom, start_column=left + 1, end_column=right + 1
            )

    for line in lines:
        if isinstance(line, str):
            settle()
            rows = []
        if isinstance(line, str) and line.startswith("="):
            name = line.strip("= ")
            sheet = book.create_sheet(name) if at else sheet
            sheet.title, at = name, 0
            continue
        at += 1
        row = line if isinstance(line, list) else [line]
        rows += [row] if isinstance(line, list) else []
        for column, value in enumerate(row, 1):
            put(sheet.cell(at, column), value)
    settle()
    book.save(target)


def put(cell, value):
    typed = VALUE.fullmatch(value)
    if not typed:
        cell.value = None if value in {"", "<", "^"} else value
        return
    cell.value = date.fromisoformat(typed["day"]) if typed["day"] else float(typed["number"])
    if typed["look"]:
        cell.number_format = typed["look"]


def text(lines, target):
    with target.open("w", encoding="cp1251", newline="", errors="strict") as file:
        csv.writer(file, delimiter=";").writerows(
            line if isinstance(line, list) else [line] for line in lines
        )
