"""Papers are looked over before they are filed and after people edited them; what is found stands on the register's row."""

import io
from datetime import date

import docx

from tests.road.desk import TODAY, words

REMARK = "Данные изменились"


def own_template(desk, change):
    """Change the organisation's own copy of the order's template, as staff would in Word."""
    path = next(
        path
        for path in desk.root.rglob("Шаблоны/*.docx")
        if "закреплении наставнических пар" in path.name and "внесении" not in path.name
    )
    paper = docx.Document(str(path))
    change(paper)
    paper.save(str(path))


def edited(desk, kind, change):
    """Edit a filed paper by hand."""
    path = desk.file(desk.filed(kind))
    paper = docx.Document(str(path))
    change(paper)
    told = io.BytesIO()
    paper.save(told)
    path.write_bytes(told.getvalue())


def test_a_place_forgotten_in_a_template_is_told_on_the_papers_row_until_it_is_mended(desk):
    own_template(desk, lambda paper: paper.add_paragraph("Внедрить в (название образовательной организации)"))
    desk.run()
    row = desk.filed("order.pairs")
    assert "(название образовательной организации)" in desk.cell("Документы", row.origin.row, REMARK)
    assert desk.findings()["looked-left-over"] == ["вопрос"]
    since = desk.now
    assert not desk.run().written
    assert desk.writes(since) == 0
    own_template(desk, lambda paper: paper.paragraphs[-1]._p.getparent().remove(paper.paragraphs[-1]._p))
    desk.run()
    assert "looked-left-over" not in desk.findings()


def test_a_paper_with_marks_of_the_machine_in_it_is_not_filed(desk):
    own_template(desk, lambda paper: paper.add_paragraph("Назначить None куратором"))
    report = desk.run()
    assert "order.pairs" not in {each.key.split("/")[1] for each in report.made}
    assert not [row for row in desk.register() if row.kind == "order.pairs"]
    assert desk.findings()["paper-fault"] == ["стоп"]
    assert any("None" in each.message for each in report.stops)


def test_what_people_leave_in_a_draft_is_found_and_goes_when_mended(done):
    edited(
        done, "order.pairs", lambda paper: paper.add_paragraph("Основание: ст. 358.1 ТК РФ, протокол [дата]")
    )
    done.run()
    assert sorted(done.findings()) == sorted({*done.findings(), "looked-left-over", "looked-wrong-article"})
    since = done.now
    assert not done.run().written
    assert done.calls(since)["drive.files.get"] == 0
    edited(
        done, "order.pairs", lambda paper: paper.paragraphs[-1]._p.getparent().remove(paper.paragraphs[-1]._p)
    )
    done.run()
    assert not {"looked-left-over", "looked-wrong-article"} & set(done.findings())
    assert not done.cell("Документы", done.filed("order.pairs").origin.row, REMARK)


def test_what_was_edited_and_signed_becomes_final_without_the_mark_of_a_draft(done):
    edited(done, "order.pairs", lambda paper: paper.add_paragraph("Дописано от руки"))
    row = done.filed("order.pairs")
    done.type_cells("Документы", row.origin.row, {"Рег. №": "26/1", "Дата регистрации": date(2026, 12, 9)})
    done.run()
    final = done.filed("order.pairs", "зарегистрирован")
    paper = docx.Document(str(done.file(final)))
    assert "Дописано от руки" in words(done.file(final))
    assert "ПРОЕКТ" not in "".join(
        each.text
        for header in (paper.sections[0].header, paper.sections[0].first_page_header)
        for each in header.paragraphs
    )
    assert not done.run(TODAY).written


def test_the_row_of_a_draft_made_anew_covers_the_pair_that_became_ready(done):
    assert done.filed("order.pairs").covers == ("П-001", "П-002")
    done.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
    done.type_cells("Пары", 4, {"Доп. соглашение №": "14/2", "Дата доп. соглашения": date(2026, 9, 10)})
    done.run()
    row = done.filed("order.pairs")
    assert (row.version, row.covers) == (1, ("П-001", "П-002", "П-003"))
    assert {"П-003", "Н-003", "Л-003"} <= {mark.partition("=")[0] for mark in row.marks}
