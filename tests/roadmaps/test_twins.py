"""Five roadmaps of the shapes real organisations use, reworded and invented: every row, term, paper and trap is found."""

import json
from pathlib import Path

import docx
import pytest

from flows.domain import periods
from flows.domain.model import Severity
from flows.domain.roadmap.as_json import as_json
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.proposed_terms import propose
from flows.domain.terms.printing import say_all
from flows.intake import understand

HERE = Path(__file__).parent
COUNTS = {"kindergarten": 27, "house": 11, "district": 27, "unit": 26, "dateless": 14}
HEADS = {
    "kindergarten": ("МБДОУ № 17 «Ручеёк»", ("2023-01-01", "2025-12-31")),
    "house": ("МБУ ДО ДДТ «Парус»", ("2023-09-01", "2024-08-31")),
    "district": ("", ("2022-01-01", "2023-12-31")),
    "unit": ("ГКОУ «ЦО № 3»", ("2021-01-01", "2024-12-31")),
    "dateless": ("МДОУ «Детский сад № 12» г. Озёрск", None),
}
TRAPS = {
    "kindergarten": {
        "empty-term": "1.1", "empty-responsible": "1.1 5.4", "empty-result": "5.4", "action-result-differ": "1.1 6.3", "same-window": "1.3",
        "unnamed-papers": "1.4", "duplicate-number": "2.1#2", "word-junk": "", "method-after-use": "2.2", "programmes-listed-late": "3.3",
        "registry-late": "3.4", "pairs-not-ordered": "3.6", "publication-consent": "4.3", "no-paper": "4.2 4.4", "edge-year": "5.1 6.2",
        "typo": "5.3", "many-authors": "6.1", "overlapping-monitoring": "6.3 6.4", "several-windows": "2.3 3.3 5.1 5.4 6.3 6.4", "many-kinds": "3.7",
    },
    "house": {
        "outside-period": "1#2", "year-derived": "2 3 4 4#2 6 6#2 6#3", "no-result-column": "", "joined-row": "5", "broken-quotes": "1",
        "leaked-term": "4#2", "unnamed-papers": "6#2", "many-kinds": "1 4#2 5 6 6#2 6#3", "each-meeting": "5", "conditional": "5 7",
        "initials-only": "1", "council-same-window": "6#2", "orders-itself": "1", "publication-consent": "6#3", "word-junk": "",
    },
    "district": {
        "period-derived": "", "outside-period": "6.4", "which-year": "4.4 5.3 6.2", "external-term": "2.1 4.3 6.1", "per-pair-term": "4.5", "typo": "4.5",
        "duplicate-number": "1.5#2", "number-gap": "4.1", "unnamed-papers": "1.4", "paper-left-out": "1.7", "approved-twice": "1.5#2", "word-junk": "",
        "analysis-before-data": "6.5", "waits-for-all": "6.5", "shared-order": "1.2 1.3 1.4", "fan-out": "1.5 1.6 1.7 4.1 4.2 4.4 4.5 6.3",
        "minors": "1.1", "straight-quotes": "2.3", "many-kinds": "1.5#2",
    },
    "unit": {
        "foreign-word": "1.1", "date-in-result": "1.3", "empty-term": "2.2 2.3 3.2 3.4 4.2 4.3 5.1 5.3 5.4 6.1 6.3 6.5", "before-start": "2.1 3.1 3.3 4.1",
        "edge-year": "2.1", "undeclared-form": "3.2", "publication-consent": "4.1", "stray-mark": "4.3", "term-with-words": "5.2 6.2 6.4",
        "conditional": "5.3", "order-or-directive": "5.4", "no-paper": "6.1", "norm-not-paper": "6.3", "each-meeting": "6.3", "cut-sentence": "6.4 6.4",
        "broken-quotes": "2.2 6.4", "many-kinds": "1.1 4.1 7.1",
    },
    "dateless": {
        "no-period": "", "no-term-column": "", "no-responsible-column": "", "no-result-column": "", "broken-quotes": "1", "conditional": "1 5.3 7",
        "foreign-word": "6.2", "many-kinds": "1 4.2 6.1", "flattened": "",
    },
}  # fmt: skip
TERMS = {
    "kindergarten": {
        "1.1": "empty", "1.2": "dated май – август 2023", "2.1": "ongoing", "2.2": "dated сентябрь – октябрь 2024", "2.3": "dated апрель 2024; апрель 2025",
        "3.1": "dated июнь – август 2023", "3.2": "ongoing", "3.3": "dated июнь 2024; июнь 2025", "3.4": "dated январь 2024",
        "5.1": "dated октябрь 2023; ноябрь 2025", "6.1": "yearly май 2023; май 2024; май 2025", "6.2": "yearly декабрь 2023; декабрь 2024; декабрь 2025",
        "6.3": "dated апрель – май 2024; апрель – май 2025", "6.4": "dated апрель – май 2024; апрель – май 2025",
    },
    "house": {
        "1": "dated до 15.09.2023", "1#2": "dated до 13.09.2024", "2": "dated сентябрь 2023", "4#2": "dated сентябрь 2023", "5": "ongoing", "6#3": "dated май 2024",
        "7": "ongoing",
    },
    "district": {
        "1.1": "dated май 2022", "1.5": "dated август – сентябрь 2022", "1.7": "dated до 30.09.2022", "1.5#2": "dated до 10.10.2022", "2.1": "external",
        "2.2": "dated январь 2023", "2.4": "ongoing", "4.4": "ongoing", "4.5": "external", "5.2": "dated сентябрь – октябрь 2022", "6.1": "external",
        "6.3": "dated март 2023", "6.4": "dated апрель 2032", "6.5": "dated апрель 2023",
    },
    "unit": {
        "1.1": "dated ноябрь 2021", "2.1": "yearly сентябрь 2021; сентябрь 2022; сентябрь 2023; сентябрь 2024", "2.2": "empty", "5.2": "ongoing", "7.1": "event",
        "4.1": "yearly февраль – апрель 2021; февраль – апрель 2022; февраль – апрель 2023; февраль – апрель 2024", "7.2": "event",
    },
    "dateless": {"1": "empty", "7": "empty"},
}  # fmt: skip
PAPERS = {
    "kindergarten": {
        "1.1": "order.develop", "1.2": "roadmap", "1.3": "order.introduce", "2.1#2": "site.page", "2.2": "methodology", "2.3": "note.monitoring",
        "3.1": "checklist", "3.2": "program.org", "3.3": "registry.programs", "3.4": "registry.mentors registry.mentees", "3.6": "plan.individual",
        "3.7": "memo.mentor memo.mentee scenario", "4.1": "case", "4.2": "", "4.3": "consent.pd_publication site.page", "4.4": "", "5.2": "case application",
        "5.4": "", "6.3": "order.monitoring note.monitoring", "6.4": "note.monitoring",
    },
    "house": {
        "1": "order.introduce regulation roadmap order.pairs consent.duty program.personal", "1#2": "protocol.council site.page", "2": "registry.mentees consent.pd",
        "3": "registry.mentors consent.pd", "4": "table.matching protocol.other", "4#2": "memo.mentor memo.mentee scenario", "5": "plan.meetings form.feedback diary",
        "6": "note.monitoring report.survey questionnaire.mentor_out questionnaire.mentee_out", "6#2": "order.council_prep protocol.council case",
        "6#3": "letter.thanks order.reward consent.pd_publication site.page", "7": "site.page",
    },
    "district": {
        "1.1": "order.introduce", "1.2": "order.introduce regulation", "1.3": "order.introduce roadmap", "1.4": "order.introduce", "1.5": "order.introduce",
        "1.6": "order.curator", "1.7": "regulation roadmap", "1.5#2": "order.introduce cover.letter protocol.other", "2.1": "program.seminar sheet.registration",
        "2.2": "article", "2.3": "handbook", "2.4": "registry.curators", "2.5": "registry.mentors registry.programs", "2.6": "site.page", "4.1": "registry.mentees",
        "4.2": "registry.mentors", "4.4": "order.pairs", "4.5": "program.personal plan.individual", "5.2": "scenario sheet.registration", "5.3": "site.page case",
        "6.1": "data.submission", "6.2": "registry.pairs", "6.3": "note.monitoring data.submission", "6.4": "data.submission", "6.5": "note.municipal",
    },
    "unit": {
        "1.1": "order.introduce regulation roadmap", "1.2": "order.curator", "1.3": "site.page", "1.4": "questionnaire.curator note.monitoring", "1.5": "regulation.rewards",
        "2.1": "protocol.council consent.pd", "2.2": "questionnaire.needs registry.mentees", "2.3": "report.survey registry.mentees",
        "3.1": "program.promotion questionnaire.potential_mentor", "3.2": "registry.mentors consent.pd", "3.3": "report.survey table.matching",
        "3.4": "note.monitoring questionnaire.mentor_in", "4.1": "order.registry registry.mentors site.page", "4.2": "report.survey questionnaire.mentor",
        "5.1": "scenario memo.mentor", "5.2": "plan.individual", "5.3": "memo.mentee", "5.4": "order.pairs", "6.2": "plan.meetings", "6.3": "form.feedback diary",
        "6.4": "protocol.other registry.mentors", "6.5": "form.feedback", "7.1": "report.survey questionnaire.mentor_out questionnaire.mentee_out",
        "7.2": "report.final report.mentor",
    },
    "dateless": {
        "1": "order.introduce regulation roadmap order.pairs consent.duty program.personal", "2.1": "questionnaire.needs report.survey", "2.2": "registry.mentees consent.pd",
        "3.1": "questionnaire.potential_mentor report.survey", "3.2": "registry.mentors consent.pd", "4.1": "table.matching",
        "4.2": "memo.mentor memo.mentee scenario protocol.other", "5.1": "order.pairs", "5.2": "program.personal", "5.3": "note.unmatched",
        "6.1": "note.monitoring report.survey questionnaire.mentor_out questionnaire.mentee_out", "6.2": "program.seminar sheet.registration",
        "6.3": "case protocol.other", "7": "site.page",
    },
}  # fmt: skip
TWINS = pytest.mark.parametrize("twin", COUNTS)


