"""Totals of rounds, a line of JSON each, so that a long check may be stopped and continued."""

from __future__ import annotations

import json
import os
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.field import Result


def held(path: Path) -> list[dict[str, Any]]:
    """Every round written so far; a line that a death cut short is passed over."""
    told = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            told.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return told


def add(path: Path, name: str, result: Result, seconds: float) -> None:
    """Write one round at the end of the file, on a line of its own, with how busy the computer was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    counts = {key: count for key, count in result.counts.items() if count}
    told = {
        "round": name,
        "seconds": round(seconds, 1),
        "counts": counts,
        "figures": result.figures,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "violations": result.violations,
    }
    line = json.dumps(told, ensure_ascii=False) + "\n"
    with path.open("a+b") as file:
        whole = file.tell() == 0 or path.read_bytes().endswith(b"\n")
        file.write((b"" if whole else b"\n") + line.encode())


def _figures(rounds: list[dict[str, Any]]) -> dict[str, list[float]]:
    told: dict[str, list[float]] = {}
    for each in rounds:
        for name, value in each.get("figures", {}).items():
            told.setdefault(name, []).append(value)
    return told


def _spread(values: list[float]) -> str:
    return f"median {median(values):.1f}, most {max(values):g} of {len(values)}"


def spoken(rounds: list[dict[str, Any]]) -> str:
    """Spell the sums of all rounds and name those that violated something."""
    kinds = Counter(each["round"].partition(":")[0] for each in rounds)
    sums: Counter[str] = Counter()
    for each in rounds:
        sums.update(each["counts"])
    bad = [each for each in rounds if each["violations"]]
    figures = ("kills", "edits lost", "numbers doubled", "tracebacks")
    lines = [
        f"rounds: {sum(kinds.values())} ({', '.join(f'{kind} {kinds[kind]}' for kind in sorted(kinds))})"
    ]
    lines += [f"  {name}: {sums[name]}" for name in [*figures, *sorted(set(sums) - set(figures))]]
    lines += [f"  {name}: {_spread(values)}" for name, values in sorted(_figures(rounds).items())]
    lines += [
        f"violated {each['round']} (load {each.get('load', '?')}): {'; '.join(each['violations'])}"
        for each in bad
    ]
    return "\n".join([*lines, f"rounds with violations: {len(bad)}"])
