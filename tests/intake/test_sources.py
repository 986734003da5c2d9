"""The same small roadmap out of every kind of file, and the oddities of each kind."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from flows.domain.model import Severity
from flows.domain.terms.printing import say_all
from flows.intake import read_bytes, understand, understand_bytes
from tests.intake.pdf_pages import Page, pdf

TITLE = "Дорожная карта наставничества МБОУ «СОШ № 5» на 2026-2027 учебный год"
HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"]
ROWS = [
    ["1.1", "Назначить куратора", "до 15.09.2026", "Директор", "Приказ о назначении куратора"],
    ["1.2", "Собрать запросы наставляемых", "сентябрь", "Куратор, педагог-психолог", "База наставляемых"],
    ["1.3", "Подвести итоги года", "май 2027", "Куратор", "Аналитическая справка"],
]


def check(activities):
    assert [(each.number, each.activity, say_all(each.term.windows)) for each in activities] == [
        ("1.1", "Назначить куратора", "до 15.09.2026"), ("1.2", "Собрать запросы наставляемых", "сентябрь 2026"), ("1.3", "Подвести итоги года", "май 2027"),
    ]  # fmt: skip
    assert [each.documents for each in activities] == [
        ("order.curator",),
        ("registry.mentees",),
        ("note.monitoring",),
    ]
    assert activities[1].responsible == ("Куратор", "педагог-психолог")


def paper(*blocks):
    """Build a Word file: a text is a paragraph, a list of rows a table."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
        else:
            table = made.add_table(rows=0, cols=len(block[0]))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    return made


def saved(made):
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_word_file_and_a_google_document_exported_without_a_name(tmp_path):
    data = saved(paper(TITLE, [HEAD, *ROWS]))
    (tmp_path / "план.docx").write_bytes(data)
    for document, activities, _ in (
        understand(tmp_path / "план.docx"),
        understand_bytes(data, "Дорожная карта"),
    ):
        check(activities)
        assert (document.organisation, document.period.start.year) == ("МБОУ «СОШ № 5»", 2026)


def test_stamps_beside_each_other_and_other_tables_are_not_the_roadmap():
    stamps = [
        [
            "ПРИНЯТО\nпедагогическим советом\nПротокол от 29.08.2026 № 1",
            "УТВЕРЖДЕНО\nПриказ от 30.08.2026 № 71",
        ]
    ]
    pairs = [["№", "Наставник", "Наставляемый"], ["1", "Первый Вымышленный", "Второй Вымышленный"]]
    figures = [["№", "Показатель", "2026 год", "2027 год"], ["1", "Доля педагогов", "70", "80"]]
    document, activities, _ = understand_bytes(
        saved(paper(stamps, TITLE, [HEAD, *ROWS], "Пары", pairs, figures)), "план.docx"
    )
    check(activities)
    assert {"Протокол от 29.08.2026 № 1", "Приказ от 30.08.2026 № 71"} <= set(document.stamps)


def test_a_roadmap_in_several_tables_goes_on_with_its_headings():
    data = saved(
        paper(
            TITLE,
            "Этап 1. Начало",
            [HEAD, ROWS[0]],
            "Этап 2. Сбор",
            [HEAD, ROWS[1]],
            "Этап 3. Итоги",
            [HEAD, ROWS[2]],
        )
    )
    _, activities, _ = understand_bytes(data, "план.docx")
    check(activities)
    assert [each.stage for each in activities] == ["Этап 1. Начало", "Этап 2. Сбор", "Этап 3. Итоги"]


def test_a_table_cut_by_pages_without_a_second_header_goes_on():
    _, activities, _ = understand_bytes(
        saved(paper(TITLE, [HEAD, ROWS[0]], [ROWS[1]], [ROWS[2]])), "план.docx"
    )
    check(activities)


def test_a_roadmap_inside_a_layout_table_is_found():
    made = paper(TITLE)
    cell = made.add_table(rows=1, cols=1).rows[0].cells[0]
    inner = cell.add_table(rows=0, cols=5)
    for row in [HEAD, *ROWS]:
        for each, text in zip(inner.add_row().cells, row, strict=True):
            each.text = text
    _, activities, _ = understand_bytes(saved(made), "план.docx")
    check(activities)


def test_a_table_inside_a_cell_is_its_text():
    made = paper(TITLE, [HEAD, *ROWS])
    inner = made.tables[0].rows[1].cells[4].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Приложение", "функционал"
    _, activities, _ = understand_bytes(saved(made), "план.docx")
    check(activities)
    assert activities[0].result.endswith("Приложение функционал")


def numbered(paragraph, level):
    props = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 77)):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), str(value))
        props.append(mark)
    paragraph._p.get_or_add_pPr().append(props)


