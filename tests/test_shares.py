"""The suite that several processes share is whole: every file is of one process and of no other, what it spares has a sibling."""

import re

import pytest

from tests import shares

FILES = sorted(shares.TESTS.rglob("test_*.py"))


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_every_file_is_of_one_process_and_none_has_much_more_to_do_than_another(of):
    taken = []
    for worker in range(of):
        mine = [path for path in FILES if shares.of_worker(path, f"gw{worker}", of)]
        taken.append((sum(shares.seconds(path.relative_to(shares.TESTS).as_posix()) for path in mine), mine))
    assert sorted(path for _, mine in taken for path in mine) == FILES
    for group in shares.TOGETHER:
        assert any({shares.TESTS / name for name in group} <= set(mine) for _, mine in taken)
    times = [seconds for seconds, _ in taken]
    assert max(times) - min(times) <= 1


def test_what_takes_long_is_a_file_that_is_there():
    assert {shares.TESTS / name for name in shares.SECONDS} <= set(FILES)


def test_whether_a_search_of_patterns_brings_prefect_is_asked_where_nothing_else_has_brought_it():
    whose = shares.shares(3)
    assert whose[shares.TOGETHER[0][0]] != whose[shares.TOGETHER[1][0]]


MARKED = re.compile(r"(?m)((?:^[@ )\]].*\n)*)^def (test_\w+)")
SPARED = re.compile(r'@pytest\.mark\.spare\(\s*"(?:([\w/.]+)::)?(\w+)"\s*\)')


def test_whatever_is_spared_is_held_by_a_sibling_that_the_suite_plays():
    texts = {path.relative_to(shares.TESTS).as_posix(): path.read_text("utf-8") for path in FILES}
    marks = {(name, test): mark for name, text in texts.items() for mark, test in MARKED.findall(text)}
    spared = {place: told for place, mark in marks.items() if (told := SPARED.search(mark))}
    siblings = {(told[1] or name, told[2]) for (name, _), told in spared.items()}
    assert len(spared) == sum(text.count("\n@pytest.mark.spare(") for text in texts.values()) > 1
    assert not [place for place in siblings if place not in marks or "mark.long" in marks[place]]
    assert not siblings & spared.keys()