def read(twin):
    return understand(HERE / f"{twin}.txt")


def found(problems):
    told = {}
    for each in problems:
        told.setdefault(each.code, []).append(each.subject)
    return {code: " ".join(subjects) for code, subjects in told.items()}


@TWINS
def test_every_row_is_an_activity_and_nothing_else_is(twin):
    _, activities, _ = read(twin)
    assert len(activities) == COUNTS[twin]
    assert len({each.code for each in activities}) == COUNTS[twin]


@TWINS
def test_the_heading_gives_organisation_and_period(twin):
    document, _, _ = read(twin)
    period = document.period and (document.period.start.isoformat(), document.period.end.isoformat())
    assert (document.organisation, period) == HEADS[twin]


@TWINS
def test_every_trap_is_found_and_no_other(twin):
    _, _, problems = read(twin)
    assert found(problems) == TRAPS[twin]


@TWINS
def test_every_term_has_its_kind_and_windows(twin):
    _, activities, _ = read(twin)
    told = {each.code: f"{each.term.kind} {say_all(each.term.windows)}".strip() for each in activities}
    assert {code: told[code] for code in TERMS[twin]} == TERMS[twin]
    assert "unreadable" not in {each.term.kind for each in activities}


@TWINS
def test_every_row_calls_for_its_papers(twin):
    _, activities, _ = read(twin)
    told = {each.code: set(each.documents) for each in activities}
    assert {code: told[code] for code in PAPERS[twin]} == {
        code: set(kinds.split()) for code, kinds in PAPERS[twin].items()
    }


