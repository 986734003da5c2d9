"""Model a district's morning under Google's quotas on a virtual clock, where every call takes 0.3 s: `python tests/bench/bench_quotas.py`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

from flows.workspace import pace  # noqa: E402
from flows.workspace.session import Paced  # noqa: E402
from tests.workspace.test_pace import Counting, run  # noqa: E402
from tests.workspace.test_session import Waiting  # noqa: E402

ORGANISATIONS, PAPERS = 31, 22


def district():
    """Print what a morning without news takes, and one in which every organisation has its first papers made."""
    for papers in (0, PAPERS):
        clock = Waiting()
        server = Counting(clock, steady=False, delay=0.3)
        adapter = Paced(server, pace=pace.of_google(), clock=clock)
        for _ in range(ORGANISATIONS):
            run(adapter, papers)
        told = f"организаций {ORGANISATIONS}, документов у каждой {papers}: обращений {server.calls}, отказов {server.refusals}"
        print(f"{told}, {clock.moment / 60:.1f} мин, из них ожидание квот {sum(clock.waits):.0f} с")


district()
