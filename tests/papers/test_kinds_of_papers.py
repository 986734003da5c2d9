"""Papers without data are forms or are not made; no two papers of one home say the same under two headings; thanks fit what was done."""

import re
from dataclasses import replace
from itertools import combinations

import pytest

from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.monitoring.note.closing import recommendations
from flows.domain.statuses import BROKEN
from flows.papers import render
from tests.papers.test_templates import GOLDEN, TEMPLATES, lines


def text_of(kind, facts):
    return lines(render(TEMPLATES / f"{kind}.docx", requisites(BUILDERS[kind](facts), draft="ПР-2026-017")))


def body(kind):
    """What a paper says below the organisation and its own heading, as it was agreed on."""
    agreed = (GOLDEN / f"{kind}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in agreed[3:] if line.strip())[1:]


def test_no_two_papers_of_one_home_say_the_same_under_two_headings():
    said = {kind: body(kind) for kind in BUILDERS}
    assert [(one, other) for one, other in combinations(said, 2) if said[one] == said[other]] == []


@pytest.mark.parametrize("kind", ["application", "program.seminar", "program.promotion"])
def test_papers_of_two_events_are_told_apart_by_what_the_roadmap_calls_them(kind):
    facts = specimen(kind)
    told = [text_of(kind, replace(facts, activity=row)) for row in facts.activities[:2]]
    assert told[0] != told[1]
    for text, row in zip(told, facts.activities, strict=False):
        assert any(row.activity in line for line in text)
        assert any(row.printed_term in line for line in text)
    assert "______" in "\n".join(text_of(kind, replace(facts, activity=None)))


def test_a_programme_of_the_organisation_takes_its_plan_from_the_roadmap_and_without_it_leaves_lines():
    facts = specimen("program.org")
    told = text_of("program.org", facts)
    assert (
        "2.3 | Пополнение базы наставников | до 31.10.2026 | старший воспитатель | База наставников" in told
    )
    for section in ("Цель, задачи и принципы", "Этапы", "План мероприятий", "Ресурсы", "Показатели"):
        assert section in told
    bare = replace(facts, activities=(), people={}, pairs=())
    assert text_of("program.org", bare).count(" |  |  |  |") == 6
    assert "Запросы: ____________________________________________." in text_of("program.org", bare)


def test_a_letter_without_registered_papers_is_not_written_and_with_them_says_their_kind_and_to_whom():
    facts = specimen("cover.letter")
    told = text_of(
        "cover.letter",
        replace(facts, activity=replace(facts.activities[0], printed_responsible="Экспертный совет")),
    )
    assert "приказ от 02.09.2026 № 118 «О внедрении целевой модели наставничества»." in told
    assert "Экспертный совет" in told
    with pytest.raises(Refused, match="направлять ещё нечего"):
        BUILDERS["cover.letter"](replace(facts, register=()))


def test_a_report_on_answers_that_nobody_gave_is_not_written():
    facts = specimen("report.survey")
    with pytest.raises(Refused, match="ответов на анкеты за этот срок нет"):
        BUILDERS["report.survey"](replace(facts, evidence=replace(facts.evidence, answers=())))


class Told:
    """A note of two pages as its closing part sees it: what was counted, with nothing advised."""

    short = True

    def __init__(self, *known):
        figures = [type("Figure", (), {"known": each, "unit": ""})() for each in known]
        self.counted = type("Counted", (), {"figures": figures})()

    @staticmethod
    def weighed():
        return ()


@pytest.mark.parametrize(("known", "said"), [((), None), ((False,), None), ((True, False), "Среди посчитанных показателей нет тех, которые требуют мер."), ((True,), "Показателей, которые требуют мер, нет.")])  # fmt: skip
def test_nothing_to_do_is_said_only_of_what_was_counted(known, said, monkeypatch):
    monkeypatch.setattr("flows.domain.monitoring.note.closing.findings", lambda _: ())
    made = recommendations(Told(*known))
    assert (made and made.paragraphs) == (said and (said,))


def thanked(facts, **person):
    people = {
        code: replace(each, **person) if each.role == "mentor" else each
        for code, each in facts.people.items()
    }
    return "\n".join(text_of("letter.thanks", replace(facts, people=people)))


def test_thanks_fit_what_the_mentor_did_and_whom_the_organisation_teaches():
    group, pair = specimen("letter.thanks", "mentor"), specimen("letter.thanks", "mentor", 1)
    better = {
        code: replace(each, deficits=("работа с семьёй – 3 – 8", "планирование – 4 – 4"))
        for code, each in group.people.items()
    }
    achieved = thanked(pair)
    quiet = thanked(replace(pair, evidence=replace(pair.evidence, events=())))
    texts = {
        thanked(group, name=group.people[group.subject].name), achieved, quiet,
        "\n".join(text_of("letter.thanks", replace(group, people=better))),
    }  # fmt: skip
    assert len({re.sub(r"(?s)^.*?!\n", "", text) for text in texts}) == 4
    assert "открытое занятие" in achieved
    assert "за внимание к коллегам" in quiet
    assert "там, где им было трудно: работа с семьёй." in "\n".join(
        text_of("letter.thanks", replace(group, people=better))
    )
    assert "благодарных воспитанников" in quiet
    school = replace(pair, organisation=replace(pair.organisation, full_name="Школа № 5"))
    assert "благодарных учеников" in thanked(school)
    assert "верных друзей" in thanked(school, position="9 класс")


def test_the_page_of_the_site_counts_those_who_work_in_pairs_now():
    facts = specimen("site.page")
    over = replace(facts, pairs=(replace(facts.pairs[0], status=BROKEN), *facts.pairs[1:]))
    assert any(
        "наставников – 2, наставляемых – 4, пар и групп – 2" in line for line in text_of("site.page", over)
    )
