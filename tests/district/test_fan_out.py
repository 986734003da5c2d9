"""Rows of a district's plan beside the rows of an organisation's roadmap: once, followed, asked about, told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.book import accepted
from flows.domain.district import fan_out, fan_out_words, plan_doubts
from flows.domain.district.handing import HELD, WITHDRAWN, Handed, handed, parse
from flows.domain.district.members import Member
from flows.domain.model import Origin, Row
from flows.domain.periods import Period
from flows.domain.roadmap import district_trace, file_merge
from flows.domain.roadmap.activities import from_rows
from flows.domain.tabs import ROADMAP

TODAY, LATER = date(2026, 12, 10), date(2027, 3, 12)
HEADERS = [each.header for each in settings.book_layout().tab(ROADMAP).columns]
YEARS = Period(date(2026, 9, 1), date(2027, 8, 31))
ACT, TERM, WHO = "Мероприятие", "Срок (как в документе)", "Ответственный"
RESULT = "Результат, вид документа"
SENT = Handed(
    "М-005", "1.5", "Нормативное регулирование", "Издание приказа о внедрении модели в организации", "", "Март 2027 г.",
    "ОО", "Приказ о внедрении", (("2027-03-01", "2027-03-31"),), "dated", "", "УО Лесного района",
)  # fmt: skip
OTHER = replace(SENT, code="М-008", activity="Согласование положения о наставничестве", result="Приказ")
DISTRICT = ("Дорожная карта района", "УО", "Управление образования", "")


def row(at=2, code="М-001", **cells):
    told = {name.replace("_", " "): text for name, text in cells.items()}
    return Row(Origin("книга", ROADMAP, at), code, dict.fromkeys(HEADERS) | told)


def typed(at, cells, code="М-001"):
    return Row(Origin("книга", ROADMAP, at), code, dict.fromkeys(HEADERS) | dict(cells))


def merged(rows=(), sent=(SENT,), known=None, said=None, today=TODAY):
    here = fan_out.Here(tuple(rows), known or {}, lambda _: said, today)
    return fan_out.merged(here, {each.code: each for each in sent})


def written(rows, laying):
    """The tab and the hidden tab as they stand after a laying."""
    after = [replace(each, cells={**each.cells, **laying.cells.get(each.origin.row, {})}) for each in rows]
    below = max((each.origin.row for each in rows), default=1)
    after += [typed(below + at, cells, f"М-{below + at:03d}") for at, cells in enumerate(laying.fresh, 1)]
    return after


def laid(*sent):
    first = merged(sent=sent or (SENT,))
    return written([], first), dict(first.stands)


def codes(laying):
    return [each.code for each in laying.problems]


def test_a_row_is_laid_once_with_its_words_and_where_it_comes_from():
    first = merged()
    (fresh,) = first.fresh
    assert {**fresh, **SENT.cells} == fresh
    assert fresh[district_trace.SHOWN] == "п. 1.5 плана УО Лесного района"
    assert "п. 1.5 «Издание приказа" in first.lines[0]
    rows, known = laid()
    again = merged(rows, known=known, today=LATER)
    assert (again.due, again.lines, again.problems) == (False, (), ())


def test_two_rows_of_one_number_are_two_rows():
    rows, known = laid(SENT, OTHER)
    assert [each.text("№ п/п") for each in rows] == ["1.5", "1.5"]
    renumbered = replace(OTHER, number="1.8")
    after = merged(rows, (SENT, renumbered), known, today=LATER)
    assert after.cells[3]["№ п/п"] == "1.8"
    assert 2 not in after.cells
    assert after.cells[3][district_trace.SHOWN] == "п. 1.8 плана УО Лесного района, изменено 12.03.2027"


def test_a_changed_term_follows_and_people_s_own_word_stays():
    rows, known = laid()
    own = [replace(rows[0], cells={**rows[0].cells, WHO: "Старший воспитатель"})]
    new = replace(SENT, term="Апрель 2027 г.", windows=(("2027-04-01", "2027-04-30"),), responsible="Все ОО")
    laying = merged(own, (new,), known, today=LATER)
    assert laying.cells[2][TERM] == "Апрель 2027 г."
    assert WHO not in laying.cells[2]
    assert "было «Март 2027 г.», стало «Апрель 2027 г.»" in laying.lines[0]
    assert "у района теперь «Все ОО», у вас вписано «Старший воспитатель»; ваше оставлено" in laying.lines[1]
    assert codes(laying) == [fan_out_words.ROW_CHANGED]
    after = written(own, laying)
    again = merged(after, (new,), dict(laying.stands), today=date(2027, 5, 1))
    assert (again.due, codes(again)) == (False, [fan_out_words.ROW_CHANGED])
    assert "«Все ОО»" in again.problems[0].message


def test_what_is_told_of_a_cell_of_several_lines_is_one_line():
    rows, known = laid(replace(SENT, term="Август-сентябрь\n2026 г."))
    later = replace(SENT, term="Октябрь\n2026 г.")
    (followed,) = merged(rows, (later,), known, today=LATER).lines
    assert "было «Август-сентябрь 2026 г.», стало «Октябрь 2026 г.»" in followed
    own = [replace(rows[0], cells={**rows[0].cells, TERM: "Ноябрь\n2026 г."})]
    after = merged(own, (later,), known, today=LATER)
    told = [*after.lines, *(each.message for each in after.problems)]
    assert any("вписано «Ноябрь 2026 г.»" in each for each in told)
    assert not any("\n" in each for each in told)


@pytest.mark.parametrize("moved", [False, True])
def test_a_row_that_people_sort_or_renumber_is_still_the_district_s(moved):
    rows, known = laid(SENT, OTHER)
    if moved:
        rows = [replace(rows[1], origin=rows[0].origin), replace(rows[0], origin=rows[1].origin)]
    rows = [replace(each, cells={**each.cells, "№ п/п": "9"}) for each in rows]
    assert not merged(rows, (SENT, OTHER), known).due


def test_a_copy_of_a_row_is_people_s_own_row():
    rows, known = laid()
    copy = replace(rows[0], origin=replace(rows[0].origin, row=3), code="М-002")
    laying = merged([rows[0], copy], known=known)
    assert laying.cells == {3: {district_trace.HEADER: "", district_trace.SHOWN: ""}}
    assert not laying.fresh
    assert "Строка 3 – копия строки района" in laying.lines[0]
    assert not merged(written([rows[0], copy], laying), known=known).due


def test_a_row_that_people_took_out_stays_out_and_is_told_once():
    rows, known = laid()
    laying = merged([], known=known, today=LATER)
    assert not laying.fresh
    assert laying.stands == {SENT.code: "removed|2027-03-12"}
    assert "заново она не добавляется, район это видит" in laying.lines[0]
    gone = dict(laying.stands)
    new = replace(SENT, term="Май 2027 г.")
    assert not merged([], (new,), gone).due
    back = merged(rows, known=gone, today=LATER)
    assert fan_out.stand_of(back.stands[SENT.code]).state == fan_out.LAID


def test_a_withdrawn_row_stays_marked_and_comes_back_when_it_is_sent_again():
    rows, known = laid()
    gone = merged(rows, (replace(SENT, state=WITHDRAWN),), known, today=LATER)
    assert gone.cells == {2: {district_trace.SHOWN: "п. 1.5 плана УО Лесного района, отозвано 12.03.2027"}}
    assert codes(gone) == [fan_out_words.ROW_WITHDRAWN]
    after = written(rows, gone)
    again = merged(after, (SENT,), dict(gone.stands), today=LATER)
    assert again.cells == {2: {district_trace.SHOWN: "п. 1.5 плана УО Лесного района"}}
    assert ("Снова в плане района" in again.lines[0], codes(again)) == (True, [])
    anew = merged([], (SENT,), dict(gone.stands), today=LATER)
    assert len(anew.fresh) == 1


def test_a_row_withdrawn_before_it_was_laid_is_never_laid():
    assert not merged(sent=(replace(SENT, state=WITHDRAWN),)).due


SAME = {ACT: SENT.activity, TERM: "До 1 апреля 2027", WHO: "Заведующий"}


@pytest.mark.parametrize("text", [SENT.activity, SENT.activity.upper(), f"{SENT.activity} (филиал)"])
def test_a_row_like_one_they_have_is_asked_about_and_not_laid(text):
    laying = merged([typed(2, SAME | {ACT: text})])
    assert not laying.due
    (question,) = laying.problems
    assert (question.code, question.subject, question.origin.row) == (fan_out_words.SAME, "М-005@район", 2)
    assert question.proposal == SENT.activity


def test_yes_binds_the_rows_and_what_people_typed_stays():
    own = typed(2, SAME)
    laying = merged([own], said=True)
    assert not laying.fresh
    assert {*laying.cells[2]} == {district_trace.HEADER, district_trace.SHOWN}
    bound = written([own], laying)
    new = replace(SENT, term="Май 2027 г.", result="Приказ")
    later = merged(bound, (new,), dict(laying.stands), today=LATER)
    assert later.cells[2].keys() == {district_trace.HEADER, district_trace.SHOWN}
    assert "«До 1 апреля 2027»; ваше оставлено" in later.lines[0]


def test_no_lays_a_row_beside():
    laying = merged([typed(2, SAME)], said=False)
    assert (len(laying.fresh), laying.cells) == (1, {})
    assert not merged(written([typed(2, SAME)], laying), known=dict(laying.stands)).problems


def test_one_row_of_theirs_is_like_one_row_of_the_district_s():
    twice = replace(OTHER, activity=SENT.activity)
    laying = merged([typed(2, SAME)], (SENT, twice))
    assert (codes(laying), len(laying.fresh)) == ([fan_out_words.SAME], 1)


def test_a_spoilt_hidden_cell_is_mended_by_the_very_words():
    rows, known = laid(SENT, OTHER)
    spoilt = [replace(rows[0], cells={**rows[0].cells, district_trace.HEADER: "?"}), rows[1]]
    laying = merged(spoilt, (SENT, OTHER), known)
    assert laying.cells == {2: {district_trace.HEADER: SENT.trace}}
    assert (laying.fresh, laying.stands, laying.lines) == ((), {}, ())


def test_a_row_known_by_its_words_keeps_its_cells_and_tells_where_the_district_says_otherwise():
    rows, known = laid()
    lost = [replace(rows[0], cells={**rows[0].cells, district_trace.HEADER: ""})]
    later = replace(SENT, term="Май 2027 г.")
    laying = merged(lost, (later,), known, today=LATER)
    assert laying.cells == {2: {district_trace.HEADER: later.trace}}
    (told,) = laying.lines
    assert "узнана по словам" in told
    assert "у района «Май 2027 г.», у вас «Март 2027 г.»; ваше оставлено" in told
    after = written(lost, laying)
    assert not merged(after, (later,), known, today=LATER).due


@pytest.mark.parametrize("text", ["", "{", "[]", '{"activity": ""}', '{"activity": "Дело", "state": "?"}'])
def test_a_spoilt_entry_of_the_hidden_tab_is_passed_over(text):
    assert parse("М-005", text) is None


def test_an_entry_is_read_back_as_it_was_spelled():
    whole = replace(SENT, windows=(("", "2027-10-10"), ("2027-11-01", "")), kinds="Приказ", state=WITHDRAWN)
    assert parse("М-005", whole.spelled) == whole


@pytest.mark.parametrize(
    ("status", "reason", "code"),
    [
        ("не требуется", "", [fan_out_words.WHY]),
        ("не требуется", "Школы-интерната нет", []),
        ("", "Нет пар", []),
    ],
)
def test_not_for_us_wants_a_reason(status, reason, code):
    rows, known = laid()
    said = [replace(rows[0], cells={**rows[0].cells, "Статус": status, district_trace.REASON: reason})]
    assert codes(merged(said, known=known)) == code
    (activity,), _ = from_rows(said, YEARS)
    assert activity.status == "не требуется"


def test_a_reason_takes_nothing_back_that_is_done():
    (activity,), _ = from_rows(
        [row(Мероприятие="Дело", Статус="выполнено", **{district_trace.REASON: "нет"})], YEARS
    )
    assert activity.status == "выполнено"


def test_a_row_whose_days_are_over_is_laid_and_asked_about_until_it_is_settled():
    past = replace(SENT, term="До 10.10.2026", windows=(("", "2026-10-10"),))
    rows, known = laid(past)
    laying = merged(rows, (past,), known)
    assert codes(laying) == [fan_out_words.LATE]
    assert "прошёл 10.10.2026, раньше, чем она пришла" in laying.problems[0].message
    done = [replace(rows[0], cells={**rows[0].cells, "Статус": "выполнено"})]
    assert codes(merged(done, (past,), known)) == []


def test_every_finding_has_its_answer():
    told = vars(fan_out_words)
    mine = {text for text in told.values() if isinstance(text, str) and text.startswith("district-")}
    assert {plan_doubts.STRANGER, plan_doubts.PAST} | mine <= {*accepted.ACCEPTED}


# What an organisation reads of such a row.


def test_the_days_are_the_district_s_while_nobody_touches_the_term():
    """The organisation's plan is of other years: neither its years nor its checks have a word in it."""
    twice = replace(
        SENT, number="1.5", term="Май (ежегодно)", windows=(("2028-05-01", "2028-05-31"),), reading="dated"
    )
    rows, _ = laid(twice)
    activities, problems = from_rows(rows, YEARS)
    assert [window.end for window in activities[0].term.windows] == [date(2028, 5, 31)]
    assert activities[0].term.flags == frozenset()
    assert problems == ()
    touched = [replace(rows[0], cells={**rows[0].cells, TERM: "Май 2030"})]
    activities, problems = from_rows(touched, YEARS)
    assert activities[0].term.windows[0].end == date(2030, 5, 31)
    assert [each.code for each in problems] == ["outside-period"]


