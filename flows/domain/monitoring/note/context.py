"""A note as the plain values a Word template prints: Russian names, text and lists, no bytes of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.domain.model import Context
    from flows.domain.monitoring.note.shape import Chart, Note, NoteLine, Section, Table


def context_of(note: Note) -> Context:
    """Return the context of a note. Charts stay values, so that a fingerprint of the context never hashes a picture."""
    return {
        "заголовок": note.title,
        "вид": note.ask.word,
        "период": {"с": note.period.start, "по": note.period.end},
        "срез": note.cut_off,
        "основание": note.basis or None,
        "разделы": [_section(each) for each in note.sections],
        "рисунки": [_chart(each) for each in note.charts],
        "приложения": [_section(each) for each in note.appendices],
        "также": list(note.also),
    }


def _section(section: Section) -> Context:
    return {
        "номер": section.number,
        "название": section.heading,
        "абзацы": list(section.paragraphs),
        "таблицы": [_table(each) for each in section.tables],
        "пункты": [_line(each) for each in section.lines],
        "от_руки": section.blank or None,
        "рисунки": [_chart(each) for each in section.charts],
    }


def _table(table: Table) -> Context:
    return {
        "номер": table.number,
        "название": table.caption,
        "подпись": f"Таблица {table.number} – {table.caption}",
        "шапка": list(table.head),
        "строки": [list(row) for row in table.rows],
        "столбцы_кодов": list(table.coded),
    }


def _line(line: NoteLine) -> Context:
    return {
        "текст": line.text,
        "источник": line.source or None,
        "показатели": list(line.figures),
        "коды": list(line.rows),
    }


def _chart(chart: Chart) -> Context:
    return {
        "номер": chart.number,
        "название": chart.caption,
        "подпись": f"Рисунок {chart.number} – {chart.caption}",
        "вид": chart.kind,
        "данные": dict(chart.data),
    }
