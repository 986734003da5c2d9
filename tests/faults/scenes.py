"""The commands that sampled faults break: each on a small organisation of its own, made once and copied for each point."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import docx

from flows import settings
from flows.office import Faults, Office, serve
from flows.work import Errand, councils, prepare
from flows.work.bringing import bring
from flows.work.founding import found
from flows.work.monitoring import Asked, monitor
from flows.workspace.own_properties import ROLE, TEMPLATE
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.faults.resending import Recorder
from tests.road import breaking
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import requests
    from requests.adapters import BaseAdapter

KINDS = ("order.introduce", "order.pairs", "consent.duty")
COUNCIL = date(2026, 12, 18)
PACK = (*KINDS, "agenda.council", "list.pairs", "pack.contents")
NOTE = (*KINDS, "note.monitoring")
TITLE = "МБДОУ № 200 «Теремок»"
RETRIES = 6


@cache
def _client() -> tuple[requests.Session, Any]:
    """Return a session and the clients over it, made once: to make them costs as much as a small run."""
    session = office_session()
    return session, over(session)


@dataclass
class Store:
    """One copy of a scene's folder, served over TCP as Google is: copies of templates are laid on need."""

    desk: desks.Desk
    base: str
    recorder: Recorder
    clock: desks.Waiting

    def space(self, adapter: BaseAdapter | None = None) -> Any:
        """Open a workspace as a new process would: it goes through an adapter of its own and has a holder of its own."""
        session, space = _client()
        paced = office_session(adapter, base=self.base, clock=self.clock, retries=RETRIES)
        for scheme in ("https://", "http://"):
            session.mount(scheme, paced.get_adapter(scheme))
        return replace(space, clock=self.clock, holder=secrets.token_hex(4), lays_ahead=False)


@dataclass
class Scene:
    """A command and the home it is run over; what an unbroken run leaves is what every broken one must come to."""

    name: str
    home: Path
    place: settings.Place
    act: Callable[[Scene, Any, desks.Desk], object]
    kinds: tuple[str, ...] = KINDS
    day: date = desks.TODAY
    registered: dict[str, str] = field(default_factory=dict)
    """Checksums of papers that were registered before the command."""
    calls: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)

    def do(self, store: Store, adapter: BaseAdapter | None = None) -> None:
        """Run the command; it raises what the command raises."""
        self.act(self, store.space(adapter), store.desk)

    @contextmanager
    def opened(self, folder: Path, rule: Any = None) -> Iterator[Store]:
        """Copy the home and serve it under a rule."""
        root = desks.copied(self.home, folder)
        recorder, clock = Recorder(rule), desks.Waiting()
        office = Office(root)
        try:
            with serve(office, faults=Faults(recorder)) as server:
                desk = desks.Desk(root, office, None, _known(root, self.place), clock)
                yield Store(desk, server.base, recorder, clock)
        finally:
            office.close()

    def learn(self, folder: Path) -> None:
        """Run unbroken once: which calls it makes, what it leaves, and that a repeat writes nothing."""
        with self.opened(folder) as store:
            self.do(store)
            self.calls = list(store.recorder.methods)
            self.kept = self._left(store)
            since = store.desk.now
            self.do(store)
            assert store.desk.writes(since) == 0, self.name

    def _left(self, store: Store) -> dict[str, Any]:
        desk = store.desk
        desk.space, desk.place = store.space(), _known(desk.root, self.place)
        query = f"appProperties has {{ key='nastavnik_org' and value='{desks.SLUG}' }} and trashed=false"
        files = desk.space.drive.found(query)
        return {
            "typed": desk.typed(),
            "rows": sorted((row.key, row.version, row.state, row.final) for row in desk.register()),
            "templates": sorted(each.properties[TEMPLATE] for each in files if TEMPLATE in each.properties),
            "own": sorted(each.properties[ROLE] for each in files if ROLE in each.properties),
        }

    def violations(self, store: Store) -> list[str]:
        """Name what is not as an unbroken run leaves it, I1-I6."""
        left = self._left(store)
        told = breaking.broken(store.desk, self.kept["typed"], self.registered, len(self.kept["rows"]))
        return told + [
            f"{name}: {left[name]}" for name in ("rows", "templates", "own") if left[name] != self.kept[name]
        ]


def _known(root: Path, place: settings.Place) -> settings.Place:
    """Return the place as the home remembers it: a founding that was broken has written part of it."""
    return next((each for each in settings.load_home(root).places if each.slug == place.slug), place)