def test_rows_of_the_district_make_no_district_s_plan_of_an_organisation_s():
    shared = replace(SENT, responsible="ИМО, ОО")
    rows, _ = laid(shared, replace(OTHER, responsible="МКУ УО"))
    activities, _ = from_rows(rows, YEARS, heading=("Дорожная карта", "", "", ""))
    assert not any(each.fan_out for each in activities)


def test_what_the_district_s_rows_promise_is_missing_nowhere_and_their_numbers_count_for_nothing():
    """Without them this plan has pairs that no order fixes; with them it has none, nor a number that comes twice."""
    work = {
        "№ п/п": "1.5",
        ACT: "Работа пар",
        TERM: "В течение учебного года",
        WHO: "Наставники",
        RESULT: "Программы",
    }
    act = {"№ п/п": "2", ACT: "Введение", TERM: "Март 2027 г.", WHO: "ОО", RESULT: "Приказ о внедрении"}
    own = [typed(4, work, "М-010"), typed(5, act, "М-011")]
    _, lacking = from_rows(own, YEARS)
    pairs = replace(OTHER, activity="Формирование пар", result="Приказ о закреплении пар")
    theirs, _ = laid(SENT, pairs)
    activities, problems = from_rows([*theirs, *own], YEARS)
    assert activities[3].joint == "М-002"
    assert {each.code for each in lacking} - {each.code for each in problems} == {"pairs-not-ordered"}
    assert {each.subject for each in problems} <= {"М-010", "М-011"}
    assert "duplicate-number" not in {each.code for each in problems}


