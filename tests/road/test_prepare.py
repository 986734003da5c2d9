"""What a curator sees of a run: papers where they belong, the register, findings, and nothing at all the second time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

import openpyxl
import pytest

from flows import telling
from flows.domain.register.life import Action
from flows.papers import render
from flows.work import prepare, steps
from flows.workspace import lease
from tests.papers.better import better
from tests.road import desk as desks
from tests.road.desk import SLUG, TODAY, add_pair, words


def test_the_papers_due_are_made_and_filed_in_their_folders(desk):
    report = desk.run()
    made = sorted(each.key.split("/")[1] for each in report.made)
    assert made == [
        "consent.duty",
        "note.monitoring",
        "order.introduce",
        "order.pairs",
        "program.personal",
        "program.personal",
    ]
    places = {path.relative_to(desk.root).parts[1:-1] for path in desk.papers()}
    assert ("2026-2027", "02 Приказы", "Проекты") in places
    assert ("2026-2027", "04 Мониторинг и справки") in places
    assert any(parts[1] == "03 Пары" and "П-001" in parts[2] for parts in places)


def test_each_paper_has_one_row_with_its_number_state_link_and_file(done):
    rows = done.register()
    assert [row.draft_number for row in rows] == [
        f"ПР-2026-{number:03d}" for number in range(1, len(rows) + 1)
    ]
    assert {row.state for row in rows} == {"проект"}
    for row in rows:
        entry = done.space.drive.entry(row.file_id)
        assert entry.properties["nastavnik_key"] == row.key
        assert entry.md5 == row.checksum
        assert not row.intended


def test_the_order_leaves_out_the_pair_without_consent_and_the_sheet_says_who_lacks_what(done):
    text = done.text(done.filed("order.pairs"))
    assert "Орлов" in text
    assert "Панин" not in text
    assert "П-003" in done.note("Пары", 4, "Наставник") or "П-003" in str(done.cell("Пары", 4, "⚙ Замечание"))
    assert "согласия" in done.cell("Пары", 4, "⚙ Замечание")
    assert done.findings()["pair-not-ready"] == ["стоп"]


def test_a_second_run_reads_three_times_and_writes_nothing(done):
    since = done.now
    report = done.run()
    assert not report.written
    assert done.writes(since) == 0
    assert sum(done.calls(since).values()) <= 3


@pytest.fixture(scope="module")
def first(furnished, tmp_path_factory):
    """A first run and what it asked of the office; `printed` grows with each paper that is printed here."""
    root, place = furnished
    printed = []
    home = desks.copied(root, tmp_path_factory.mktemp("first") / "home")
    with pytest.MonkeyPatch.context() as patch, desks.opened(home, place, strict=True) as desk:
        patch.setattr(
            steps, "render", lambda template, context: printed.append(context) or render(template, context)
        )
        since = desk.now
        report = desk.run()
        yield desk, report, desk.calls(since), printed


def test_a_first_run_prints_each_paper_for_a_trial_once_and_then_the_one_it_files(first):
    desk, report, _, printed = first
    assert report.made
    assert len(printed) == 2 * len(report.made)
    desk.run()
    assert len(printed) == 2 * len(report.made)


def test_calls_of_a_first_run_stay_within_the_budget(first):
    desk, report, calls, _ = first
    papers = len(report.made)
    folders = len(
        {
            "/".join(path.relative_to(desk.root).parts[1:-1][:depth])
            for path in desk.papers()
            for depth in range(1, 9)
        }
        - {""}
    )
    assert sum(count for method, count in calls.items() if method.startswith("sheets")) <= 6 + 2 * ceil(
        papers / 100
    )
    assert sum(count for method, count in calls.items() if method.startswith("drive")) <= papers + folders + 6


def test_a_new_day_without_new_facts_makes_no_paper_anew(done):
    before = desks.sums(done.root)
    since = done.now
    report = done.run(TODAY + timedelta(days=1))
    assert report.made == ()
    assert desks.sums(done.root) == before
    assert done.calls(since)["drive.files.update"] == 0


def test_people_see_terms_as_understood_and_papers_beside_their_rows(done):
    assert "01.12.2026–31.12.2026" in done.cell("Дорожная карта", 5, "⚙ Понято как")
    assert "ПР-2026" in done.cell("Дорожная карта", 3, "⚙ Документ")
    assert done.cell("Наставники", 2, "⚙ Пар сейчас") == 1
    assert "ПР-2026" in done.cell("Пары", 2, "⚙ Приказ")
    assert done.cell("Пары", 4, "⚙ Приказ") in {None, ""}


def test_codes_are_given_once_and_survive_sorting(done):
    codes = [done.cell("Пары", row, "⚙ Код") for row in (2, 3, 4)]
    assert codes == ["П-001", "П-002", "П-003"]
    table = done.tab("Пары")
    rows = [
        [table.sheet.at(row, column).value for column in range(len(table.tab.columns))] for row in (3, 2, 1)
    ]
    for row, values in enumerate(rows, 2):
        done.type_cells(
            "Пары",
            row,
            {column.header: value for column, value in zip(table.tab.columns, values, strict=True)},
        )
    report = done.run()
    assert report.made == ()
    assert [done.cell("Пары", row, "⚙ Код") for row in (2, 3, 4)] == ["П-003", "П-002", "П-001"]


def test_a_copied_row_gets_a_code_of_its_own_and_a_remark(done):
    table = done.tab("Наставники")
    done.type_cells(
        "Наставники",
        5,
        {column.header: table.sheet.at(1, table.columns[column.header]).value for column in table.tab.columns}
        | {"ФИО": "Щукина Инна Львовна"},
    )
    done.run()
    assert [done.cell("Наставники", row, "⚙ Код") for row in (2, 5)] == ["Н-001", "Н-004"]


def test_changed_data_renew_the_draft_in_place(done):
    before = done.filed("program.personal")
    done.type_cells("Пары", 3, {"Цель": "вести первые занятия уверенно"})
    report = done.run()
    after = next(row for row in done.register() if row.key == before.key)
    assert {each.action for each in report.made} == {Action.RENEW.value}
    assert before.key in {each.key for each in report.made}
    assert (after.file_id, after.draft_number, after.version) == (
        before.file_id,
        before.draft_number,
        before.version,
    )
    assert "вести первые занятия уверенно" in done.text(after)


def test_a_draft_edited_by_hand_is_kept_and_changed_data_give_a_version_beside(done):
    row = done.filed("order.pairs")
    edited = done.file(row)
    edited.write_bytes(edited.read_bytes() + b"\0")
    assert done.run().made == ()
    done.type_cells("Пары", 2, {"Дата начала": date(2026, 9, 16)})
    done.run()
    old, new = (each for each in done.register() if each.key == row.key)
    assert (old.version, old.state, new.version, new.state) == (1, "заменён", 2, "проект")
    assert done.file(old).read_bytes().endswith(b"\0")
    assert new.draft_number != old.draft_number
    assert done.run().made == ()


def test_a_registered_paper_is_never_touched_and_new_pairs_give_a_second_order(done):
    row = done.filed("order.pairs")
    done.type_cells(
        "Документы",
        row.origin.row,
        {"Рег. №": "26/1", "Дата регистрации": date(2026, 12, 9), "Состояние": "зарегистрирован"},
    )
    done.run()
    before = done.file(row).read_bytes()
    add_pair(done, 3)
    report = done.run()
    orders = [each for each in done.register() if each.kind == "order.pairs"]
    assert [each.key.split("/")[2] for each in orders] == [SLUG, SLUG, f"{SLUG}-2"]
    assert "Зайцев" in done.text(orders[2])
    assert "Орлов" not in done.text(orders[2])
    assert done.file(row).read_bytes() == before
    assert any(each.key.endswith(f"{SLUG}-2/2026-2027") for each in report.made)
    # Numbers of drafts have no gap beside a final, which has none.
    numbers = [int(row.draft_number.rpartition("-")[2]) for row in done.register() if row.draft_number]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_changed_data_after_registration_ask_for_an_amending_order(done):
    row = done.filed("order.pairs")
    done.type_cells("Документы", row.origin.row, {"Рег. №": "26/1"})
    done.type_cells("Пары", 2, {"Дата начала": date(2026, 9, 20)})
    done.run()
    assert "о внесении изменений" in done.cell("Документы", row.origin.row, "Данные изменились")
    assert done.findings()["paper-ask"] == ["вопрос"]


def test_a_tick_gives_a_new_version_beside(done):
    row = done.filed("order.pairs")
    done.type_cells("Документы", row.origin.row, {"Подготовить новую версию": True})
    report = done.run()
    assert [each.key for each in report.made] == [row.key]
    assert done.run().made == ()


@pytest.mark.parametrize("how", ["trash", "delete"])
def test_a_paper_that_people_took_away_is_reported_and_not_made_again(done, how):
    row = done.filed("order.pairs")
    if how == "trash":
        done.space.drive.change(row.file_id, {"trashed": True})
    else:
        done.file(row).unlink()
    report = done.run()
    assert report.made == ()
    assert "корзин" in done.cell("Документы", row.origin.row, "Данные изменились")


def test_a_paper_that_nothing_calls_for_is_left_and_named(done):
    done.type_cells("Пары", 3, {"Состояние": "прекращена"})
    done.run()
    row = next(each for each in done.register() if each.key.startswith(f"{SLUG}/program.personal/П-002"))
    assert done.file(row).exists()
    assert "больше не требуют" in done.cell("Документы", row.origin.row, "Данные изменились")


@pytest.mark.spare(
    "road/test_templates_on_need.py::test_a_file_of_staff_under_our_name_is_the_template_and_none_is_laid_beside"
)
def test_staffs_own_template_wins(desk):
    copy = next(
        path for path in desk.root.rglob("*.docx") if "Шаблоны" in path.parts and "закреплении" in path.name
    )
    import docx  # noqa: PLC0415 - only here

    paper = docx.Document(str(copy))
    paper.paragraphs[-1].add_run("Напечатано по своему образцу")
    paper.save(str(copy))
    desk.run()
    assert "Напечатано по своему образцу" in desk.text(desk.filed("order.pairs"))


@pytest.mark.spare("road/test_bad_input.py::test_a_template_that_is_no_word_file_stops_its_own_papers_only")
def test_a_template_that_is_not_a_word_file_stops_its_papers_only(desk):
    copy = next(
        path for path in desk.root.rglob("*.docx") if "Шаблоны" in path.parts and "закреплении" in path.name
    )
    copy.write_bytes(b"not a word file")
    report = desk.run()
    assert "order.pairs" not in {each.key.split("/")[1] for each in report.made}
    assert len(report.made) == 5
    assert [each.code for each in report.stops] == ["pair-not-ready", "template"]


def test_no_personal_name_stands_in_reasons_or_messages(first):
    _, report, *_ = first
    told = " ".join(
        [
            *(each.message + each.proposal for each in report.problems),
            *(each.reason for each in report.steps),
            *(str(each.title) for each in report.made),
        ]
    )
    for name in (*desks.NAMES, *desks.MENTORS):
        assert name.split()[0] not in told


def test_papers_hold_no_leftover_tag_and_no_code_word(done):
    for path in done.papers():
        text = words(path)
        assert not re.search(r"\{\{|\{%|None|null", text), path.name


def test_dry_run_says_what_would_be_done_and_writes_nothing(desk):
    since = desk.now
    report = desk.run(dry_run=True)
    assert desk.writes(since) == 0
    assert sum(each.action is Action.CREATE for each in report.steps) == 6


def test_a_mended_finding_leaves_and_an_answered_one_stays(done):
    done.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
    done.type_cells("Пары", 4, {"Доп. соглашение №": "14/9", "Дата доп. соглашения": date(2026, 9, 10)})
    done.run()
    assert "pair-not-ready" not in done.findings()
    assert done.cell("Пары", 4, "⚙ Замечание") in {None, ""}


@pytest.mark.spare("road/test_answers.py::test_an_answer_is_applied_on_the_next_run_and_logged_once")
def test_an_answer_in_the_check_tab_is_applied_and_the_cell_stays_as_typed(empty):
    desks.furnish(
        empty,
        plan=[("2.1", "Мониторинг", "Апрель 2032", "Куратор", "Аналитическая справка"), *desks.PLAN[:2]],
    )
    empty.run()
    assert empty.findings()["outside-period"] == ["стоп"]
    row = next(each for each in empty.rows("Проверка") if each.text("⚙ Ключ").startswith("outside-period"))
    empty.type_cells("Проверка", row.origin.row, {"Ответ": "Декабрь 2026"})
    report = empty.run()
    assert "note.monitoring" in {each.key.split("/")[1] for each in report.made}
    assert empty.cell("Дорожная карта", 2, "Срок (как в документе)") == "Апрель 2032"


def registered(desk, number="26/1"):
    """Register the order as a person does: number, day, state typed into its row."""
    row = desk.filed("order.pairs")
    desk.type_cells(
        "Документы",
        row.origin.row,
        {"Рег. №": number, "Дата регистрации": date(2026, 12, 9), "Состояние": "зарегистрирован"},
    )
    return row


def test_a_number_and_a_day_give_a_read_only_final_with_them_printed(done):
    draft = registered(done)
    done.run()
    old, final = (row for row in done.register() if row.key == draft.key)
    assert (old.state, final.state, final.final, final.version) == ("заменён", "зарегистрирован", True, 2)
    assert (final.number, final.day, final.draft_number) == ("26/1", date(2026, 12, 9), "")
    assert done.file(final).name == "2026-12-09 Приказ №26-1 О закреплении наставнических пар.docx"
    assert "Зарегистрированные" in done.file(final).parts
    assert "26/1" in done.text(final)
    assert "ПРОЕКТ" not in done.text(final)
    assert done.file(old).exists()
    assert not done.run().written


@pytest.mark.spare(
    "road/test_looking.py::test_what_was_edited_and_signed_becomes_final_without_the_mark_of_a_draft"
)
def test_a_final_of_a_draft_edited_by_hand_is_what_was_signed(done):
    import docx  # noqa: PLC0415 - only here

    path = done.file(done.filed("order.pairs"))
    paper = docx.Document(str(path))
    paper.add_paragraph("Дописано от руки перед подписью")
    paper.save(str(path))
    registered(done)
    done.run()
    assert "Дописано от руки перед подписью" in done.text(done.filed("order.pairs", "зарегистрирован"))


def test_a_pdf_lies_beside_the_final_and_a_converter_that_fails_is_asked_again(done):
    draft = registered(done)
    asked = []

    def convert(papers):
        asked.append(len(papers))
        return {name: b"%PDF-1.7 of " + data[:2] for name, data in papers.items()} if len(asked) > 1 else {}

    supplies = replace(desks.supplies(), pdf=convert)
    prepare(done.space, done.place, TODAY, supplies)
    final = done.filed("order.pairs", "зарегистрирован")
    assert not final.pdf
    prepare(done.space, done.place, TODAY, supplies)
    assert done.filed("order.pairs", "зарегистрирован").pdf == "PDF"
    assert done.file(final).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert not prepare(done.space, done.place, TODAY, supplies).written
    assert asked == [1, 1]
    assert draft.key == final.key


def links(desk):
    """Every cell of the book with a formula and what it shows."""
    return {
        (sheet.title, row, column): (cell.formula, cell.value)
        for sheet in desk.book().snapshot.sheets
        for row, line in enumerate(sheet.cells)
        for column, cell in enumerate(line)
        if cell.formula
    }


def test_links_that_a_program_saved_without_what_they_show_call_for_nothing(done):
    registered(done)
    printed = []

    def convert(papers):
        printed.append(len(papers))
        return dict.fromkeys(papers, b"%PDF-1.7")

    supplies = replace(desks.supplies(), pdf=convert)
    prepare(done.space, done.place, TODAY, supplies)
    before = links(done)
    assert {tab for tab, _, _ in before} == {"Документы", "Проверка"}
    book = openpyxl.load_workbook(done.xlsx())
    book.save(done.xlsx())
    assert links(done) == before
    assert "PDF" in {shown for _, shown in before.values()}
    since = done.now
    assert not prepare(done.space, done.place, TODAY, supplies).written
    assert (done.writes(since), printed) == (0, [1])


def test_a_listing_that_lags_is_no_proof_that_a_paper_is_gone(done):
    row = done.filed("order.pairs")
    listed = done.space.drive.found

    def lagging(*asked):
        return [each for each in listed(*asked) if each.id != row.file_id]

    done.space.drive.found = lagging
    report = done.run()
    assert not report.written
    assert {step.action for step in report.steps} == {Action.KEEP}


def test_drafts_that_a_better_template_renews_are_told_in_one_line(done, capsys):
    first = desks.supplies()

    templates = {
        kind.template: better(first.template(kind.template)) for kind in first.kinds.values() if kind.made
    }
    report = prepare(
        done.space, done.place, desks.TODAY, replace(first, template=lambda name: templates[name])
    )
    assert len(report.made) == len(done.papers())
    telling.report(report)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  + ")]
    assert len(lines) == 1
    assert lines[0].startswith(f"  + обновлено по изменившимся шаблонам: {len(report.made)} (")


def test_what_is_typed_while_the_book_is_being_taken_stands_in_the_papers_of_this_very_run(desk, monkeypatch):
    take = lease.take

    def taken(*told):
        desk.type_in("Пары", 2, Цель="вести кружок по шахматам")
        return take(*told)

    monkeypatch.setattr(lease, "take", taken)
    desk.run()
    assert "вести кружок по шахматам" in " ".join(map(words, desk.papers()))
