"""`make witness`: see whether the program still does what it did, or write anew what it does."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from tests.witness import comparing
from tests.witness.looking import looked, tools
from tests.witness.organisations import READABLE, ROADMAPS, of_roadmaps, of_the_demonstration

if TYPE_CHECKING:
    from tests.witness.looking import Things

HERE = Path(__file__).parent
DIGESTS, COPIES = HERE / "digests.txt", HERE / "readable"


def main() -> int:
    """Look at everything, then compare or write; 1 when something differs."""
    asked, started = _asked(), time.monotonic()
    things = _things(asked)
    print(f"Увидено за {time.monotonic() - started:.0f} с.", file=sys.stderr)
    if asked.keep:
        comparing.keep(things, asked.keep, bodies=True)
    if asked.write:
        return _write(things, asked)
    seen = {name.partition("/")[0] for name in things}
    digests = {
        name: told
        for name, told in comparing.held(asked.into).items()
        if not asked.only or name.partition("/")[0] in seen
    }
    found = comparing.differing(things, digests)
    for line in comparing.explained(things, found, [each for each in (asked.against, COPIES) if each]):
        print(line)
    print(f"Сверено: {len(things)}. Отличий: {len(found)}.")
    if found and not asked.against:
        print(
            "Целиком: --keep ПАПКА на прежней версии, затем здесь --against ПАПКА (или diff -r двух папок)."
        )
    return 1 if found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.witness", description="Свидетель: программа делает то же, что делала"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="сверить; код 1, если что-то иначе")
    what.add_argument("--write", action="store_true", help="записать заново")
    parser.add_argument(
        "--roadmaps", type=Path, help="дорожные карты (.docx, .txt) этой папки вместо своих организаций"
    )
    parser.add_argument("--into", type=Path, default=DIGESTS, help="файл отпечатков")
    parser.add_argument("--only", default="", help="только эти организации, через запятую")
    parser.add_argument("--keep", type=Path, help="записать всё увиденное в папку текстом")
    parser.add_argument("--against", type=Path, help="показать отличия от папки, которую записал --keep")
    parser.add_argument("--jobs", type=int, default=2, help="сколько организаций смотреть сразу")
    asked = parser.parse_args()
    if asked.roadmaps and asked.into == DIGESTS:
        parser.error("С --roadmaps укажите и --into: чужие дорожные карты не хранятся здесь.")
    return asked


def _things(asked: argparse.Namespace) -> Things:
    every = (
        of_roadmaps(asked.roadmaps) if asked.roadmaps else [*of_the_demonstration(), *of_roadmaps(ROADMAPS)]
    )
    only = set(filter(None, asked.only.split(",")))
    unknown = only - {each.name for each in every} - {"tools"}
    if unknown:
        sys.exit(
            f"Нет таких: {', '.join(sorted(unknown))}. Есть: tools, {', '.join(each.name for each in every)}."
        )
    things: Things = {} if asked.roadmaps or (only and "tools" not in only) else tools()
    wanted = [who for who in every if not only or who.name in only]
    with ProcessPoolExecutor(asked.jobs, get_context("spawn")) as pool:
        for found in pool.map(looked, wanted):
            things |= found
    return things


def _write(things: Things, asked: argparse.Namespace) -> int:
    fresh = {name: comparing.short(told) for name, told in things.items()}
    seen = {name.partition("/")[0] for name in things}
    rest = {
        name: told
        for name, told in comparing.held(asked.into).items()
        if asked.only and name.partition("/")[0] not in seen
    }
    asked.into.write_text(
        "".join(f"{told} {name}\n" for name, told in sorted((rest | fresh).items())), "utf-8"
    )
    if asked.into == DIGESTS:
        comparing.keep(
            {name: told for name, told in things.items() if name.partition("/")[0] in READABLE},
            COPIES,
            bodies=False,
        )
    print(f"Записано: {len(things)}, файл {asked.into.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
