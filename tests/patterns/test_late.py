"""A pattern that is compiled when it is first asked is a pattern in every respect."""

import re

import pytest

from flows.russian.late import late


def test_nothing_is_compiled_before_a_pattern_is_asked(monkeypatch):
    compiled, usual = [], re.compile
    monkeypatch.setattr(re, "compile", lambda *said: compiled.append(said) or usual(*said))
    pattern = late(r"пар\w", re.IGNORECASE)
    assert compiled == []
    assert pattern.search("Две ПАРЫ")[0] == "ПАРЫ"
    assert pattern.sub("группа", "пары и пара") == "группа и группа"
    assert compiled == [(r"пар\w", re.IGNORECASE)]


def test_what_takes_patterns_takes_it():
    pattern = late("пара")
    assert isinstance(pattern, re.Pattern)
    assert re.sub(pattern, "группа", "пара и пара") == "группа и группа"
    assert (pattern.pattern, pattern.flags, pattern.groups) == ("пара", re.UNICODE, 0)


def test_a_wrong_expression_is_told_when_it_is_asked():
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("пара")
