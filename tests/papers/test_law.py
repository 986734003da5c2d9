"""Which paragraphs of a template the law stands behind, and where a copy that staff edited has fallen behind them."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from flows import settings
from flows.domain.errors import Refused
from flows.papers import law
from flows.papers.law import Difference

BASIS = "В соответствии с {{ основания|перечень }} приказываю:"
ARTICLE = "Доплата устанавливается по статье 351.8 Трудового кодекса Российской Федерации"
PLAIN = "Контроль за исполнением приказа оставляю за собой"
OURS = (BASIS, PLAIN, ARTICLE)


def paper(*lines, header="", cells=()):
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if cells:
        row = made.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def count(*lines, **parts):
    told = law.marks(paper(*lines, **parts))
    return 0 if told == law.NO_LAW else len(told) // law.SIGNS


@pytest.mark.parametrize(
    "line",
    [
        "Федеральный закон от 29.12.2012 № 273-ФЗ",
        "согласно Трудовому кодексу",
        "по ст. 191 ТК РФ",
        "в порядке статьи 9",
        "распоряжение Правительства Российской Федерации",
        "по приказу Роскомнадзора № 18",
        "письмо Минпросвещения России",
        "если законодательством не установлено иное",
        "{{ нормы.досрочно|с_прописной }}.",
        "согласие на обработку персональных данных",
        "ОГРН {{ организация.огрн }}",
        "с учётом мнения представительного органа работников",
        "размер и условия выплаты",
    ],
)
def test_a_paragraph_that_names_an_act_or_what_it_demands_is_of_law(line):
    assert count(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        PLAIN,
        "приказ от 01.09.2026 № 12",
        "действует на основании {{ руководитель.основание }}",
        "Паспорт программы",
        "{#p на выбор: число своё, законом оно не названо #}",
        "подпись законного представителя",
        "статья в сборнике",
        "{%p if пара.доплата %}",
        "{%p if нормы.досрочно %}",
        "закончить до мая",
    ],
)
def test_any_other_paragraph_is_not(line):
    assert count(line) == 0


def test_tables_and_headers_are_read_as_the_body_is():
    assert count(PLAIN, cells=("ТК РФ", PLAIN), header="273-ФЗ") == 2


@pytest.mark.parametrize(
    ("theirs", "differences"),
    [
        pytest.param((*OURS, "Свои слова"), (), id="words of their own"),
        pytest.param((BASIS, ARTICLE), (), id="what is not of law is theirs to drop"),
        pytest.param(
            (BASIS.replace("{{ ", "{{"), ARTICLE.upper().replace(" ", "\u00a0") + ", и далее"),
            (),
            id="said otherwise",
        ),
        pytest.param((BASIS, PLAIN), (Difference(ARTICLE, ""),), id="one is missing"),
        pytest.param(
            (BASIS, ARTICLE.replace("351.8", "144")),
            (Difference(ARTICLE, ARTICLE.replace("351.8", "144")),),
            id="another stands in its place",
        ),
    ],
)
def test_a_copy_of_which_nobody_knows_what_law_it_had_is_behind_where_it_lacks_ours(theirs, differences):
    for known in ("", law.UNKNOWN, law.NO_LAW):
        assert law.behind(paper(*OURS), paper(*theirs), known) == differences


def test_what_staff_changed_while_ours_stayed_counts_for_nothing():
    ours, theirs = paper(*OURS), paper("В соответствии с правом приказываю:", PLAIN)
    assert law.behind(ours, theirs, law.marks(ours)) == ()
    newer = paper(*OURS, "По письму Минтруда России")
    assert law.behind(newer, theirs, law.marks(ours)) == (Difference("По письму Минтруда России", ""),)


def test_what_ours_has_dropped_and_a_copy_still_says_is_told():
    ours, before = paper(BASIS, PLAIN), law.marks(paper(*OURS))
    assert law.behind(ours, paper(*OURS), before) == (Difference("", ARTICLE),)
    assert law.behind(ours, paper(BASIS), before) == ()


def test_what_ours_has_reworded_is_told_once():
    newer, before = ARTICLE.replace("351.8", "351.9"), law.marks(paper(*OURS))
    assert law.behind(paper(BASIS, newer), paper(*OURS), before) == (Difference(newer, ARTICLE),)


def test_how_a_value_is_spelled_is_no_law_but_the_words_of_an_act_are():
    before = paper("По ТК РФ, {{ приказ.дата }}", "{{ нормы.досрочно|пропуск(60) }}.")
    now = paper("По ТК РФ, {{ приказ.дата|дата }}", "{{ нормы.досрочно }}.")
    told = (Difference("{{ нормы.досрочно }}.", "{{ нормы.досрочно|пропуск(60) }}."),)
    assert law.behind(now, before, law.marks(before)) == told


def test_what_is_no_word_file_is_refused():
    with pytest.raises(Refused):
        law.marks(b"not a word file")


def test_the_marks_of_every_template_of_ours_fit_a_property_of_a_file():
    many = law.marks(paper(*(f"статья {number}" for number in range(60))))
    for told in (many, *(law.marks(path.read_bytes()) for path in settings.TEMPLATES.glob("*.docx"))):
        assert len(f"nastavnik_law{told}".encode()) <= 124
    assert all(len(law.marks(path.read_bytes())) < len(many) for path in settings.TEMPLATES.glob("*.docx"))
