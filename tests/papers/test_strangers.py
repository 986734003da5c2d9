"""Spoilt templates are refused with the place and the cure; odd ones that print well are left in peace."""

import io

import docx
import pytest
from strangers import BAD, GOOD

from flows.domain.model import Severity
from flows.papers import check, render
from flows.papers.shapes import trials


@pytest.mark.parametrize("name", BAD)
def test_a_spoilt_template_is_found_out(name):
    data, where, said = BAD[name]
    problems = check(data, "order.pairs")
    assert any(where in problem.message and said in problem.message for problem in problems), [
        problem.message for problem in problems
    ]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", GOOD)
def test_an_odd_template_that_prints_well_raises_no_alarm(name):
    data, kind = GOOD[name]
    assert [each for each in check(data, kind) if each.severity is not Severity.NOTE] == []
    assert docx.Document(io.BytesIO(render(data, trials(kind)[0]))).element.body.xml.count("{{") == 0
