"""`python -m tests.bench.before_and_after --before COMMIT`: the code of before and the present one measured by turns, one table.

Both do the same work in processes of their own on homes that each made itself; what is counted is processor seconds of
a process with its children, the most memory it had, and the requests it sent, so a busy machine says nearly the same. `--only`
chooses parts, `--small` sizes that only show that the measuring works. Exit 1 when a wanted figure is not reached or
could not be measured, 2 when nothing could be compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.codes import HERE, Code, MeasuringError, git, of_commit
from tests.bench.figures import Figure, table
from tests.bench.parts import PARTS, Bench, Sizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALL = Sizes(
    organisations=2, pairs=2, growing=(2, 3), many_pairs=3, meetings=30, meetings_a_pair=1, papers=0.01, rounds=1
)  # fmt: skip


def asked(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Прежний код и сегодняшний: одна таблица")
    parser.add_argument("--before", required=True, help="коммит или папка с прежним кодом")
    parser.add_argument("--only", action="append", choices=PARTS, help="только эта часть; можно повторить")
    parser.add_argument("--small", action="store_true", help="самые малые размеры: проверить, что меряется")
    parser.add_argument(
        "--wanted",
        action="append",
        default=[],
        metavar="СТРОКА=РАЗ",
        help="другая граница: во сколько раз лучше",
    )
    for name, about in {
        "organisations": "организаций в районе", "pairs": "пар в организации", "pairs-growing": "пар при росте", "many-pairs": "пар в большой организации",
        "meetings": "строк журнала встреч", "rounds": "проходов",
    }.items():  # fmt: skip
        parser.add_argument(f"--{name}", type=int, help=about)
    parser.add_argument("--growing", help="сколько организаций при росте: 10,30,100")
    return parser.parse_args(words)


def sizes(told: argparse.Namespace) -> Sizes:
    """Return how much is to be measured."""
    own = {
        name: value
        for name in ("organisations", "pairs", "pairs_growing", "many_pairs", "meetings", "rounds")
        if (value := getattr(told, name)) is not None
    }
    if told.growing:
        own["growing"] = tuple(sorted(int(each) for each in told.growing.split(",")))
    return replace(SMALL if told.small else Sizes(), **own)


def measured(bench: Bench, parts: Sequence[str], foot: list[str]) -> list[Figure]:
    """Measure the parts one after another; one that a code cannot do is told in the foot and is a figure not reached."""
    figures: list[Figure] = []
    for part in parts:
        began = time.monotonic()
        try:
            figures += PARTS[part](bench)
        except MeasuringError as failed:
            foot.append(f"Часть «{part}» не измерена. {failed}")
            figures.append(Figure(part, f"Часть «{part}»", "", None, None, times=1.0))
        bench.says(f"часть «{part}» – {time.monotonic() - began:.0f} с")
    return figures


def otherwise(figures: Sequence[Figure], wanted: Sequence[str]) -> list[Figure]:
    """Put other bounds to the figures named; `MeasuringError` when there is no such figure."""
    own = {name: float(value) for name, _, value in (each.rpartition("=") for each in wanted)}
    if strange := own.keys() - {each.key for each in figures}:
        raise MeasuringError(
            f"таких строк нет: {', '.join(sorted(strange))}; есть {', '.join(each.key for each in figures)}"
        )
    return [replace(each, times=own.get(each.key, each.times)) for each in figures]


@contextmanager
def _before(named: str, folder: Path, foot: list[str]) -> Iterator[Code]:
    tree = Path(named)
    if (tree / "flows").is_dir():
        foot.append(f"До: код из папки {tree.name}.")
        yield Code("до", tree.resolve())
        return
    foot.append(f"До: {git('log', '-1', '--format=%h %s', named)}.")
    with of_commit(named, folder, foot) as code:
        yield code


def _now() -> str:
    try:
        changed = " и то, что не записано в git" if git("status", "--porcelain") else ""
        return f"После: {git('log', '-1', '--format=%h %s')}{changed}."
    except (MeasuringError, OSError):
        return "После: код этой папки."


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print the table; 1 when a figure is not as wanted, 2 when the codes cannot be compared."""
    told, foot = asked(words), list[str]()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        try:
            with _before(told.before, folder, foot) as before:
                foot.append(_now())
                codes = (before, Code("после", HERE))
                bench = Bench(
                    codes, sizes(told), folder, lambda text: print(f"… {text}", file=sys.stderr, flush=True)
                )
                parts = [part for part in PARTS if part in (told.only or PARTS)]
                figures = otherwise(measured(bench, parts, foot), told.wanted)
        except MeasuringError as failed:
            print(f"Сравнить нечего: {failed}", file=sys.stderr)
            return 2
    missed = [each for each in figures if each.reached is False]
    print(table(figures), *foot, sep="\n")
    print(f"Не как желаемо: {len(missed)}." if missed else "Всё как желаемо.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