def with_list(made):
    part = made.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, pattern in enumerate(("%1.", "%1.%2")):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", pattern)):
            mark = OxmlElement(name)
            mark.set(qn("w:val"), value)
            lvl.append(mark)
        abstract.append(lvl)
    part.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    num.append(link)
    part.append(num)


def test_numbers_that_word_counts_itself_are_the_rows_numbers():
    made = paper(TITLE, [HEAD, ["", "Начало", "", "", ""], *[["", *row[1:]] for row in ROWS]])
    with_list(made)
    for row, level in zip(made.tables[0].rows[1:], (0, 1, 1, 1), strict=True):
        numbered(row.cells[0].paragraphs[0], level)
    _, activities, _ = understand_bytes(saved(made), "план.docx")
    check(activities)
    assert {each.stage for each in activities} == {"1. Начало"}


def test_tracked_deletions_are_gone_and_insertions_stand():
    made = paper(TITLE, [HEAD, *ROWS])
    run = made.tables[0].rows[1].cells[1].paragraphs[0].runs[0]._r
    inserted, deleted = OxmlElement("w:ins"), OxmlElement("w:del")
    run.addprevious(deleted)
    run.addprevious(inserted)
    inserted.append(run)
    gone = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "Выбрать "
    gone.append(text)
    deleted.append(gone)
    _, activities, _ = understand_bytes(saved(made), "план.docx")
    check(activities)


def test_a_table_drawn_by_hand_keeps_its_columns():
    """Edges a hair apart make Word count more columns than anybody sees."""
    made = paper(TITLE, [["", "", "", "", "", "", ""] for _ in range(4)])
    table = made.tables[0]
    for at, row in enumerate([HEAD, *ROWS]):
        cells = table.rows[at].cells
        spans = (
            [(0, 0), (1, 2), (3, 3), (4, 4), (5, 6)] if at % 2 else [(0, 0), (1, 1), (2, 3), (4, 5), (6, 6)]
        )
        for (first, last), text in zip(spans, row, strict=True):
            whole = cells[first].merge(cells[last]) if first != last else cells[first]
            whole.text = text
    _, activities, _ = understand_bytes(saved(made), "план.docx")
    check(activities)


def test_an_excel_book_with_other_tabs_and_the_organisation_s_own_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Сводка"
    book.active.append(["Показатель", "Значение"])
    own = book.create_sheet("Дорожная карта")
    own.append(
        [
            "№ п/п *",
            "Раздел / этап",
            "Мероприятие *",
            "Содержание",
            "Срок (как в документе) *",
            "Дата начала",
            "Контрольная дата",
            "Ответственный *",
            "Результат, вид документа",
            "Статус",
            "⚙ Код",
        ]
    )
    for number, told, term, who, result in ROWS:
        own.append([number, "Начало", told, "", term, None, None, who, result, "не начато", "М-001"])
    people = book.create_sheet("Наставники")
    people.append(["ФИО *", "Должность *", "Дата согласия"])
    book.save(tmp_path / "книга.xlsx")
    document, activities, _ = understand(tmp_path / "книга.xlsx")
    assert [each.number for each in activities] == ["1.1", "1.2", "1.3"]
    assert (activities[0].origin.tab, activities[0].origin.row, activities[0].stage) == (
        "Дорожная карта",
        2,
        "Начало",
    )
    assert document.names[1] == "Дорожная карта"


