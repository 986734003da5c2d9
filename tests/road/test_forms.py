"""Ready questionnaires for schools without Google Forms: a table to fill in, brought into the book, counted in the note."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from requests.adapters import BaseAdapter

from flows import settings
from flows.office import InProcess
from flows.papers import form_books
from flows.work import prepare
from flows.work.bringing import bring
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road.hands import Hands

DAY = date(2026, 12, 10)
MAY = date(2027, 5, 12)
ENTRY, EXIT = "Анкета наставляемого (вход)", "Анкета наставляемого (выход)"
SURE = "Насколько Вы уверены в ведении документов?"
GLAD = "Насколько Вы довольны работой с наставником?"
VALUED = "Что было самым ценным?"
ON_DAY = {ENTRY: date(2026, 9, 20), EXIT: date(2027, 5, 10)}


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    form_books.lay_into(folder, settings.questionnaires())
    return folder


@pytest.fixture
def folder(laid, tmp_path):
    return desks.copied(laid, tmp_path / "Анкеты")


def fill(path, *answers, title=form_books.ANSWERS):
    """Type answers into a table as a curator does: a dictionary each, of headers and what stands under them."""
    book = openpyxl.load_workbook(path)
    sheet = book[form_books.ANSWERS]
    heads = [cell.value for cell in sheet[1]]
    for row, answer in enumerate(answers, 2):
        for head, value in answer.items():
            sheet.cell(row, heads.index(head) + 1, value)
    sheet.title = title
    book.save(path)
    return path


def answer(code, mark, form=ENTRY, **more):
    return {"Отметка времени": ON_DAY[form], "Код участника": code, SURE: mark, **more}


def brought(desk, path):
    return bring(desk.space, desk.place, path, desks.supplies(), DAY)


def run(desk, today=MAY, kinds=("note.monitoring",)):
    return prepare(desk.space, desk.place, today, desks.supplies(today, kinds))


def tab(desk, title):
    sheet = desk.book().snapshot.sheet(title)
    return [[cell.value for cell in line] for line in sheet.cells]


def mapping(desk):
    return {(row.text("Анкета"), row.text("Вопрос")): row for row in desk.rows("Анкеты")}


# --- the whole way -------------------------------------------------------------------------------------------


def test_answers_typed_without_google_forms_are_counted_before_and_after_for_the_same_codes(desk, folder):
    before = [answer(f"Л-{at:03}", mark) for at, mark in enumerate((4, 5, 3, 6, 4, 9), 1)]
    after = [answer(f"л {at}", mark, EXIT, **{GLAD: 9}) for at, mark in enumerate((7, 7, 8, 6, 5), 1)] + [
        answer("Л-077", 1, EXIT, **{GLAD: 3})
    ]
    assert brought(desk, fill(folder / f"{ENTRY}.xlsx", *before)).added == {ENTRY: 6}
    assert brought(desk, fill(folder / f"{EXIT}.xlsx", *after)).added == {EXIT: 6}
    report = run(desk)
    assert not [
        each for each in report.problems if each.code.startswith(("survey", "question", "mark", "double"))
    ]
    told = desk.text(next(row for row in desk.register() if row.key.endswith("@2027-05/2026-2027")))
    assert (
        "«уверенность в ведении документов»: было 4,4, стало 6,6 (+2,2; +50,0 %); ответили оба раза: 5; выросло: 4, без изменений: 1, снизилось: 0"
        in told
    )
    assert "Удовлетворённость наставляемых: 5 из 6 (83,3 %)" in told
    assert not run(desk).written


@pytest.mark.spare("test_answers_typed_without_google_forms_are_counted_before_and_after_for_the_same_codes")
def test_questions_of_ready_forms_come_into_the_mapping_with_indicator_wave_and_counts(desk, folder):
    brought(
        desk,
        fill(folder / f"{EXIT}.xlsx", *[answer(f"Л-{at:03}", 8, EXIT, **{GLAD: 9}) for at in range(1, 6)]),
    )
    run(desk)
    rows = mapping(desk)
    assert len(rows) == len(next(each for each in settings.questionnaires() if each.title == EXIT).questions)
    assert [rows[EXIT, text].text("Показатель") for text in ("Код участника", SURE, GLAD, VALUED, "Советуете ли Вы программу коллегам?")] == [
        "код", "M12: уверенность в ведении документов (шкала 10)", "M10 (шкала 10)", "открытый", "варианты: да; нет",
    ]  # fmt: skip
    assert [rows[EXIT, text].text("Волна") for text in ("Код участника", SURE, GLAD, VALUED)] == [
        "",
        "выход",
        "выход",
        "",
    ]
    assert (rows[EXIT, GLAD].number("⚙ Ответов"), rows[EXIT, GLAD].text("⚙ Среднее")) == (5, "9,0")
    assert "survey-unmapped" not in desk.findings()
    since = desk.now
    assert (run(desk).written, desk.writes(since)) == (False, 0)


def test_what_people_chose_in_the_mapping_stays(desk, folder):
    path = fill(folder / f"{EXIT}.xlsx", answer("Л-001", 8, EXIT))
    brought(desk, path)
    run(desk)
    desk.type_cells(
        "Анкеты", mapping(desk)[EXIT, SURE].origin.row, {"Показатель": "не учитывать", "Волна": None}
    )
    brought(desk, fill(path, answer("Л-001", 8, EXIT), answer("Л-002", 9, EXIT)))
    run(desk)
    assert [mapping(desk)[EXIT, SURE].text(header) for header in ("Показатель", "Волна")] == [
        "не учитывать",
        "",
    ]


@pytest.mark.spare("test_answers_typed_without_google_forms_are_counted_before_and_after_for_the_same_codes")
def test_an_intermediate_measure_stands_in_a_tab_of_its_own_with_its_wave(desk, folder):
    brought(desk, fill(folder / f"{EXIT}.xlsx", answer("Л-001", 8, EXIT), title="Промежуточная анкета"))
    run(desk)
    assert mapping(desk)["Промежуточная анкета", SURE].text("Волна") == "промежуточная"


def test_a_live_google_form_with_our_questions_needs_no_mapping_and_its_odd_answers_are_asked_about_once(
    desk, tmp_path
):
    form = next(each for each in settings.questionnaires() if each.title == EXIT)
    rows = [
        (ON_DAY[EXIT], "не знаю", *["8/10", "хорошо", 99], *[7] * 6, "да"),
        (ON_DAY[EXIT], None, *[9] * 9, "возможно"),
    ]
    brought(desk, download(tmp_path / "Итоговый опрос (Ответы).xlsx", *rows, head=form.header))
    run(desk)
    assert {row.text("Анкета") for row in desk.rows("Анкеты") if not row.text("Показатель")} == set()
    assert {"mark-text", "mark-range"} <= desk.findings().keys()
    since = desk.now
    assert (run(desk).written, desk.writes(since)) == (False, 0)


# --- bringing in, again and again ----------------------------------------------------------------------------


def test_the_tab_looks_like_a_forms_one_and_the_same_file_adds_nothing(desk, folder):
    path = fill(folder / f"{ENTRY}.xlsx", answer("Л-001", 4), answer("Л-002", 5))
    told = brought(desk, path)
    assert (told.added, told.written, told.problems) == ({ENTRY: 2}, True, ())
    head, *rows = tab(desk, ENTRY)
    assert head[:2] == ["Отметка времени", "Код участника"]
    assert [row[:2] for row in rows] == [[46285, "Л-001"], [46285, "Л-002"]]
    assert desk.book().snapshot.sheet(ENTRY).cells[1][0].shown.startswith("20.09.2026")
    assert [row.text("Что сделано") for row in desk.rows("Журнал")] == [
        f"Перенос из файла «{ENTRY}.xlsx»: вкладка «{ENTRY}», добавлено ответов — 2."
    ]
    since = desk.now
    again = brought(desk, path)
    assert (again.written, again.added, again.problems, desk.writes(since)) == (False, {ENTRY: 0}, (), 0)


def test_a_longer_file_adds_its_new_rows_and_touches_no_other(desk, folder):
    path = fill(folder / f"{ENTRY}.xlsx", *[answer(f"Л-{at:03}", at) for at in range(1, 5)])
    brought(desk, path)
    sheet = desk.book().snapshot.sheet(ENTRY)
    column = tab(desk, ENTRY)[0].index(SURE)
    desk.space.sheets.batch(
        desk.place.book,
        [
            {
                "updateCells": {
                    "start": {"sheetId": sheet.sheet_id, "rowIndex": 1, "columnIndex": column},
                    "rows": [{"values": [{"userEnteredValue": {"numberValue": 10}}]}],
                    "fields": "userEnteredValue",
                }
            }
        ],
    )
    Hands(desk.office, desk.place.book).delete(ENTRY, 3)
    told = brought(desk, fill(path, *[answer(f"Л-{at:03}", at) for at in range(1, 6)]))
    assert told.added == {ENTRY: 1}
    assert [(row[1], row[column]) for row in tab(desk, ENTRY)[1:]] == [
        ("Л-001", 10),
        ("Л-003", 3),
        ("Л-004", 4),
        ("Л-005", 5),
    ]
    assert [(each.severity.value, each.code, each.origin.row) for each in told.problems] == [
        ("заметка", "answers-differ", 2),
        ("заметка", "answers-gone", 3),
    ]


def test_a_tab_that_people_sorted_and_whose_columns_they_moved_still_knows_its_rows(desk, folder):
    path = fill(folder / f"{ENTRY}.xlsx", *[answer(f"Л-{at:03}", at) for at in range(1, 4)])
    brought(desk, path)
    Hands(desk.office, desk.place.book).sort(ENTRY)
    sheet_id = desk.book().snapshot.sheet(ENTRY).sheet_id
    desk.space.sheets.batch(
        desk.place.book,
        [
            {
                "insertDimension": {
                    "range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
                }
            }
        ],
    )
    assert brought(desk, path).added == {ENTRY: 0}
    brought(desk, fill(path, *[answer(f"Л-{at:03}", at) for at in range(1, 5)]))
    assert tab(desk, ENTRY)[-1][:3] == [46285, None, "Л-004"]


@pytest.mark.spare("test_a_longer_file_adds_its_new_rows_and_touches_no_other")
def test_a_deleted_tab_is_filled_anew(desk, folder):
    path = fill(folder / f"{ENTRY}.xlsx", answer("Л-001", 4))
    brought(desk, path)
    desk.space.sheets.batch(
        desk.place.book, [{"deleteSheet": {"sheetId": desk.book().snapshot.sheet(ENTRY).sheet_id}}]
    )
    assert brought(desk, path).added == {ENTRY: 1}


# --- downloads of Google Forms -------------------------------------------------------------------------------

HEAD = ("Отметка времени", "Ваш код", "Вам комфортно? (1–10)", "Почему?")
ROWS = (
    (datetime(2026, 12, 5, 10, 1, 2, 300000), "Л-001", 9, "легко спросить"),  # noqa: DTZ001 - forms know no zones
    (datetime(2026, 12, 5, 10, 1, 2), None, "8/10", None),  # noqa: DTZ001 - forms know no zones
    (datetime(2026, 12, 5, 10, 1, 2), None, "8/10", None),  # noqa: DTZ001 - forms know no zones
)


def download(path, *rows, head=HEAD):
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Ответы на форму (1)"
    for row in (head, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_a_download_of_google_forms_becomes_a_tab_called_as_the_form(desk, tmp_path):
    path = download(tmp_path / "Опрос пар (Ответы).xlsx", *ROWS)
    assert brought(desk, path).added == {"Опрос пар": 3}
    since = desk.now
    assert (brought(desk, path).written, desk.writes(since)) == (False, 0)
    brought(
        desk,
        download(
            path,
            *[(*row, 7) for row in ROWS],
            (datetime(2026, 12, 6, 9), "Л-002", 5, "", 8),  # noqa: DTZ001 - forms know no zones
            head=(*HEAD, "Новый вопрос"),
        ),
    )
    assert tab(desk, "Опрос пар")[0][-1] == "Новый вопрос"
    assert tab(desk, "Опрос пар")[-1][1:] == ["Л-002", 5, None, 8]
    assert len(tab(desk, "Опрос пар")) == 5


def test_a_csv_is_read_as_the_table_it_was_made_of(desk, tmp_path):
    path = tmp_path / "Опрос пар.csv"
    path.write_text(
        '"Отметка времени","Ваш код","Вам комфортно? (1–10)","Почему?"\n"2026/12/05 10:01:02 AM GMT+3","Л-001","9","легко, спросить"\n',
        "utf-8",
    )
    assert brought(desk, path).added == {"Опрос пар": 1}
    assert tab(desk, "Опрос пар")[1][1:] == ["Л-001", 9, "легко, спросить"]
    assert not brought(
        desk, download(tmp_path / "Опрос пар (Ответы).xlsx", (ROWS[0][0], "Л-001", 9, "легко, спросить"))
    ).written


def test_answers_that_a_live_form_has_put_into_the_book_already_are_not_doubled(desk, tmp_path):
    brought(desk, download(tmp_path / "Опрос.xlsx", *ROWS))
    assert not brought(desk, download(tmp_path / "Опрос, копия.xlsx", *ROWS)).written


def test_a_file_called_as_a_tab_with_other_questions_is_refused(desk, tmp_path):
    brought(desk, download(tmp_path / "Опрос.xlsx", *ROWS))
    since = desk.now
    told = brought(
        desk,
        download(tmp_path / "Опрос.xlsx", (ROWS[0][0], 1, 2), head=("Отметка времени", "Погода", "Столовая")),
    )
    assert ([each.code for each in told.problems], desk.writes(since)) == (["answers-other"], 0)
    brought(desk, download(tmp_path / "Пары.xlsx", *ROWS[:1], head=(*HEAD[:3], "Иное")))
    assert desk.book().snapshot.sheet("Ответы – Пары") is not None


# --- what must be mended first -------------------------------------------------------------------------------


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({SURE: "хорошо"}, "нужно число от 1 до 10"), ({SURE: 11}, "нужно число от 1 до 10"), ({SURE: date(2026, 10, 8)}, "нужно число от 1 до 10"),
        ({"Код участника": None}, "Нет кода участника"), ({"Код участника": "Белова Дарья"}, "а не имя"), ({"Отметка времени": "осенью"}, "Отметка времени не читается"),
        ({"Хотите ли Вы участвовать сейчас?": "возможно"}, "один из ответов: да, нет"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_a_ready_form_is_named_and_nothing_is_written(desk, folder, wrong, said):
    since = desk.now
    told = brought(desk, fill(folder / f"{ENTRY}.xlsx", answer("Л-001", 5), {**answer("Л-002", 5), **wrong}))
    assert [(each.severity.value, each.origin.row) for each in told.problems] == [("стоп", 3)]
    assert said in told.problems[0].message
    assert "Белова" not in repr(told)
    assert (told.written, desk.writes(since)) == (False, 0)


def test_an_empty_form_a_form_without_codes_and_a_foreign_book_are_told_in_a_sentence(desk, folder, tmp_path):
    since = desk.now
    assert [each.code for each in brought(desk, folder / f"{ENTRY}.xlsx").problems] == ["answers-empty"]
    path = fill(folder / f"{EXIT}.xlsx", answer("Л-001", 5, EXIT))
    book = openpyxl.load_workbook(path)
    book[form_books.ANSWERS].delete_cols(2)
    book.save(path)
    assert [each.code for each in brought(desk, path).problems] == ["answers-no-codes"]
    stranger = openpyxl.Workbook()
    stranger.worksheets[0].append(("Блюдо", "Цена"))
    stranger.save(tmp_path / "Меню.xlsx")
    told = brought(desk, tmp_path / "Меню.xlsx")
    assert [each.severity.value for each in told.problems] == ["стоп"]
    assert desk.writes(since) == 0


# --- a kill in the middle ------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here."""