def test_a_spoilt_trace_leaves_the_row_to_be_read_as_its_own():
    rows, _ = laid()
    for spoilt in ("М-005 | x | dated 2028-05-01", f"{SENT.trace} /", "М-5 | | "):
        cells = {**rows[0].cells, district_trace.HEADER: spoilt}
        (activity,), _ = from_rows([replace(rows[0], cells=cells)], YEARS)
        assert activity.term.windows[0].end == date(2027, 3, 31)
        assert "outside-period" not in activity.term.flags


# What a district hands out.

SCHOOL = Member("О-001", "malysh", "МБДОУ «Малыш»", Origin(), taking_part=True)


def plan(*rows):
    kept = [
        Row(Origin("район", ROADMAP, at), f"М-{at:03d}", dict.fromkeys([*HEADERS, "Охват"]) | dict(cells))
        for at, cells in enumerate(rows, 1)
    ]
    activities, _ = from_rows(kept, YEARS, heading=DISTRICT)
    return activities, kept


def given(*rows, today=TODAY):
    activities, kept = plan(*rows)
    return handed(activities, kept, SCHOOL, "УО", today)


def line(**cells):
    usual = {ACT: "Назначение кураторов", TERM: "Март 2027", WHO: "ОО", "Результат, вид документа": "Приказ"}
    return usual | {name.replace("_", " "): text for name, text in cells.items()}


