"""No regular expression of the program takes more than linear time, whatever a stranger's text repeats: steps are counted, no clock."""

import re
import sys

import pytest

from flows.intake import weight
from flows.office import wire
from tests.patterns import steps
from tests.patterns.collected import OUTER, collected

SHARES, STEP = 16, 128


@pytest.fixture(scope="module")
def patterns():
    """All patterns, the places of those nobody knows, and the modules that looking for them has brought."""
    earlier = set(sys.modules)
    found, unknown = collected()
    return found, unknown, set(sys.modules) - earlier


@pytest.fixture(autouse=True)
def deep():
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(old)


@pytest.mark.parametrize("share", range(SHARES))
def test_a_pattern_is_searched_in_linear_time_whatever_a_text_repeats(share, patterns, pytestconfig):
    """The suite tries every hundred and twenty-eighth pattern, `--every` each."""
    known = patterns[0] if pytestconfig.getoption("--every") else patterns[0][::STEP]
    for found in known[share::SHARES]:
        tree, _ = steps.parsed(found.source, found.flags)
        hostile = steps.pumps(found.source, found.flags) if steps.endless(tree) else []
        slow = [each for each in hostile if not steps.is_linear(found.source, found.flags, *each, found.way)]
        assert not slow, f"{found.module}: {found.source!r} on {slow[0]}"


def test_files_that_are_not_looked_through_have_no_pattern_and_those_that_are_bring_no_prefect(patterns):
    for path in OUTER:
        text = path.read_text("utf-8")
        assert ("import re\n" in text) == bool(re.search(r"\bre\.[a-z]+\(", text)), path.name
    assert "prefect" not in {name.partition(".")[0] for name in patterns[2]}


def test_patterns_of_the_whole_program_are_found_those_of_its_grammar_of_bytes_and_of_running_functions_too(
    patterns,
):
    found, unknown, _ = patterns
    assert len(found) > 600
    assert unknown == []
    assert {"flows.domain.roadmap.responsible", "flows.papers.faults", "flows.intake.plain"} <= {
        each.module for each in found
    }
    assert {wire.__name__, weight.__name__} <= {each.module for each in found}
    assert {r"(?:декад[а-я]*)\s*", "декад"} <= {each.source for each in found}


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("pattern", "way", "before", "pump"),
    [
        (r"\s+$", "search", "", " "),
        (r"(a+)+b", "match", "", "a"),
        (r"план\w* работ", "search", "", "план"),
        (r"\s*,\s*", "search", "", " "),
        (r"a.*b", "search", "", "a"),
        (r"\w+\s*\w+!", "fullmatch", "", "a"),
    ],
)
def test_what_is_known_to_be_slow_is_seen_as_slow(pattern, way, before, pump):
    assert not steps.is_linear(pattern, 0, before, pump, way)


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"(?<!\s)\s+$", "search"),
        (r"план\w{0,40} работ", "search"),
        (r"[^<]+", "search"),
        (r"(?:(?<!\s)\s+)?,\s*+", "search"),
        (r"a++b", "match"),
    ],
)
def test_what_is_known_to_be_linear_is_seen_as_linear(pattern, way):
    assert all(steps.is_linear(pattern, 0, *each, way) for each in steps.pumps(pattern, 0))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\d+)-(\w+?)x*",
        r"(?i)аб|[в-д]{2,3}",
        r"^\s*[^a-z]+?(?=b)",
        r"(?<!\d)\d{2}\b",
        r"(?:a|ab)(?:c|bcd)(?:d*)",
        r"(a)\1+",
    ],
)
def test_the_counting_matcher_finds_what_re_finds(pattern):
    for text in ("12-абxx", "АБвг", "  !!b", "x12 345", "abcd", "aaa", "", "12"):
        found = re.match(pattern, text)
        ends = next(steps.Matcher(pattern, 0, text).ends(), None)
        assert ends == (found.end() if found else None)
