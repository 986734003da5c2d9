"""What a row says about a paper that is not there, and how an expert council's approval stands."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from flows import settings
from flows.domain.columns import why_missing
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.periods import Period
from flows.domain.planning import past_years
from flows.domain.planning.promises import Promises
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.terms.reading import parse
from flows.papers import render

KINDS = settings.catalogue()
DAYS_OFF = settings.days_off(2026, 2027)
PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
FACTS = replace(specimen("order.pairs"), today=date(2026, 10, 1))


def row(term, *kinds, status=""):
    return Activity(
        "М-009",
        "1.8",
        "1",
        "Согласование",
        "",
        parse(term, PERIOD),
        (),
        "Протокол",
        kinds,
        Origin(),
        status,
        term,
    )


def missing(activity, *there):
    promises = Promises(replace(FACTS, activities=(activity,)), Wishes(KINDS, BUILDERS, DAYS_OFF))
    return why_missing.missing(activity, promises, there)


@pytest.mark.parametrize(
    ("kind", "term", "status", "said"),
    [
        ("memo.mentor", "", "", "срок не указан"),
        ("memo.mentor", "когда-нибудь", "", "срок не прочитан"),
        ("protocol.other", "По отдельному графику", "", "срок задают другие"),
        ("protocol.other", "Постоянно", "", "впишите «Контрольную дату»"),
        ("memo.mentor", "Март 2027", "", "появится 11.02.2027, за 10 раб. дн. до 01.03.2027"),
        ("memo.mentor", "Сентябрь 2026", "", "срок прошёл 30.09.2026"),
        ("memo.mentor", "Апрель 2032", "", "ждёт, пока исправят срок"),
        ("memo.mentor", "Март 2027", "выполнено", "отмечено как выполненное"),
        ("article", "Март 2027", "", "Статью пишет автор"),
        ("consent.duty", "Сентябрь 2026", "", "всё уже подписано"),
        ("order.early_end", "Постоянно", "", "когда пара прекращена"),
    ],
)
def test_a_paper_that_is_not_there_has_its_reason(kind, term, status, said):
    (told,) = missing(row(term, kind, status=status))
    assert told.startswith(KINDS[kind].title)
    assert said in told


def test_only_a_row_with_a_finding_is_sent_to_the_tab_of_findings():
    row_ = row("Май 2027", "plan.individual")
    promises = Promises(
        replace(FACTS, activities=(row_,), today=date(2027, 5, 3)), Wishes(KINDS, BUILDERS, DAYS_OFF)
    )
    (told,) = why_missing.missing(row_, promises, ())
    assert "Проверка" not in told
    assert "впишите «Контрольную дату»" in told
    (sent,) = why_missing.missing(row_, promises, (), {row_.code})
    assert sent.endswith("посмотрите вкладку «Проверка»")


def test_a_paper_of_pairs_that_all_wait_names_the_pairs_it_waits_for():
    row_ = row("Май 2027", "plan.individual")
    codes = frozenset(pair.code for pair in FACTS.pairs)
    wishes = Wishes(KINDS, BUILDERS, DAYS_OFF, Doubts(stopped=codes))
    (told,) = why_missing.missing(row_, Promises(replace(FACTS, activities=(row_,)), wishes), ())
    assert told.endswith(f"ждёт, пока исправят замечания «стоп» к парам: {', '.join(sorted(codes))}")


@pytest.mark.parametrize(("kind", "ordered"), [("memo.mentor", False), ("note.monitoring", True)])
def test_a_term_that_is_over_says_what_to_do_about_it(kind, ordered):
    early = replace(
        FACTS, organisation=replace(FACTS.organisation, school_year="2028-2029"), today=date(2027, 5, 3)
    )
    row_ = row("Декабрь 2026", kind)
    promises = Promises(replace(early, activities=(row_,)), Wishes(KINDS, BUILDERS, DAYS_OFF))
    (told,) = why_missing.missing(row_, promises, ())
    assert "срок прошёл 31.12.2026, за прошедший срок не готовится" in told
    assert ("закажите во вкладке «Запросы»" in told) == ordered


def test_what_is_there_or_not_needed_is_not_explained():
    assert missing(row("Март 2027", "memo.mentor", "scenario"), "memo.mentor", "scenario") == []
    assert missing(row("Март 2027", "memo.mentor", status="не требуется")) == []


def filed(kind, number="", day=None):
    key = f"o/{kind}/М-009@2026-10/2026-2027"
    return {
        key: Filed(
            key,
            1,
            kind,
            "",
            "ПР-1",
            "зарегистрирован" if number else "проект",
            "",
            "",
            "",
            "",
            "",
            number=number,
            day=day,
        )
    }


def test_the_approval_of_an_expert_council_is_told_step_by_step():
    sent = row("До 10.10.2026", "order.introduce", "cover.letter", "protocol.other")
    letter, minutes = (
        filed("cover.letter", "12", date(2026, 10, 2)),
        filed("protocol.other", "3", date(2026, 10, 9)),
    )
    assert why_missing.approval(row("До 10.10.2026", "protocol.other"), {}) == ""
    assert why_missing.approval(sent, filed("cover.letter")) == "Экспертный совет: ещё не направлено"
    assert (
        why_missing.approval(sent, letter) == "Экспертный совет: на согласовании, письмо № 12 от 02.10.2026"
    )
    assert "рассмотрено" in why_missing.approval(sent, letter | minutes)
    over = {key: replace(each, state="отменён") for key, each in letter.items()}
    assert why_missing.approval(sent, over) == "Экспертный совет: ещё не направлено"
    assert (
        why_missing.approval(replace(sent, status="выполнено"), letter | minutes)
        == "Экспертный совет: согласовано, протокол № 3 от 09.10.2026"
    )


def test_the_minutes_of_an_expert_council_list_what_was_sent_and_leave_the_decision_to_the_pen():
    told = replace(FACTS, activity=row("До 10.10.2026", "cover.letter", "protocol.other"))
    paper = docx.Document(
        io.BytesIO(
            render(
                settings.template("protocol.other.docx"),
                requisites(BUILDERS["protocol.other"](told), draft="ПР-2026-001"),
            )
        )
    )
    said = " ".join(
        cell.text for table in paper.tables for line in table.rows for cell in line.cells
    ).replace("\u00a0", " ")
    assert "О внедрении целевой модели наставничества (от 02.09.2026 № 118)" in said
    assert "☐ согласовать" in said
    plain = docx.Document(
        io.BytesIO(
            render(
                settings.template("protocol.other.docx"),
                requisites(BUILDERS["protocol.other"](FACTS), draft="ПР-2026-001"),
            )
        )
    )
    assert "согласовать" not in " ".join(
        cell.text for table in plain.tables for line in table.rows for cell in line.cells
    )


def test_a_term_of_a_past_school_year_asks_for_the_number_of_the_paper_and_shows_the_one_typed():
    row_ = row("Декабрь 2026", "memo.mentor")
    later = replace(FACTS, today=date(2028, 9, 1), period=None)
    for proof, said in (("", past_years.CELL), ("приказ № 14", "подтверждение: приказ № 14")):
        told_row = replace(row_, proof=proof)
        promises = Promises(replace(later, activities=(told_row,)), Wishes(KINDS, BUILDERS, DAYS_OFF))
        (told,) = why_missing.missing(told_row, promises, ())
        assert told.endswith(said)