@pytest.mark.parametrize(
    ("who", "reach", "goes", "theirs"),
    [
        ("ОО", "", True, True),
        ("ИМО, ОО", "", False, False),
        ("МКУ УО", "", False, False),
        ("МКУ УО", "ОО", True, True),
        ("ИМО, ОО", "ИМО; ОО", True, False),
        ("ОО", "УО", False, False),
        ("ОО", "malysh; drugoi", True, True),
        ("ОО", "мбдоу «малыш»", True, True),
        ("ОО", "drugoi", False, True),
    ],
)
def test_whose_a_row_is(who, reach, goes, theirs):
    told = line(Ответственный=who, Охват=reach)
    assert bool(given(told)) is goes
    (activity,), _ = plan(told)
    assert activity.fan_out is theirs


def test_a_row_is_handed_out_with_its_days_and_papers_but_not_with_the_district_s_own_no():
    first, second = given(
        line(Готовить_документ="Приказ о назначении"), line(Готовить_документ="не готовить")
    )
    assert (first.windows, first.reading) == ((("2027-03-01", "2027-03-31"),), "dated")
    assert (first.kinds, second.kinds) == ("Приказ о назначении", "")
    assert (first.sender, first.code) == ("УО", "М-001")


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({TERM: "По отдельному графику"}, "sent"),
        ({TERM: "когда получится"}, "sent"),
        ({TERM: ""}, "sent"),
        ({TERM: "Апрель 2032 г."}, HELD),
        ({TERM: "31.02.2027"}, HELD),
        ({TERM: "Май 2026"}, HELD),
        ({TERM: "До 10.10.2026"}, "sent"),
        ({"Статус": "не требуется"}, None),
        ({"Статус": "выполнено"}, "sent"),
    ],
)
def test_what_a_term_does_to_a_row(cells, state):
    told = given(line(**cells))
    assert [each.state for each in told] == ([state] if state else [])


