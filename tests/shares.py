"""Whose each file of the suite is when several processes share it, so that none of them reads the files of the others.

Reading all takes a process ten seconds, in a fresh checkout twenty: `pytest -n 3 --dist each --shares` reads each file once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
# Seconds of processor time (the one that waits for a server also waits): the processes then end together. All others take a second.
LONG = {
    30: "engine/test_engine.py",
    25: "road/test_bad_input.py",
    15: "papers/test_templates.py road/test_prepare.py test_cli.py",
    12: "road/test_answers.py",
    10: "road/test_faults.py road/test_forms.py road/test_notes.py road/test_registering.py road/test_requests.py "
    "test_house.py",
    8: "office/test_office_gate.py road/test_council.py road/test_declensions.py",
    6: "documents/test_law_table.py documents/test_rows.py intake/test_sources.py monitoring/test_planted_facts.py "
    "monitoring/test_what_is_concluded.py road/test_access.py road/test_books_before.py road/test_google.py "
    "road/test_import.py road/test_outside.py road/test_templates_of_staff.py road/test_templates_on_need.py "
    "test_keeping.py test_witness.py",
    5: "papers/test_fingerprints.py road/test_changes.py road/test_life_table.py road/test_moved_rows.py "
    "road/test_offers.py",
    4: "faults/test_methods.py front/test_signing_in.py papers/test_check.py papers/test_sound_papers.py "
    "patterns/test_patterns.py road/test_filing.py road/test_import_people.py road/test_numbers.py "
    "road/test_own_kinds.py road/test_upgrade.py road/test_year_at_rest.py",
    3: "documents/test_builders.py domain/test_planning_table.py front/test_founding_in_google.py intake/test_reader.py "
    "monitoring/test_ready_forms.py office/test_office_properties.py "
    "office/test_office_safety.py office/test_office_sheets.py papers/test_bad_data.py papers/test_first_fields.py "
    "papers/test_law.py papers/test_local_acts.py papers/test_render.py papers/test_what_templates_hold.py "
    "road/test_by_link.py road/test_founding.py road/test_looking.py road/test_monitor.py road/test_saved_papers.py "
    "road/test_signed_papers.py road/test_through_time.py road/test_twins.py road/test_words_of_a_run.py "
    "roadmaps/test_past_years.py roadmaps/test_twins.py russian/test_names.py test_recipes.py test_trying.py "
    "test_words.py workspace/test_headers.py workspace/test_signing.py",
}
# What brings Prefect; what reads every module as a tree, and what compiles every template: once for all of them. The second must
# not find Prefect brought.
PRINTING = (
    "papers/test_templates.py papers/test_bad_data.py papers/test_bare_agreements.py papers/test_extremes.py "
    "papers/test_fingerprints.py papers/test_finished.py papers/test_first_fields.py papers/test_lint_paper.py "
    "papers/test_local_acts.py papers/test_people_in_papers.py papers/test_who_we_are.py documents/test_bad_facts.py "
    "documents/test_law_table.py documents/test_own_days.py documents/test_pupils_papers.py documents/test_rows.py "
    "documents/test_wording.py domain/test_council_papers.py monitoring/test_bad_years.py"
)
TOGETHER = (
    ("engine/test_engine.py", "test_cli.py", "test_house.py"),
    ("patterns/test_patterns.py", "test_words.py", *PRINTING.split()),
)
SECONDS = {name: seconds for seconds, names in LONG.items() for name in names.split()}


def seconds(name: str) -> int:
    """About how long a file takes, by its name below `tests`."""
    return SECONDS.get(name, 1)


@cache
def shares(of: int) -> dict[str, int]:
    """Return whose each file is: the longest first, always to the process that has the least so far."""
    names = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py"))
    taken = [0] * of
    whose = {}
    for name in sorted(names, key=seconds, reverse=True):
        first = next(
            (whose[each] for group in TOGETHER if name in group for each in group if each in whose), None
        )
        whose[name] = min(range(of), key=taken.__getitem__) if first is None else first
        taken[whose[name]] += seconds(name)
    return whose


def long_first(path: Path) -> int:
    """Return the key that puts the longest files first."""
    return -seconds(path.relative_to(TESTS).as_posix())


def of_worker(path: Path, worker: str, of: int) -> bool:
    """Tell whether a file is one of a process's own; `worker` is its name in xdist, «gw0», «gw1»."""
    return shares(of)[path.relative_to(TESTS).as_posix()] == int(worker.removeprefix("gw")) % of