def _found(scene: Scene, space: Any, desk: desks.Desk) -> None:
    home = settings.load_home(desk.root)
    supplies = desks.supplies(kinds=scene.kinds)

    def save(now: settings.Place) -> None:
        settings.save_place(settings.load_home(desk.root), now)

    found(space, home, _known(desk.root, scene.place), TITLE, supplies, save)


def _prepare(scene: Scene, space: Any, _: desks.Desk) -> None:
    prepare(space, scene.place, scene.day, desks.supplies(scene.day, scene.kinds))


def _bring(scene: Scene, space: Any, _: desks.Desk) -> None:
    bring(space, scene.place, scene.home.parent / "plan.docx", desks.supplies(kinds=scene.kinds), scene.day)


def _council(scene: Scene, space: Any, _: desks.Desk) -> None:
    supplies = desks.supplies(scene.day, scene.kinds)
    councils.pack(Errand(space, scene.place, scene.day, supplies), f"{COUNCIL}")


def _note(scene: Scene, space: Any, _: desks.Desk) -> None:
    supplies = desks.supplies(scene.day, scene.kinds)
    monitor(Errand(space, scene.place, scene.day, supplies), Asked())


NAMES = ("init", "import", "prepare", "renew", "register", "council", "note")


def scenes(work: Path, names: Collection[str] = NAMES) -> list[Scene]:
    """Make the scenes named in a folder."""
    empty = work / "init" / "home"
    empty.mkdir(parents=True)
    bare = settings.Place(desks.SLUG)
    first = Scene("init", empty, bare, _found)
    made = [first] if "init" in names else []
    made += _later(first, work, set(names)) if {"init"} < {"init", *names} else []
    for each in made:
        _begun(each)
        each.learn(each.home.parent / "learnt")
    return made


def _later(first: Scene, work: Path, names: set[str]) -> list[Scene]:
    """Make the scenes of an organisation that was founded."""
    root = work / "founded"
    with first.opened(root) as store:
        first.do(store)
    known = Scene("founded", root, _known(root, first.place), _prepare)
    furnished = desks.copied(root, work / "furnished")
    with desks.opened(furnished, known.place) as desk:
        desks.furnish(desk, 1, unready=0, plan=desks.PLAN[:2])
    early = {"import": (root, _bring), "prepare": (furnished, _prepare)}
    made = [_copy(name, source, known, act) for name, (source, act) in early.items() if name in names]
    late = {"renew": _prepare, "register": _prepare, "council": _council, "note": _note}
    if late.keys() & names:
        done = desks.copied(furnished, work / "done")
        signed = replace(known, registered=_signed(known, done))
        kinds = {"council": PACK, "note": NOTE}
        made += [
            _copy(name, done, signed, act, kinds.get(name, KINDS))
            for name, act in late.items()
            if name in names
        ]
    return made


def _signed(known: Scene, root: Path) -> dict[str, str]:
    """Prepare papers and register one; return the checksums that stand from now on."""
    with desks.opened(root, known.place) as desk:
        space = replace(desk.space, lays_ahead=False)
        known.act(known, space, desk)
        desk.sign(desk.filed("order.introduce"), "118", date(2026, 12, 1))
        known.act(known, space, desk)
        names = [desk.file(row).name for row in desk.register() if row.kind == "order.introduce"]
    return breaking.registered_sums(root, names)


def _begun(scene: Scene) -> None:
    """Type what calls for the command."""
    if scene.name == "import":
        _plan(scene.home.parent / "plan.docx")
    if scene.name not in {"renew", "register", "council"}:
        return
    with desks.opened(scene.home, scene.place) as desk:
        if scene.name == "renew":
            desk.type_cells("Наставники", 2, {"Должность": "старший воспитатель"})
        elif scene.name == "register":
            desk.sign(desk.filed("order.pairs"), "119", date(2026, 12, 9))
        else:
            desks.type_councils(desk, COUNCIL)


def _copy(name: str, source: Path, made_of: Scene, act: Any, kinds: tuple[str, ...] = KINDS) -> Scene:
    home = desks.copied(source, source.parent / name / "home")
    return Scene(name, home, made_of.place, act, kinds, registered=made_of.registered)


def _plan(path: Path) -> None:
    """Write a roadmap as a Word table, to be brought in."""
    paper = docx.Document()
    paper.add_paragraph("Дорожная карта наставничества на 2026-2027 учебный год")
    table = paper.add_table(rows=0, cols=5)
    for line in [("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"), *desks.PLAN[:3]]:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    paper.save(str(path))
