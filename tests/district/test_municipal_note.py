"""The municipal note: figures of those who sent data added up, whoever owes named, each told what to do; never just ready."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from flows.domain.district.data import Measured, RowDone
from flows.domain.documents.builders import BUILDERS
from flows.domain.errors import Refused
from flows.domain.monitoring.indicators.figure import part_text
from tests.district.municipal import (
    NOTE,
    OWING,
    SENT,
    SILENT,
    WHOLE,
    cell,
    facts,
    filed,
    planned,
    sent_all,
)

KIND = "note.municipal"
BEFORE, FIRST, LATER, AFTER = date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 27), date(2027, 5, 12)


def note(whole, *at_once):
    (paper,) = planned(whole, *at_once)[KIND]
    return paper


def sections(whole):
    """The note's sections by title: what each says, its tables' rows at the end."""
    found = {}
    for each in (*note(whole).context["разделы"], *note(whole).context["приложения"]):
        rows = [row for table in each["таблицы"] for row in table["строки"]]
        found[each["название"]] = [
            *each["абзацы"],
            *(line["текст"].replace("\xa0", " ") for line in each["пункты"]),
            *rows,
        ]
    return found


def plainly(texts):
    return " ".join(" ".join(each) if isinstance(each, list) else each for each in texts).replace("\xa0", " ")


def with_figure(whole, slug, code, part, of, **told):
    own = next(row for row in whole.district.figures.values())
    row = replace(
        own,
        slug=slug,
        code=code,
        name=code,
        text=part_text(part, of),
        part=Fraction(part),
        of=Fraction(of),
        explained="",
        **told,
    )
    return replace(whole, district=replace(whole.district, figures={**whole.district.figures, row.key: row}))


# --- the waiting row -----------------------------------------------------------------------------------------


def test_the_note_comes_with_its_window_and_names_who_owes():
    assert KIND not in planned(facts(BEFORE))
    paper = note(facts(FIRST))
    assert paper.basis == ("п. 6.5", "нет данных: 2 из 3")
    told = plainly(sections(facts(FIRST))["Охват"])
    assert "Нет данных: 1 из 3. МБУ ДО «Дом творчества»: данные не поступали (нет доступа)" in told
    assert "переданы не полностью: 1 из 3. МБОУ «Школа № 3»: не выполнен пункт 6.4" in told


def test_the_cell_of_a_waiting_row_names_who_owes_and_never_says_that_it_is_ready():
    whole = facts(LATER)
    draft = filed(note(whole))
    said = cell(whole, register=(draft,))
    assert "черновик ПР-2027-001; нет данных: 2 из 3 – МБОУ «Школа № 3», МБУ ДО «Дом творчества»" in said
    assert "готово" not in said
    assert "нет данных" not in cell(sent_all(whole), register=(draft,))
    assert cell(facts(BEFORE)).endswith("появится 01.04.2027")


def test_a_note_closed_with_its_debtors_goes_on_naming_them_and_does_not_move():
    whole = facts(AFTER)
    done = filed(note(whole), "зарегистрирован", number="5", day=date(2027, 5, 4), final=True)
    registered = replace(whole, register=(done,))
    assert note(registered).frozen
    assert not note(registered).held
    assert "№ 5 от 04.05.2027; нет данных: 2 из 3" in cell(registered, register=(done,))
    assert note(replace(sent_all(registered), register=(done,))).frozen


def test_a_draft_that_names_debtors_is_renewed_when_data_come_after_the_window_and_then_rests():
    draft = filed(note(facts(LATER)))
    waiting = replace(facts(AFTER), register=(draft,))
    assert not note(waiting).frozen
    whole = replace(sent_all(facts(AFTER)), register=(draft,))
    renewed = note(whole)
    assert not renewed.frozen
    assert renewed.basis == ("п. 6.5",)
    assert note(replace(whole, register=(filed(renewed),))).frozen


def test_a_note_whose_window_passed_is_caught_up_once_in_its_school_year():
    paper = note(facts(AFTER))
    assert paper.late
    assert "с опозданием" in paper.basis
    assert KIND not in planned(facts(date(2027, 9, 20)))


# --- what it says --------------------------------------------------------------------------------------------


def test_only_those_who_sent_data_are_added_up():
    whole = with_figure(facts(), SILENT, "M4", 0, 90)
    (row,) = [
        row for row in sections(whole)["Результаты по показателям"] if row[0] == "Обеспеченность программами"
    ]
    assert [each.replace("\xa0", " ") for each in row] == [
        "Обеспеченность программами",
        "9 из 10 (90,0 %)",
        "100 %",
        "2 из 3",
    ]


def test_a_figure_counted_in_another_way_is_not_added():
    whole = with_figure(facts(), OWING, "M4", 3, 4, why="считает иначе: по-своему")
    told = sections(whole)
    assert "6 из 6 (100,0 %)" in plainly(told["Результаты по показателям"])
    assert "МБОУ «Школа № 3» – считает иначе: по-своему" in plainly(told["Как посчитано и чего не хватило"])


def test_who_stands_below_the_target_is_named_with_the_figure_and_the_organisations_own_word():
    told = plainly(sections(facts())["Результаты по показателям"])
    assert (
        "Выполнение плана встреч, ниже цели (90 %): МБОУ «Школа № 3» – 18 из 30 (60,0 %), пояснение организации: «двое на больничном»."
        in told
    )
    assert "Дубок" not in told.partition("Выполнение плана встреч, ниже")[2].partition(".")[0]


def test_without_a_target_an_organisation_is_held_against_the_whole_and_coverage_against_nothing():
    whole = facts(measured={})
    for slug, part in ((WHOLE, 9), (OWING, 3)):
        whole = with_figure(whole, slug, "M8", part, 10)
        whole = with_figure(whole, slug, "M2", part, 10)
    told = plainly(sections(whole)["Результаты по показателям"])
    assert (
        "Обратная связь после встреч, ниже, чем в целом по району: МБОУ «Школа № 3» – 3 из 10 (30,0 %)."
        in told
    )
    assert "Охват педагогов наставничеством, ниже" not in told
    typed = replace(whole.district, measured={"M2": Measured("Охват", "", "50 %")})
    assert "Охват педагогов наставничеством, ниже цели (50 %): МБОУ «Школа № 3»" in plainly(
        sections(replace(whole, district=typed))["Результаты по показателям"]
    )


def test_a_target_in_words_is_printed_and_nobody_is_held_against_it():
    told = sections(facts(measured={"M4": Measured("Обеспеченность программами", "", "рост")}))
    assert [
        row[2] for row in told["Результаты по показателям"] if row[0] == "Обеспеченность программами"
    ] == ["рост"]
    assert "Обеспеченность программами, ниже" not in plainly(told["Результаты по показателям"])


def test_recommendations_name_the_organisation_the_figure_and_what_to_do():
    told = sections(facts())["Адресные рекомендации"]
    assert [each.partition(":")[0] for each in told] == ["МБОУ «Школа № 3»", "МБУ ДО «Дом творчества»"]
    assert (
        "утвердить персонализированные программы всех пар (обеспеченность программами: 3 из 4 (75,0 %))"
        in told[0]
    )
    assert told[1].startswith("МБУ ДО «Дом творчества»: открыть доступ к рабочей книге")


def test_a_late_row_of_the_plan_is_advised_once():
    whole = facts()
    row = next(each for each in whole.activities if each.code == SENT)
    other = replace(
        row, code="М-006", number="1.6", activity="Назначение кураторов", documents=("order.curator",)
    )
    states = {**whole.district.states, ("М-006", WHOLE): RowDone("просрочено")}
    told = sections(
        replace(whole, activities=(*whole.activities, other), district=replace(whole.district, states=states))
    )
    assert (
        told["Адресные рекомендации"][0]
        == "МБДОУ № 1 «Дубок»: выполнить просроченные пункты плана района: 1.6. Срок: до ________."
    )
    assert told["Адресные рекомендации"][1].count("6.4") == 1
    assert [each.replace("\xa0", " ") for each in told["Выполнение плана района организациями"][-1]] == [
        "1.6 Назначение кураторов",
        "0 из 1",
        "МБДОУ № 1 «Дубок»",
    ]


def test_in_may_nobody_is_told_to_hold_the_meetings_of_a_year_that_is_over():
    whole = facts(date(2027, 5, 20))
    may = replace(
        whole.activities[-1].term,
        windows=(
            replace(whole.activities[-1].term.windows[0], start=date(2027, 5, 1), end=date(2027, 5, 31)),
        ),
    )
    rows = tuple(replace(each, term=may) if each.code == NOTE else each for each in whole.activities)
    sent = {slug: replace(last, day=date(2027, 5, 19)) for slug, last in whole.district.sent.items()}
    told = sections(replace(whole, activities=rows, district=replace(whole.district, sent=sent)))
    assert "разобрать, почему встречи не состоялись" in plainly(told["Адресные рекомендации"])


def test_the_last_note_is_compared_with_and_its_advice_followed_up():
    first = json.loads(note(facts()).kept)
    kept = {
        **first,
        "key": f"obrazec/{KIND}/{NOTE}@2026-12/2026-2027",
        "cut_off": "2026-12-20",
        "period": {"start": "2026-09-01", "end": "2026-12-31"},
    }
    whole = with_figure(facts(), OWING, "M4", 4, 4)
    told = sections(replace(whole, evidence=replace(whole.evidence, previous=(kept,))))
    (row,) = [row for row in told["Результаты по показателям"] if row[0] == "Обеспеченность программами"]
    assert [each.replace("\xa0", " ") for each in row[-2:]] == ["9 из 10 (90,0 %)", "+10,0 п. п."]
    became = told["Что было рекомендовано и что из этого вышло"]
    assert ["МБОУ «Школа № 3»", "Обеспеченность программами", "75 %", "4 из 4 (100,0 %)"] in [
        [cell.replace("\xa0", " ") for cell in each] for each in became
    ]
    assert "выросли: обеспеченность программами" in plainly(told["Выводы"])


def test_good_experience_stands_with_what_shows_it():
    told = plainly(sections(facts())["Положительный опыт"])
    assert "программа пары П‑002 (педагог – педагог): задач выполнено: 3 из 3." in told
    assert "практика «Утро наставника»: короткие встречи пар перед занятиями." in told


def test_points_of_score_cards_are_counted_by_level_and_never_added():
    whole = facts()
    for slug, points in ((WHOLE, "16 из 18, уровень: оптимальный"), (OWING, "10 из 18, уровень: допустимый")):
        whole = with_figure(whole, slug, "M16", 16, 18)
        name = next(key for key in whole.district.figures if key.endswith(f"{slug}/M16"))
        row = replace(whole.district.figures[name], text=points)
        whole = replace(
            whole, district=replace(whole.district, figures={**whole.district.figures, name: row})
        )
    assert "оптимальный – 1; допустимый – 1" in plainly(sections(whole)["Результаты по показателям"])


def test_a_district_of_which_nobody_sent_anything_still_gets_a_note_with_all_named():
    whole = facts(figures={}, sent={}, states={}, proven=(), practices=())
    told = sections(whole)
    assert "Нет данных: 3 из 3." in plainly(told["Охват"])
    assert len(told["Адресные рекомендации"]) == 3
    assert "Положительный опыт" not in told


def test_a_large_district_keeps_its_tables_narrow_and_names_few_in_a_sentence():
    whole = facts()
    for at in range(1, 15):
        whole = with_figure(whole, WHOLE, f"M{at}", 1, 2)
    heads = [table["шапка"] for each in note(whole).context["приложения"] for table in each["таблицы"]]
    assert max(map(len, heads)) == 5


def test_a_book_without_a_district_or_a_method_says_why_there_is_no_note():
    whole = replace(facts(), window=facts().activities[-1].term.windows[0])
    with pytest.raises(Refused, match="книга района"):
        BUILDERS[KIND](replace(whole, district=None))
    with pytest.raises(Refused, match="методики"):
        BUILDERS[KIND](replace(whole, evidence=None))
