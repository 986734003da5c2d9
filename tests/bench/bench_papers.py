"""How many orders a second: ours against docxtpl the way its tutorial shows, one core, same template, same contexts.

Run: python tests/bench/bench_papers.py [documents ...]   (100 and 1000 unless told)
"""

import io
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import jinja2  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402

from flows.domain.documents.builders import BUILDERS  # noqa: E402
from flows.domain.documents.common import requisites  # noqa: E402
from flows.domain.documents.specimen import specimen  # noqa: E402
from flows.papers import render, values  # noqa: E402
from flows.papers.compiled import compiled  # noqa: E402
from flows.papers.tag_filters import FILTERS  # noqa: E402

TEMPLATE = ROOT / "templates" / "order.pairs.docx"
TARGETS = {100: 18, 1000: 35}
ROUNDS = 3
NAIVE_AT_MOST = 100


def contexts(count):
    """Orders of 3 to 30 pairs, each with its own draft number."""
    shared = {pairs: BUILDERS["order.pairs"](specimen("order.pairs", pairs=pairs)) for pairs in range(3, 31)}
    return [requisites(shared[3 + at % 28], draft=f"ПР-2026-{at:03d}") for at in range(count)]


def plain():
    """Return an environment of docxtpl's own kind with our filters and our way to print a value."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, finalize=values.escaped)
    environment.filters.update(FILTERS)
    return environment


def naive(context):
    """Fill the order as the tutorial does: open, render, save."""
    paper = DocxTemplate(TEMPLATE)
    paper.render(context, plain())
    paper.save(io.BytesIO())


def seconds_each(work, items):
    """Return processor seconds for each item."""
    began = time.process_time()
    for item in items:
        work(item)
    return (time.process_time() - began) / len(items)


def measured(count):
    """Return seconds a document of docxtpl and of ours (its one reading of the template included), medians of rounds."""
    items = contexts(count)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds_each(naive, items[:NAIVE_AT_MOST]))
        compiled.cache_clear()
        ours.append(seconds_each(lambda context: render(TEMPLATE, context), items))
    return statistics.median(theirs), statistics.median(ours)


def main(counts):
    """Print the figures; return 1 when a target is missed."""
    missed = 0
    for count in counts:
        theirs, ours = measured(count)
        wanted = TARGETS.get(count, 0)
        missed |= theirs / ours < wanted
        print(
            f"N = {count:5}: docxtpl {1 / theirs:6.1f} док./с, render {1 / ours:7.1f} док./с – в {theirs / ours:.1f} раза быстрее (цель {wanted})"
        )
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main([int(each) for each in sys.argv[1:]] or [100, 1000]))