def test_a_district_is_told_whom_it_named_amiss_and_what_nobody_gets():
    activities, kept = plan(
        line(Охват="malysh; Сосна"), line(Дата_начала=date(2026, 5, 1), Контрольная_дата=date(2026, 5, 31))
    )
    listed = [Row(Origin(), "О-001", {"Код ОО": "malysh", "Краткое наименование": SCHOOL.name})]
    first, second = plan_doubts.doubts(activities, kept, listed, TODAY)
    assert (first.code, second.code) == (plan_doubts.STRANGER, plan_doubts.PAST)
    assert "«сосна»" in first.message
    assert "malysh" not in first.message


def test_a_row_copied_in_the_plan_is_handed_out_once_and_asked_about():
    whole, other, copy = line(), line(Дата_начала=date(2027, 3, 5), Контрольная_дата=date(2027, 3, 6)), line()
    assert [each.state for each in given(whole, other, copy)] == ["sent", "sent", HELD]
    activities, kept = plan(whole, other, copy)
    (told,) = plan_doubts.doubts(activities, kept, [], TODAY)
    assert (told.code, told.subject) == (plan_doubts.COPIED, "М-003")


# A file brought in afterwards.


def of_file(*rows):
    activities, _ = from_rows([typed(at, cells, "") for at, cells in enumerate(rows, 2)], YEARS)
    return activities


def test_a_file_neither_takes_over_a_row_of_the_district_nor_calls_it_gone():
    rows, _ = laid()
    near = {"№ п/п": "1.5", ACT: "Издание приказа о внедрении", TERM: "Май 2027", WHO: "Заведующий"}
    merge = file_merge.merged(rows, of_file(near))
    assert (merge.cells, merge.gone, len(merge.fresh)) == ({}, (), 1)


def test_a_row_of_a_file_with_the_very_words_of_a_district_s_is_one_with_it():
    rows, known = laid()
    merge = file_merge.merged(rows, of_file(SAME | {"№ п/п": "3"}))
    assert merge.fresh == ()
    assert {each.header for each in merge.changes if each.kept} >= {TERM, WHO}
    after = [replace(rows[0], cells={**rows[0].cells, **merge.cells[2]})]
    assert after[0].text(TERM) == SENT.term
    assert not merged(after, known=known).due
    assert file_merge.merged(after, of_file({"№ п/п": "7", ACT: "Совсем другое дело"})).gone == ()
