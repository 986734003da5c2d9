"""Fields of templates and the cells that fill them: every header that is named stands in the book."""

import pytest

from flows import settings
from flows.domain.book import card
from flows.domain.documents import field_cells
from flows.domain.documents.field_cells import Owner, cell_of
from flows.domain.documents.specimen import specimen
from flows.domain.tabs import MENTEES, MENTORS, PAIRS, REGISTER
from flows.papers.lint_foreign import fields_of

PROGRAMME = "program.personal"
TABS = {
    MENTORS: field_cells.OF_MENTOR, MENTEES: field_cells.OF_MENTEE, PAIRS: field_cells.OF_PAIR, REGISTER: field_cells.OWN,
}  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
def test_every_column_that_is_named_stands_in_the_book(tab):
    headers = {each.header for each in settings.book_layout().tab(tab).columns}
    assert {*TABS[tab].values()} <= headers


def test_every_line_of_the_card_that_is_named_is_read():
    for name in {*field_cells.CARD.values()}:
        lines = [(1, ("Организация",)), (2, ("Параметр", "Значение")), (3, (name, "2027-2028"))]
        bare, told = (card.read("sadik", each)[0].organisation for each in (lines[:2], lines))
        assert bare != told, name


def test_a_field_that_is_reckoned_has_no_cell():
    facts = specimen(PROGRAMME, "pair", 1)
    pair = facts.pairs[0]
    assert cell_of(facts, PROGRAMME, "пара.код", Owner(pair.code, "код")) == ""
    assert cell_of(facts, PROGRAMME, "план.встреч") == ""


def test_every_field_of_the_organisation_and_of_people_has_its_cell():
    facts = specimen("order.pairs", "organisation", 1)
    card = [
        path
        for path in fields_of("order.pairs")
        if path.startswith(("организация.", "руководитель", "куратор"))
    ]
    assert [path for path in card if not cell_of(facts, "order.pairs", path)] == []
