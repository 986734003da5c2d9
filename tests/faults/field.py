"""The organisation that rounds from outside break: made once, copied for each round, looked at by the invariants."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows import doors
from flows.work import prepare
from tests.faults import commands
from tests.road import breaking
from tests.road import desk as desks

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from flows import settings
    from tests.faults.commands import Running, Said

PREPARE = ("prepare", "--plain", "--organisation", desks.SLUG, "--today", f"{desks.TODAY}")
NOTHING = "изменений нет"
MENDS = 3


@dataclass
class Result:
    """What a round counted, what it measured (by name with the unit) and what it violated, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def measured(self, what: str, seconds: float, most: float) -> None:
        """Write down how long a thing took; longer than `most` seconds is a violation."""
        self.figures[f"{what}, s"] = round(seconds, 1)
        if seconds > most:
            self.violations.append(f"{what}: {seconds:.0f} s, more than {most:.0f}")

    def heard(self, said: Said) -> Said:
        """Count what a person must never see in the words of a command."""
        self.counts["commands"] += 1
        self.counts["tracebacks"] += "traceback" in said.faults
        self.violations += said.faults
        return said

    def judged(self, told: list[str]) -> Result:
        """Add what is broken after a finished run."""
        self.counts["numbers doubled"] += sum(each.startswith("number doubled") for each in told)
        self.violations += told
        return self


class Field:
    """A furnished organisation with one registered order; `warm` forks its commands, which make no PDF, else each is started anew."""

    def __init__(self, work: Path, *, pairs: int = 3, warm: bool = False) -> None:
        self.work, self.pairs, self.warm, self.home = work, pairs, warm, work / "home"
        self.home.mkdir(parents=True)
        self.place: settings.Place = desks.founded(self.home)
        with desks.opened(self.home, self.place) as desk:
            self._register_one(desk)
            desks.furnish(desk, pairs)
            self.white = desk.typed()
        whole = Home(self, work / "whole")
        began = time.monotonic()
        said = whole.start().ended()
        self.lasts = time.monotonic() - began
        assert not said.faults, said
        with desks.opened(whole.root, self.place) as desk:
            self.papers = sorted((row.key, row.version) for row in desk.register())

    def _register_one(self, desk: desks.Desk) -> None:
        desks.furnish(desk, 0, plan=desks.PLAN[:1])
        for day in (date(2026, 9, 1), date(2026, 9, 2)):
            prepare(desk.space, self.place, day, replace(doors.supplies(day), pdf=None))
            if day.day == 1:
                row = desk.filed("order.introduce")
                signed = {
                    "Рег. №": "118",
                    "Дата регистрации": date(2026, 9, 2),
                    "Состояние": "зарегистрирован",
                }
                desk.type_cells("Документы", row.origin.row, signed)
        final = desk.filed("order.introduce", "зарегистрирован")
        self.registered = breaking.registered_sums(self.home, [desk.file(row).name, desk.file(final).name])


class Home:
    """A copy of the field's home for one round."""

    def __init__(self, origin: Field, root: Path) -> None:
        self.origin, self.root = origin, desks.copied(origin.home, root)
        self.said = root.with_name(f"{root.name}.said")
        with desks.opened(self.root, origin.place) as desk:
            self.book = desk.xlsx()

    def start(
        self,
        words: tuple[str, ...] = PREPARE,
        *,
        warm: bool | None = None,
        how: commands.How = commands.PLAIN,
    ) -> Running:
        """Start a command over this home, as the field starts them unless told."""
        forked = self.origin.warm if warm is None else warm
        return commands.started(
            self.root, words, self.said, warm=forked, how=replace(how, pdf=how.pdf and not self.origin.warm)
        )

    def after(self, chance: random.Random, running: Running) -> bool:
        """Let a random moment of a run come: of its whole length, or after its first change; tell whether it lives."""
        anywhere, part = chance.random() < 0.4, chance.random()
        if anywhere:
            return running.within(part * self.origin.lasts)
        before = self.book.stat()
        changed = running.within(self.origin.lasts * 3, lambda: self._differs(before))
        return changed and running.within(part * min(self.origin.lasts, 2.0))

    def _differs(self, before: Any) -> bool:
        try:
            now = self.book.stat()
        except FileNotFoundError:
            return True
        return (now.st_ino, now.st_mtime_ns) != (before.st_ino, before.st_mtime_ns)

    def mended(self, result: Result, runs: int = 1, words: tuple[str, ...] = PREPARE) -> None:
        """Run plainly until a run ends well, so many times at most; the run after it writes nothing."""
        for _ in range(runs):
            said = result.heard(self.start(words, warm=True).ended())
            if said.code in {0, 1}:
                break
        else:
            result.violations.append(f"not mended by {runs}: {said.err.strip()}")
        before = self.sums()
        said = result.heard(self.start(words, warm=True).ended())
        if NOTHING not in said.out or self.sums() != before:
            result.violations.append(f"the run after wrote: {said.out.strip()}")

    def sums(self) -> dict[str, str]:
        """Checksum of every file of people's by its path."""
        return {
            str(path.relative_to(self.root)): hashlib.md5(path.read_bytes()).hexdigest()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".nastavnik" not in path.parts
        }

    def dead(self) -> list[str]:
        """I4-I6 on the home as a death left it."""
        with desks.opened(self.root, self.origin.place) as desk:
            return breaking.untouched(desk, self.origin.white, self.origin.registered)

    def broken(self, white: dict[str, Any] | None = None) -> list[str]:
        """I1-I6 after a finished run: the papers of an unbroken run, no more and no fewer; `white` is what must be typed."""
        with desks.opened(self.root, self.origin.place) as desk:
            told = breaking.broken(
                desk, white or self.origin.white, self.origin.registered, len(self.origin.papers)
            )
            rows = desk.register()
        found = sorted((row.key, row.version) for row in rows)
        told += [f"papers {found}"] if found != self.origin.papers else []
        return told + [f"number doubled: {number}" for number in doubled(rows)]

    def torn(self, white: dict[str, Any]) -> list[str]:
        """What must hold even after a copy of the book came back in which rows of this run are not.

        A number may be left out and a paper may get one version more: its row no longer tells that we renewed its file.
        """
        with desks.opened(self.root, self.origin.place) as desk:
            told = breaking.untouched(desk, white, self.origin.registered)
            rows = desk.register()
            links = [(row.key, desk.office.link(row.file_id)) for row in rows]
            loose = set(desk.papers()) - {path for _, path in links}
        told += [f"half made: {row.key}" for row in rows if row.state == "создаётся" or row.intended]
        told += [f"no file for {key}" for key, path in links if path is None]
        told += ["two rows have one file"] if len({row.file_id for row in rows}) != len(rows) else []
        told += [f"file without a row: {path.name}" for path in sorted(loose)]
        lacking = {key for key, _ in self.origin.papers} - {row.key for row in rows}
        told += [f"papers lost: {sorted(lacking)}"] if lacking else []
        return told + [f"number doubled: {number}" for number in doubled(rows)]


def doubled(rows: list[Any]) -> list[str]:
    """Draft numbers that more than one paper bears; versions of one paper may share theirs."""
    papers = {(row.draft_number, row.key) for row in rows if row.draft_number}
    carried = Counter(number for number, _ in papers)
    return sorted(number for number, count in carried.items() if count > 1)