def test_an_excel_sheet_with_dates_numbers_and_a_merged_title(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(HEAD)
    from datetime import datetime  # noqa: PLC0415 - a cell's value as Excel keeps it

    sheet.append([1, "Назначить куратора", datetime(2026, 9, 15), "Директор", "Приказ"])  # noqa: DTZ001 - Excel knows no zones
    sheet.append([1.1, "Собрать запросы", "сентябрь", "Куратор", "База наставляемых"])
    book.save(tmp_path / "план.xlsx")
    document, activities, _ = understand(tmp_path / "план.xlsx")
    assert [(each.number, say_all(each.term.windows), each.origin.row) for each in activities] == [
        ("1", "15.09.2026", 4),
        ("1.1", "сентябрь 2026", 5),
    ]
    assert document.title == TITLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
@pytest.mark.parametrize(("name", "sign"), [("план.csv", ";"), ("план.tsv", "\t"), ("план.txt", "\t")])
def test_text_tables_in_the_encodings_russian_programs_write(name, sign, encoding):
    lines = [
        TITLE.replace("«", '"').replace("»", '"') if encoding == "cp866" else TITLE,
        sign.join(HEAD).replace("№", "N"),
        *(sign.join(row) for row in ROWS),
    ]
    _, activities, _ = understand_bytes("\r\n".join(lines).encode(encoding, errors="replace"), name)
    check(activities)


def test_a_text_table_copied_from_excel_keeps_lines_inside_cells():
    text = "\n".join([TITLE, "\t".join(HEAD), '1.1\tСобрать\t"Апрель 2026\nАпрель 2027"\tКуратор\tСправка'])
    _, (activity,), _ = understand_bytes(text.encode(), "план.txt")
    assert say_all(activity.term.windows) == "апрель 2026; апрель 2027"


def test_a_table_drawn_with_bars_or_with_wide_gaps():
    bars = "\n".join(
        [
            TITLE,
            "| " + " | ".join(HEAD) + " |",
            "|---|---|---|---|---|",
            *("| " + " | ".join(row) + " |" for row in ROWS),
        ]
    )
    widths = (8, 34, 20, 32, 30)
    gaps = "\n".join(
        [
            TITLE,
            *(
                "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
                for row in [HEAD, *ROWS]
            ),
        ]
    )
    for text in (bars, gaps):
        check(understand_bytes(text.encode(), "план.txt")[1])


def test_columns_flattened_cell_by_cell_are_found_again():
    lines = [TITLE, "", "№ Наименование мероприятий Срок Ответственный Результат", ""]
    for number, told, term, who, result in ROWS:
        first, _, rest = told.partition(" ")
        lines += [f"{number} {first}", rest, term, who, result, ""]
    _, activities, _ = understand_bytes("\n".join(lines).encode(), "план.txt")
    check(activities)


def test_columns_flattened_line_by_line_are_found_again():
    lines = [TITLE, "№ Мероприятие Срок Ответственный Результат", *(" ".join(row) for row in ROWS)]
    _, activities, _ = understand_bytes("\n".join(lines).encode(), "план.txt")
    assert [say_all(each.term.windows) for each in activities] == [
        "до 15.09.2026",
        "сентябрь 2026",
        "май 2027",
    ]
    assert activities[0].activity == "Назначить куратора"


def drawn(pages, lines=()):
    """Print pages of rows as ruled tables; a `None` cell belongs to the one on its left."""
    edges, height, top = (40, 80, 317, 436, 594, 752), 46, 460
    made = []
    for number, rows in enumerate(pages):
        page = Page(792, 576)
        for at, line in enumerate(lines if number == 0 else ()):
            page.text(40, 547 - at * 23, 11, line)
        for down, row in enumerate(rows):
            y = top - down * height
            for at, text in enumerate(row):
                if text is None:
                    continue
                cells = zip(edges[at + 1 :], [*row[at + 1 :], ""], strict=True)
                right = next((edge for edge, cell in cells if cell is not None), edges[-1])
                for corners in (
                    (edges[at], y, right, y),
                    (edges[at], y - height, right, y - height),
                    (edges[at], y, edges[at], y - height),
                    (right, y, right, y - height),
                ):
                    page.rule(*corners)
                page.text(edges[at] + 4, y - height / 2, 7, text)
        made.append(page)
    return pdf(*made)


def test_a_ruled_pdf_over_two_pages_reads_as_one_table():
    pages = [[HEAD, ["1.", "Раздел о начале", None, None, None], ROWS[0]], [HEAD, ROWS[1], ROWS[2]]]
    document, activities, _ = understand_bytes(drawn(pages, [TITLE]), "план.pdf")
    check(activities)
    assert document.title == TITLE
    assert activities[0].stage == "1. Раздел о начале"


def test_a_pdf_of_pictures_says_what_to_do_instead():
    _, activities, (problem,) = understand_bytes(pdf(Page(216, 216)), "скан.pdf")
    assert (activities, problem.severity, problem.code) == ((), Severity.STOP, "file-scan")
    assert "распознайте" in problem.message


def test_a_pdf_without_lines_is_read_as_flattened_text():
    page = Page(792, 576)
    told = [TITLE, "№ Мероприятие Срок Ответственный Результат", *(" ".join(row) for row in ROWS)]
    for at, line in enumerate(told):
        page.text(40, 518 - at * 29, 10, line)
    _, activities, _ = understand_bytes(pdf(page), "план.pdf")
    assert [each.number for each in activities] == ["1.1", "1.2", "1.3"]


def test_a_file_without_a_roadmap_is_never_half_read():
    for data, name in (
        (saved(paper("Просто письмо")), "письмо.docx"),
        (saved(paper([["ФИО", "Должность"], ["Имя", "учитель"]])), "список.docx"),
        ("Просто текст без таблицы.\nИ ещё строка.".encode(), "текст.txt"),
        (b"a;b\n1;2", "таблица.csv"),
    ):
        _, activities, problems = understand_bytes(data, name)
        assert activities == ()
        assert any(each.severity is Severity.STOP for each in problems)
        assert all(each.message.endswith(".") for each in problems)


def test_a_package_with_a_broken_part_is_a_sentence():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", "<w:document")
    assert read_bytes(data.getvalue(), "план.docx")[1][0].code == "file-broken"
