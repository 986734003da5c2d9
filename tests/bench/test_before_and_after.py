"""The comparison of two codes: each measured from its own tree, a figure that is not reached ends it with 1."""

from __future__ import annotations

import subprocess

import pytest

from tests.bench import before_and_after, codes, figures
from tests.bench.codes import HERE, Code, MeasuringError
from tests.bench.figures import Figure, exponent, slope, table


def test_both_codes_are_measured_and_a_figure_not_reached_is_told_and_ends_it_with_one(capsys):
    words = ["--before", str(HERE), "--small", "--only", "start", "--wanted", "start=99"]
    assert before_and_after.main(words) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "--help" in line]
    _, before, now, times, wanted, verdict = [part.strip() for part in line.split("|")]
    assert all(float(each.replace(",", ".")) > 0 for each in (before, now, times))
    assert (wanted, verdict) == ("не меньше 99 раза", "нет")


def test_a_tree_that_answers_with_the_code_of_another_is_not_measured(tmp_path):
    (tmp_path / "flows").mkdir()
    with pytest.raises(MeasuringError, match="до"):
        Code("до", tmp_path, (HERE,)).does("calls", tmp_path / "home")


def test_a_part_that_a_code_cannot_do_is_told_and_is_a_figure_not_reached(monkeypatch, capsys):
    def broken(_):
        raise MeasuringError("до: нет библиотеки")
        yield

    monkeypatch.setitem(before_and_after.PARTS, "start", broken)
    assert before_and_after.main(["--before", str(HERE), "--only", "start"]) == 1
    printed = capsys.readouterr().out
    assert "не измерено" in printed
    assert "нет библиотеки" in printed


def test_a_commit_is_measured_in_a_tree_of_its_own_which_goes_away(tmp_path, monkeypatch):
    made, kept = tmp_path / "project", tmp_path / "kept"
    (made / "flows").mkdir(parents=True)
    kept.mkdir()
    (made / "requirements.txt").write_text("click==0.0.1 \\\n    --hash=sha256:0\n", "utf-8")
    for words in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one"),
    ):
        subprocess.run(["git", *words], cwd=made, check=True)
    (made / "requirements.txt").write_text("", "utf-8")
    monkeypatch.setattr(codes, "HERE", made)
    foot: list[str] = []
    with codes.of_commit("HEAD", kept, foot) as code:
        assert code.tree != made
        assert (code.tree / "requirements.txt").read_text("utf-8")
    assert not code.tree.exists()
    assert "click" in foot[0]
    with pytest.raises(MeasuringError, match="worktree"), codes.of_commit("no-such", kept, foot):
        pass


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (Figure("a", "быстрее", "с", 10, 5, times=1.8), True),
        (Figure("a", "медленнее желаемого", "с", 10, 6, times=1.8), False),
        (Figure("a", "больше в секунду", "", 10, 20, times=1.8, rising=True), True),
        (Figure("a", "меньше в секунду", "", 20, 10, times=1.0, rising=True), False),
        (Figure("a", "не больше", "МБ", 900, 400, most=400), True),
        (Figure("a", "больше", "МБ", 900, 401, most=400), False),
        (Figure("a", "не измерено", "с", None, 5, times=1.8), False),
        (Figure("a", "ничего не обещано", "с", 10, 20), None),
    ],
)
def test_what_is_wanted_of_a_figure(figure, reached):
    assert figure.reached is reached
    assert table([figure]).endswith({True: "да", False: "нет", None: ""}[reached])


def test_a_straight_line_has_the_power_of_one_and_a_square_of_two():
    assert exponent({10: 20.0, 30: 60.0, 100: 200.0}) == pytest.approx(1)
    assert exponent({10: 100.0, 30: 900.0, 100: 10_000.0}) == pytest.approx(2)
    assert slope([1.0, 1.5, 2.0]) == pytest.approx(0.5)


def test_numbers_are_told_with_a_comma_and_no_idle_digits():
    assert [figures._number(each) for each in (1.40, 135.4, 0.055, 3, -2.8647)] == [
        "1,4",
        "135",
        "0,06",
        "3",
        "-2,86",
    ]
