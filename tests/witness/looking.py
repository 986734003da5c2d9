"""One organisation through its days: what is printed, asked for and written, as named plain texts."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from flows import doors, settings, telling
from flows.work import ticks
from flows.work.stages import Errand
from tests.road import desk as desks
from tests.witness import curator
from tests.witness.still import Told, World, short, still
from tests.witness.texts import paper_text, tabs_of

if TYPE_CHECKING:
    from tests.witness.organisations import Organisation

Things = dict[str, str]
SLUG = desks.SLUG
TOOLS_DAY = date(2026, 12, 10)


def tools() -> Things:
    """Look at the commands that need no organisation."""
    things: Things = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        still(Path(folder) / "home", TOOLS_DAY) as world,
    ):
        _keep(things, "tools/templates check", world.command("templates", "check"))
        _keep(things, "tools/forms", world.command("forms", Path(folder) / "Анкеты"))
        for path in sorted((Path(folder) / "Анкеты").glob("*.xlsx")):
            things |= {f"tools/forms/{path.stem}/{title}": told for title, told in tabs_of(path).items()}
    return things


def looked(who: Organisation, days: int = 4) -> Things:
    """Go through the first `days` days of an organisation; names begin with its name and the day."""
    things: Things = {}
    with tempfile.TemporaryDirectory() as folder, still(Path(folder) / "home", who.days[0]) as world:
        forms = Path(folder) / "Анкеты"
        world.command("forms", forms)
        _found(world, who, things)
        before: Things = {}
        for at, day in enumerate(who.days[:days]):
            start = f"{who.name}/{day}"
            for number, (name, told) in enumerate(_day(world, who, at), 1):
                _keep(things, f"{start}/{number} {name}", told)
            with desks.opened(world.home, settings.load_home(world.home).place(SLUG), strict=False) as desk:
                before = _state(world, desk, things, start, before)
                acts = curator.between(world, desk, who, at, forms) if at + 1 < days else []
            for name, told in acts:
                _keep(things, f"{start}/{name}", told)
    return things


def _found(world: World, who: Organisation, things: Things) -> None:
    """Found the organisation, bring its files, furnish it when they hold only a roadmap."""
    start = f"{who.name}/founding"
    _keep(things, f"{start}/init", world.command("init", "--organisation", SLUG, "--title", who.title))
    for file in who.files:
        if "Участники" not in file.name:
            _keep(things, f"{start}/read", world.command("read", file))
            _keep(things, f"{start}/read json", world.command("read", file, "--json"))
        told = world.command("import", file, "--organisation", SLUG, "--today", who.days[0])
        _keep(things, f"{start}/import {'people' if 'Участники' in file.name else 'roadmap'}", told)
    if who.bare:
        with desks.opened(world.home, settings.load_home(world.home).place(SLUG), strict=False) as desk:
            curator.furnish(desk, who.days)


def _day(world: World, who: Organisation, at: int) -> list[tuple[str, Told]]:
    """Give the commands of one day, each with what it told; the demonstration's organisations are asked for more."""
    day = who.days[at]
    own = ("--organisation", SLUG, "--today", day)
    told = [("check", world.command("check", *own))] if at == 0 else []
    told.append(("prepare", world.command("prepare", "--plain", *own)))
    if at == 1:
        told.append(("council", world.command("council", "--plain", *own)))
        told.append(("prepare again", world.command("prepare", "--plain", *own)))
    if at == 2:
        told.append(("note", world.command("note", "--plain", *own)))
    if at == 3:
        told.append(("wishes", world.act("галочки вкладки «Запросы»", lambda: _wishes(world, day))))
        told.append(("note of a stage", world.command("note", "--dry-run", "--stage", 1, *own)))
    return told if who.bare else told + _more(world, day, at, own)


def _more(world: World, day: date, at: int, own: tuple[object, ...]) -> list[tuple[str, Told]]:
    if at == 1:
        return [("council dry", world.command("council", "2", "--dry-run", *own))]
    if at == 2:
        period = f"{quarter_before(day)}..{day}"
        return [("note of a period", world.command("note", "--plain", "--period", period, *own))]
    return [("check after", world.command("check", *own))]


def quarter_before(day: date) -> date:
    """Give the first day of the quarter before a day."""
    return day.replace(day=1, month=max(1, day.month - 2))


def _wishes(world: World, day: date) -> int:
    """Serve what is ticked, as the light loop does."""
    home, supplies = settings.load_home(world.home), doors.supplies(day)
    with doors.open_workspace(home) as space:
        for wish in ticks.ticked(space, home.place(SLUG), supplies):
            print(f"{wish.code}: {wish.what}")
            telling.report(
                ticks.serve(
                    Errand(space, home.place(SLUG), day, supplies),
                    [wish],
                    datetime.combine(day, time(10, 30)),
                )
            )
    return 0


def _state(world: World, desk: desks.Desk, things: Things, start: str, before: Things) -> Things:
    """Keep the tabs and papers that are not as they were, and the list of all."""
    root = next(
        path for path in sorted(world.home.iterdir()) if path.is_dir() and not path.name.startswith(".")
    )
    now = {f"cells/{title}": world.plain(told) for title, told in tabs_of(desk.xlsx()).items()}
    files = sorted(path for path in root.rglob("*") if path.is_file() and "Шаблоны" not in path.parts)
    now |= {
        f"papers/{path.relative_to(root)}": world.plain(paper_text(path))
        for path in files
        if path.suffix == ".docx"
    }
    things |= {f"{start}/{name}": told for name, told in now.items() if before.get(name) != told}
    rest = [f"files/{path.relative_to(root)}" for path in files if path.suffix != ".docx"]
    things[f"{start}/all"] = (
        "\n".join([*(f"{short(told)} {name}" for name, told in sorted(now.items())), *rest]) + "\n"
    )
    return now


def _keep(things: Things, name: str, told: Told) -> None:
    things[f"{name}.printed"] = told.printed
    if told.calls.strip():
        things[f"{name}.calls"], things[f"{name}.bodies"] = told.calls, told.bodies