class Ending(BaseAdapter):
    """Reaches the office until call `at`; the process ends before it leaves or after its answer has come."""

    def __init__(self, office, at, when):
        super().__init__()
        self.inner, self.left, self.when = InProcess(office), at, when

    def send(self, request, *args, **options):
        self.left -= 1
        if self.left < 0 or (self.left == 0 and self.when == "before"):
            raise Killed
        response = self.inner.send(request, *args, **options)
        if self.left == 0:
            raise Killed
        return response

    def close(self):
        self.inner.close()


@pytest.mark.sampled
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_call_a_repeat_leaves_each_answer_once(desk, folder, when, pytestconfig):
    """The suite kills at every third call, `--every` at each."""
    path = folder / f"{ENTRY}.xlsx"
    for at in range(1, 20, 1 if pytestconfig.getoption("--every") else 3):
        fill(path, *[answer(f"Л-{number:03}", 5) for number in range(1, at + 1)])
        try:
            bring(
                over(office_session(Ending(desk.office, at, when), clock=desk.clock), desk.clock),
                desk.place,
                path,
                desks.supplies(),
                DAY,
            )
        except Killed:
            brought(desk, path)
            assert [row[1] for row in tab(desk, ENTRY)[1:]] == [
                f"Л-{number:03}" for number in range(1, at + 1)
            ]
        else:
            break
    assert 3 <= at < 20