def printed(path, twin):
    """Lay the twin's table out as a Word table with merged sections and stages, the way staff would have it."""
    document, _, _ = read(twin)
    paper = docx.Document()
    for line in [*document.stamps, document.title]:
        paper.add_paragraph(line)
    (grid,) = document.tables
    table = paper.add_table(rows=0, cols=len(grid[0]))
    for row in grid:
        cells = table.add_row().cells
        for at, cell in enumerate(row):
            cells[at].text = "" if cell.merge else cell.text
    for at, row in enumerate(grid):
        across = [column for column, cell in enumerate(row) if cell.merge is Merge.ACROSS]
        if across:
            table.cell(at, across[0] - 1).merge(table.cell(at, across[-1]))
        for column, cell in enumerate(row):
            if cell.merge is Merge.DOWN:
                table.cell(at - 1, column).merge(table.cell(at, column))
    paper.save(path)


@TWINS
def test_the_same_roadmap_as_a_word_table_reads_the_same(twin, tmp_path):
    printed(tmp_path / f"{twin}.docx", twin)
    document, activities, problems = understand(tmp_path / f"{twin}.docx")
    _, wanted, _ = read(twin)
    assert [(each.code, each.term.windows, each.documents, each.responsible) for each in activities] == [
        (each.code, each.term.windows, each.documents, each.responsible) for each in wanted
    ]
    assert document.organisation == HEADS[twin][0]
    missed = set(TRAPS[twin]) - {each.code for each in problems} - {"word-junk", "flattened"}
    assert not missed


