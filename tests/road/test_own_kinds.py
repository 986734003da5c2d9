"""A kind of the staff's own without programming: a file in «Шаблоны», a row in «Настройки», a name in the roadmap."""

import docx
import pytest

from flows.domain.book.chosen_kinds import folder_of, stem
from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road.desk import TODAY

TITLE = "Приказ о конкурсе наставников"


def choose(desk, *rows):
    """Type rows into the block «Виды документов» of «Настройки», under its head."""
    lines = reading.lines(desk.book())
    head = next(row for row, cells in lines if cells and str(cells[0]).strip() == "Виды документов")
    sheet = desk.book().snapshot.sheet("Настройки")
    desk.space.sheets.batch(
        desk.place.book,
        changes(
            sheet,
            {
                (head + 1 + at, column): value
                for at, row in enumerate(rows)
                for column, value in enumerate(row)
            },
        ),
    )


def lay(desk, name, *lines):
    """Lay a template of the staff's own into «Шаблоны», as a person would."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    folder = next(path.parent for path in desk.root.rglob("Шаблоны/*.docx"))
    paper.save(str(folder / name))


def call(desk, row, title):
    desk.type_cells("Дорожная карта", row, {"Готовить документ": title})


@pytest.fixture
def staffed(desk):
    lay(
        desk,
        f"{TITLE}.docx",
        "{{ документ.заголовок }}",
        "{{ организация.краткое.им }}, п. {{ мероприятие.номер }}",
        "Пар: {{ пары|length }}, срок {{ срок|числом }}",
    )
    choose(desk, (TITLE, None, "02 Приказы/Проекты", 20))
    call(desk, 5, TITLE)
    return desk


def test_a_row_that_names_the_kind_has_its_paper(staffed):
    made = [each for each in staffed.run().made if each.key.split("/")[1].startswith("own.")]
    assert [(each.title, each.folder) for each in made] == [(TITLE, "2026-2027/02 Приказы/Проекты")]
    row = next(row for row in staffed.register() if row.kind.startswith("own."))
    text = staffed.text(row)
    assert text.startswith(f"{TITLE} МБДОУ № 200 «Теремок», п. 2.1 Пар: 3, срок 31.12.2026")
    assert TITLE in row.name
    assert TITLE in staffed.cell("Дорожная карта", 5, "⚙ Документ")
    since = staffed.now
    assert not staffed.run().written
    assert staffed.writes(since) == 0


def test_a_paper_of_ones_own_lives_as_every_other_does(staffed):
    staffed.run()
    row = next(row for row in staffed.register() if row.kind.startswith("own."))
    staffed.type_cells("Документы", row.origin.row, {"Рег. №": "41-од", "Дата регистрации": TODAY})
    staffed.run()
    final = next(row for row in staffed.register() if row.kind.startswith("own.") and row.final)
    assert final.number == "41-од"
    assert "№41-од" in final.name


@pytest.mark.spare("test_a_row_that_names_the_kind_has_its_paper")
def test_a_kind_kept_with_the_pairs_has_a_paper_for_each_pair_that_an_order_may_name(desk):
    lay(desk, "Характеристика.docx", "Характеристика: {{ наставник.им }}, {{ пара.срок }}")
    choose(desk, ("Характеристика наставника", "Характеристика", "03 Пары", None))
    call(desk, 4, "Персонализированная программа наставничества; Характеристика наставника")
    made = [each for each in desk.run().made if each.key.split("/")[1].startswith("own.")]
    assert len(made) == 2
    assert all(each.folder.startswith("2026-2027/03 Пары/П-00") for each in made)


def test_without_its_file_the_kind_is_a_finding_and_the_rest_is_made(desk):
    choose(desk, (TITLE, "Нет такого файла", "", "десять"))
    call(desk, 5, TITLE)
    kinds = {each.key.split("/")[1] for each in desk.run().made}
    assert "order.pairs" in kinds
    assert not any(kind.startswith("own.") for kind in kinds)
    assert (
        desk.findings()["kind-template"],
        desk.findings()["kind-lead"],
        desk.findings()["unknown-kind"],
    ) == (["стоп"], ["вопрос"], ["вопрос"])


@pytest.mark.spare(
    "road/test_bad_input.py::test_a_tag_that_nobody_knows_is_named_and_stops_its_own_papers_only"
)
def test_a_field_the_kind_has_not_is_told_with_its_place(desk):
    lay(desk, f"{TITLE}.docx", "{{ документ.заголовок }}", "{{ наставник.вин }}")
    choose(desk, (TITLE,))
    call(desk, 5, TITLE)
    report = desk.run()
    assert any("абзац 2" in each.message and "«наставник» нет" in each.message for each in report.stops)


def test_folder_and_days_of_a_known_kind_are_what_staff_typed(desk):
    choose(desk, ("Аналитическая справка по итогам мониторинга", None, "04 Мониторинг/Справки", 1))
    folders = {each.key.split("/")[1]: each.folder for each in desk.run().made}
    assert folders["note.monitoring"] == "2026-2027/04 Мониторинг/Справки"


def test_a_template_of_another_name_serves_a_known_kind(desk):
    lay(
        desk,
        "Наш приказ.docx",
        "НАШ ПРИКАЗ {{ документ.заголовок }} – {{ пары|map('код')|perech }}".replace("perech", "перечень"),
    )
    choose(desk, ("Приказ о закреплении наставнических пар", "Наш приказ", None, None))
    desk.run()
    assert "НАШ ПРИКАЗ" in desk.text(desk.filed("order.pairs"))


def test_a_slip_in_a_kinds_name_is_asked_with_the_right_one(desk):
    call(desk, 5, "Приказ о закреплении наставничских пар")
    desk.run()
    check = next(row for row in desk.rows("Проверка") if row.text("⚙ Ключ").startswith("unknown-kind"))
    assert check.text("Предложение") == "Приказ о закреплении наставнических пар"


def test_names_are_safe_and_folded():
    assert folder_of(r"02 Приказы\Проекты/../{pair}") == ("{school_year}", "02 Приказы", "Проекты", "pair")
    assert stem("Ёлка.DOCX") == stem("елка") == stem("  Ёлка.docx ")
