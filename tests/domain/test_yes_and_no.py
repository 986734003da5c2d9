"""A word that says yes in one place says it in every other: beside a question, in a column of ticks, in a questionnaire."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace

import pytest

from flows.domain import yes_and_no
from flows.domain.book.answer_values import Known
from flows.domain.book.answer_verdicts import judged
from flows.domain.book.answers import Answer, key_of
from flows.domain.marks import BLANKS, mark
from flows.domain.model import Origin, Problem, Severity
from flows.domain.yes_and_no import NO, YES
from flows.workspace.typed_cells import READERS
from tests import house

ASKED = Problem(Severity.QUESTION, "two-mentors", Origin("", "Пары", 2), "?")
COLUMN = SimpleNamespace(header="Группа")


def confirmed(word):
    return judged([Answer(key_of(ASKED), "", "", word)], {}, Known()).closed(ASKED)


def ticked(word):
    return READERS["flag"](SimpleNamespace(value=word, shown=word), COLUMN)


@pytest.mark.parametrize("word", sorted(YES))
@pytest.mark.parametrize("spelt", [str, str.upper, str.capitalize, " {} ".format])
def test_a_yes_is_one_everywhere(word, spelt):
    text = spelt(word)
    assert ticked(text) == (True, None)
    assert mark(text, 1).value == 1
    assert confirmed(text)


@pytest.mark.parametrize("word", sorted(NO))
def test_a_no_is_one_everywhere(word):
    assert ticked(word) == (False, None)
    assert word in BLANKS or mark(word, 1).value == 0
    assert not confirmed(word)


@pytest.mark.parametrize("value", ["1", "x", "v"])
def test_what_may_be_the_value_asked_for_is_no_yes_beside_a_question(value):
    assert not confirmed(value)
    assert ticked(value) == (True, None)


def test_no_other_module_lists_words_that_say_yes():
    """A set or tuple of words with a yes in it stands in one module only."""
    for name, path in house.modules(house.ROOT).items():
        if name == yes_and_no.__name__ or name.startswith("flows.office"):
            continue  # the office imports nothing of ours: it speaks of a spreadsheet's own words
        if not re.search("[\"'](да|истина|верно)[\"']", path.read_text("utf-8")):
            continue
        for node in house.nodes(path):
            if isinstance(node, ast.Set | ast.Tuple | ast.List):
                words = {item.value for item in node.elts if isinstance(item, ast.Constant)}
                assert not words & {"да", "истина", "верно"}, f"{name}: {words}"
