"""A code copied from a paper, where it stands with a no-break hyphen, is the code of the book."""

import pytest

from flows.domain.book.asked_for_whom import codes
from flows.domain.model import Origin, Row
from flows.domain.monitoring.answers.participant_codes import respondent
from flows.domain.people.pair_rows import PERSON_CODE
from flows.domain.tabs import MENTEES
from flows.domain.text import fold
from flows.russian.typography import bound


@pytest.mark.parametrize("code", ["Л-003", "Н-012"])
def test_a_code_of_a_paper_is_the_code_of_the_book(code):
    copied = bound(code)
    assert copied != code
    assert fold(copied) == fold(code)
    assert respondent(copied) == respondent(code)
    assert PERSON_CODE.search(copied).groups() == PERSON_CODE.search(code).groups()
    rows = {MENTEES: [Row(Origin("", MENTEES, 2, ""), code, {"ФИО": "Белова Вера Сергеевна"})]}
    assert codes(copied, rows) == codes(code, rows) == (code,)
