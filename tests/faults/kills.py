"""Round `kill`: the command is killed by the system at a random moment, once or twice; one plain run mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.field import Home, Result

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.faults.field import Field


def kill(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Kill a run, perhaps also the run that mends it; nothing is lost or doubled, nothing raw is said."""
    result, home = Result(), Home(origin, folder / "home")
    for _ in range(chance.choice((1, 1, 2))):
        running = home.start()
        home.after(chance, running)
        result.counts["kills"] += running.kill()
        result.heard(running.ended())
        result.violations += home.dead()
    home.mended(result)
    return result.judged(home.broken())
