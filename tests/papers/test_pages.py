"""The page check finds what a head would not sign a page for, and is silent about a good page; see `make pages`."""

import docx
import pytest
from conftest import saved

from tests.pages.faults import RULES, faults
from tests.pages.sheets import Line, Meant, Sheet, bare, meant

TEXT = "Контроль за исполнением приказа оставляю за собой."
FULL, HALF = 780.0, 200.0


def page(*lines, end=FULL, tables=(), gap=0.0):
    told = [(text.strip("*"), text.startswith("*")) for text in lines]
    words = frozenset(word for text, _ in told for word in text.split())
    made = tuple(
        Line(text, 60.0 + 15 * at, 72.0 + 15 * at, bold, gap) for at, (text, bold) in enumerate(told)
    )
    return Sheet(made, words, tables, 56.0, 842.0, end)


def said(*pages, **more):
    words = tuple(word for each in pages for line in each.lines for word in line.text.split())
    return [kind for kind, _ in faults(pages, Meant(**{"words": words, **more}))]


GOOD = page(TEXT, TEXT, "Заведующий _______________ М.В. Соколова")
HEAD, ROW, OTHER = "№|ФИО", "1|БеловаВера", "2|ЖуковаАнна"
TABLED = {"rows": frozenset({HEAD, ROW, OTHER}), "heads": frozenset({HEAD})}
BAD = {
    "одинокая строка": ((GOOD, page("и доложить совету.", end=80.0)), {}),
    "подпись одна": ((page(TEXT), page("Ознакомлен:", "Заведующий _______________ М.В. Соколова", TEXT)), {}),
    "заголовок внизу": ((page(TEXT, "*Мониторинг и завершение"), GOOD), {"headings": frozenset({bare("Мониторинг и завершение")})}),
    "приложение не с новой страницы": ((page(TEXT, "Приложение"),), {"appendices": frozenset({"Приложение"})}),
    "заголовок под подписями": ((page(TEXT, "*Перечень пар"),), {"under": (bare("Перечень пар"),)}),
    "полупустая страница": ((page(TEXT, TEXT, end=HALF), GOOD), {}),
    "разорванная строка таблицы": ((page(TEXT, tables=((HEAD, ROW),)), page(TEXT, TEXT, TEXT, tables=((HEAD, "2|Жук"),))), TABLED),
    "разорванное слово": ((page("Срок", "15.09.202", "6"),), {"words": ("Срок", "15.09.2026")}),
    "растянутая строка": ((page("в срок до четверга", gap=40.0),), {"justified": (bare("представить в срок до четверга ____"),)}),
}  # fmt: skip


@pytest.mark.parametrize("kind", RULES)
def test_a_bad_page_is_found(kind):
    pages, more = BAD[kind]
    assert said(*pages, **more) == [kind]


def test_one_row_on_the_last_page_and_a_list_of_readers_without_its_order_are_found():
    first = page(TEXT, tables=((HEAD, ROW),))
    assert said(first, page("№ ФИО", "2 Жукова Анна", TEXT, tables=((HEAD, OTHER),)), **TABLED) == []
    assert said(first, page("№ ФИО", "2 Жукова Анна", tables=((HEAD, OTHER),)), **TABLED) == [
        "одинокая строка"
    ]
    assert said(GOOD, page("С приказом ознакомлены:", TEXT, TEXT)) == ["подпись одна"]
    dated = page(
        "Ознакомлена:", "Заведующий ____________ ___.___.20___", "М.В. Соколова", "(подпись) (дата)", TEXT
    )
    assert said(GOOD, dated) == ["подпись одна"]
    assert (
        said(GOOD, page("Голосовали: «за» – ______.", "Председатель _______________ М.В. Соколова", TEXT))
        == []
    )
    assert said(page(TEXT, "С приказом ознакомлены:"), GOOD) == ["подпись одна"]


def test_a_good_paper_has_no_faults():
    last = page("№ ФИО", "1 Белова Вера", "2 Жукова Анна", TEXT, tables=((HEAD, ROW, OTHER),), end=HALF)
    assert said(GOOD, last, **TABLED) == []
    assert (
        said(page(TEXT, TEXT, end=HALF), page("Приложение", TEXT, TEXT), appendices=frozenset({"Приложение"}))
        == []
    )
    assert said(page("учитель-", "логопед"), words=("учитель-логопед",)) == []


def test_the_text_of_a_paper_is_told_by_what_its_styles_mean():
    paper = docx.Document()
    paper.add_paragraph("Вводная").alignment = 3
    paper.styles.add_style("Annex", 1).paragraph_format.page_break_before = True
    paper.styles.add_style("Chapter", 1)
    for text, style in (
        ("Раздел", "Chapter"),
        ("______________ М.В. Соколова", None),
        ("Итоги", "Chapter"),
        ("Приложение", "Annex"),
        ("Список", "Chapter"),
    ):
        if text.startswith("_"):
            paper.add_table(1, 1).cell(0, 0).text = text
        else:
            paper.add_paragraph(text, style)
    told = meant(saved(paper))
    assert told.headings == {"Раздел", "Итоги", "Список"}
    assert told.appendices == {"Приложение"}
    assert told.under == ("Итоги",)
    assert "Вводная" in told.words