def test_rows_of_one_order_are_joined_and_rows_of_every_organisation_marked():
    _, activities, _ = read("district")
    assert {each.code: each.joint for each in activities if each.joint} == {
        "1.2": "1.1",
        "1.3": "1.1",
        "1.4": "1.1",
    }
    assert " ".join(each.code for each in activities if each.fan_out) == TRAPS["district"]["fan-out"]


def test_rows_for_pupils_are_kept_apart_from_rows_for_teachers():
    _, activities, _ = read("district")
    by_code = {each.code: each.audience for each in activities}
    assert (by_code["1.1"], by_code["5.2"]) == ("mixed", "teachers")
    _, activities, _ = read("kindergarten")
    assert {each.audience for each in activities} == {"teachers"}


def test_a_year_that_cannot_be_is_stopped_with_a_proposal_and_never_mended():
    _, activities, problems = read("district")
    (stop,) = [each for each in problems if each.severity is Severity.STOP]
    assert (stop.code, stop.subject, stop.proposal) == ("outside-period", "6.4", "Апрель 2023г.")
    assert next(each for each in activities if each.code == "6.4").printed_term == "Апрель 2032г."


def test_a_roadmap_without_dates_gets_a_proposal_that_changes_nothing():
    _, activities, _ = read("dateless")
    proposals = propose(activities, periods.of_years(2026, 2027))
    assert {each.code: say_all(each.windows) for each in proposals} == {
        "1": "август – сентябрь 2026", "2.1": "сентябрь 2026", "2.2": "сентябрь 2026", "3.1": "сентябрь 2026", "3.2": "сентябрь 2026",
        "4.1": "октябрь 2026", "4.2": "октябрь 2026", "5.1": "октябрь 2026", "5.2": "октябрь 2026", "5.3": "октябрь 2026",
        "6.1": "май 2027", "6.2": "май 2027", "6.3": "май 2027", "7": "сентябрь 2026 – май 2027",
    }  # fmt: skip
    assert all("АЗ-1128/08" in each.reason for each in proposals)
    assert {each.term.kind for each in activities} == {"empty"}


def test_a_roadmap_with_dates_gets_no_proposal():
    _, activities, _ = read("kindergarten")
    assert propose(activities, periods.of_years(2026, 2027)) == ()


@TWINS
def test_the_reading_is_plain_values_for_programs(twin):
    document, activities, problems = read(twin)
    told = json.loads(json.dumps(as_json(document, activities, problems)))
    assert set(told) == {"organisation", "title", "period", "activities", "problems"}
    assert set(told["activities"][0]) == {
        "number", "stage", "activity", "content", "term", "kind", "windows", "flags", "responsible", "result", "documents", "other",
        "origin",
    }  # fmt: skip
    assert {each["severity"] for each in told["problems"]} <= {"stop", "question", "note"}
    assert all(
        each["message"] and set(each) == {"severity", "code", "origin", "message", "proposal"}
        for each in told["problems"]
    )
