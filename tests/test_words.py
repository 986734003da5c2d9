"""One place for each word: tabs, statuses, keys and names are spelled once, and nothing public is kept only for its tests."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from functools import cache

import pytest

from flows import settings
from flows.domain import keys, statuses, tabs
from flows.domain.catalogue import record
from flows.domain.keys import FindingKey, Key
from flows.domain.model import Severity
from tests import house

ROOT = settings.CHECKOUT
FLOWS = ROOT / "flows"
MODULES = sorted(FLOWS.rglob("*.py"))
CORE = [path for path in MODULES if path.relative_to(FLOWS).parts[0] in {"domain", "russian"}]
HOME = FLOWS / "domain"
BEYOND_THE_OFFICE = [path for path in MODULES if path.relative_to(FLOWS).parts[0] != "office"]


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def spelled(path):
    """Every whole string of a module; parts of a sentence that is put together are prose."""
    prose = {
        id(part) for node in house.nodes(path) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    return {
        node.value
        for node in house.nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    }


def constants(module):
    return {name: value for name, value in vars(module).items() if name.isupper()}


def words(module):
    return {value for value in constants(module).values() if isinstance(value, str)}


# --- tabs ----------------------------------------------------------------------------------------------------

# A printed table heads its column «Наставляемые», a note its chapters «Документы» and «Дорожная карта»; a specimen has a result.
NO_TABS = {
    "flows.domain.monitoring.note.finding": {tabs.REGISTER, tabs.ROADMAP},
    "flows.domain.councils.handouts": {tabs.MENTEES},
    "flows.domain.monitoring.note.details": {tabs.MENTEES, tabs.INDICATORS},
    "flows.domain.documents.specimen": {tabs.MENTOR_BASE},
}


def test_tabs_are_those_of_the_workbook_and_each_has_one_name():
    """A tab of the layout that has no name here would be spelled by hand; a name without a tab reads nothing."""
    titles = {tab.title for book in (settings.book_layout(), settings.district_layout()) for tab in book.tabs}
    assert Counter(constants(tabs).values()) == Counter(titles)


def test_no_module_spells_a_tabs_title():
    """A title spelled a second time goes on naming the old tab when the book's is renamed: its rows are silently empty."""
    titles = words(tabs)
    for path in MODULES:
        if path != HOME / "tabs.py":
            assert spelled(path) & titles == NO_TABS.get(name_of(path), set()), name_of(path)


# --- statuses ------------------------------------------------------------------------------------------------

# Fields of templates, beginnings of typed words and words of kinds: none of them says how something stands.
NO_STATUSES = {
    "flows.domain.catalogue.calling_words": {statuses.DRAFT},
    "flows.domain.documents.common": {statuses.DRAFT},
    "flows.domain.documents.parts.council_folder": {Severity.QUESTION.value},
    "flows.domain.people.staff_events": {statuses.CONTEST},
}
HOMES = {"flows.domain.statuses": words(statuses), "flows.domain.model": {each.value for each in Severity}}
FLAGS = statuses.STOPPING


def test_no_module_spells_a_status():
    """Two spellings of «завершена» drift apart, and then one part of the program goes on with a pair that another has ended."""
    known = {word for words_ in HOMES.values() for word in words_} - FLAGS
    for path in MODULES:
        mine = HOMES.get(name_of(path), set()) | NO_STATUSES.get(name_of(path), set())
        assert spelled(path) & known <= mine, name_of(path)
        assert NO_STATUSES.get(name_of(path), set()) <= spelled(path), name_of(path)


def test_statuses_are_words_that_the_book_offers():
    """A status nobody can choose is never true."""
    offered = {word for values in settings.book_layout().lists.values() for word in values}
    assert words(statuses) - FLAGS <= offered


def test_a_set_of_statuses_that_means_something_is_made_once():
    """A copy of `ENDED` or `STOPPING` elsewhere is forgotten when the first one gains a word."""
    sets = {value for value in constants(statuses).values() if isinstance(value, frozenset)}
    named = {name for name, value in constants(statuses).items() if isinstance(value, str)}
    for path in MODULES:
        if path != HOME / "statuses.py":
            groups = [
                node
                for node in house.nodes(path)
                if isinstance(node, ast.Set | ast.List | ast.Tuple)
                and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
            ]
            for group in groups:
                members = [getattr(each, "id", getattr(each, "attr", "")) for each in group.elts]
                if len(members) > 1 and set(members) <= named:
                    assert frozenset(getattr(statuses, member) for member in members) not in sets, (
                        f"{name_of(path)}:{group.lineno}"
                    )


# --- keys ----------------------------------------------------------------------------------------------------

# Paths of folders, a time zone's town, the last part of a type's address or of a file's place inside a package.
NO_KEYS = {"flows.schedule", "flows.workspace.filing", "flows.papers.outside"}
APART = {"split", "rsplit", "partition", "rpartition"}


def test_no_module_takes_a_key_apart_or_puts_one_together_by_hand():
    """`key.split("/")[2]` reads another part as soon as a key gains one; what a part means is said in `keys` alone."""
    for path in BEYOND_THE_OFFICE:
        if path != HOME / "keys.py":
            apart = any(is_taking_apart(node) for node in house.nodes(path))
            together = [
                node for node in house.nodes(path) if isinstance(node, ast.JoinedStr) and is_like_a_key(node)
            ]
            assert not together, name_of(path)
            assert apart == (name_of(path) in NO_KEYS), name_of(path)


def is_taking_apart(node):
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in APART
        and bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == "/"
    )  # fmt: skip


def is_like_a_key(text):
    strokes = [part.value for part in text.values if isinstance(part, ast.Constant)]
    return (
        not any("<" in part or ":" in part for part in strokes)
        and "".join(strokes).count("/") == keys.STROKES
    )


def test_a_key_is_read_as_it_is_spelled():
    key = Key("lastochka", "report.mentor", "Н-001@2027-03", "2026-2027")
    assert str(key) == "lastochka/report.mentor/Н-001@2027-03/2026-2027"
    assert Key.parse(str(key)) == key
    assert (key.about, key.occasion, key.family) == ("Н-001", "2027-03", "Н-001@2027-03")
    assert Key.parse("sadik/order.pairs_change/sadik~2/2026-2027").family == "sadik"


@pytest.mark.parametrize("text", ["", "sadik", "sadik/order.pairs", "sadik/order.pairs/sadik", "a/b/c/d/e"])
def test_what_is_no_key_is_said_to_be_none_and_breaks_nothing(text):
    assert not keys.is_key(text)
    assert Key.parse(text).organisation == text.partition("/")[0]


def test_a_findings_key_keeps_a_header_with_a_stroke_whole():
    key = FindingKey.parse("x/Наставники/Н-001/Предмет / группа")
    assert (key.finding, key.tab, key.where, key.column, key.last) == (
        "x",
        "Наставники",
        "Н-001",
        "Предмет / группа",
        " группа",
    )
    assert str(key) == "x/Наставники/Н-001/Предмет / группа"


def test_what_is_asked_for_is_told_by_kind():
    asks = {keys.ask("note.monitoring", "этап-2"), keys.ask("program.personal", "П-001"), "note.monitoring"}
    assert keys.asked_about("note.monitoring", asks) == {"этап-2"}


# --- kinds ---------------------------------------------------------------------------------------------------


def test_a_kind_is_named_in_its_record_and_its_file_alone():
    """What the program does for one kind is a trait of it; a rule about one paper names it in one list, with the reason."""
    places = house.kinds_named(ROOT)
    print(f"kinds named outside their record and file: {len(places)} (at most {house.MOST_NAMED})")
    assert not [place for place in places if not place.startswith(house.NAMED)]
    assert len(places) <= house.MOST_NAMED


def test_every_named_kind_is_there_and_has_its_reason():
    """The line after each constant says why a trait would not do."""
    body = house.tree(ROOT / house.NAMED).body
    constants_ = [node for node in body if isinstance(node, ast.Assign)]
    reasons = [body[body.index(node) + 1 : body.index(node) + 2] for node in constants_]
    assert {node.value.value for node in constants_} <= record.kinds().keys()
    for after in reasons:
        assert after
        assert isinstance(after[0], ast.Expr)
        assert after[0].value.value.endswith(".")


# --- names ---------------------------------------------------------------------------------------------------


def test_no_two_classes_of_the_core_have_one_name():
    """Where `Line` is a line of a note, of a table and of a form, a reader has to look each one up."""
    classes = defaultdict(list)
    for path in CORE:
        for node in house.nodes(path):
            if isinstance(node, ast.ClassDef):
                classes[node.name].append(name_of(path))
    assert not {name: where for name, where in classes.items() if len(where) > 1}


def test_no_two_modules_of_a_room_have_one_name():
    """A file is asked for by its name; in a room the name has to be enough."""
    modules = defaultdict(list)
    for path in MODULES:
        if path.stem != "__init__":
            parts = path.relative_to(FLOWS).parts
            room = (
                parts[: 2 if parts[0] == "domain" else 1]
                if len(parts) > (2 if parts[0] == "domain" else 1)
                else parts[:-1]
            )
            modules[(*room, path.stem)].append(name_of(path))
    assert not {name: where for name, where in modules.items() if len(where) > 1}


# --- nothing for tests alone ---------------------------------------------------------------------------------

# Names that wait for what is known to come: approval of papers, and the district's note over its organisations;
# and two of the face of `russian`, which other programs call.
AWAITED = {
    "flows.domain.statuses.REVIEWED",
    "flows.russian.words.same",
}
# What `documents.builders` reads of every module of kinds and of parts.
BUILDER = {"KIND", "build", "PARTS", "PARTS_OF_KIND"}


@cache
def sources(path):
    """Which names a module takes from which: what it imports by name, and what it reads of modules it knows."""
    taken, known = set(), {}
    for node in house.nodes(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flows"):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                taken.add(f"{node.module}.{alias.name}")
    for node in house.nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            taken.add(f"{known[node.value.id]}.{node.attr}")
    return frozenset(taken)


def public(path):
    """Yield the public names a module defines, and whether it uses them itself; what a decorator takes is in use."""
    inside = Counter(
        node.id for node in house.nodes(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    for node in house.tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            own = Counter(
                inner.id
                for inner in ast.walk(node)
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
            )
            used = bool(node.decorator_list) and isinstance(node, ast.FunctionDef)
            yield node.name, used or inside[node.name] > own[node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(each, ast.Name):
                        yield each.id, inside[each.id] > 0


@cache
def taken_anywhere():
    return frozenset().union(*map(sources, MODULES))


def test_no_public_name_is_there_for_tests_alone():
    """Code that only its tests run is kept up for nobody, and its tests prove nothing about what people get."""
    idle = set()
    for path in BEYOND_THE_OFFICE:
        face = (
            BUILDER if path.parent in {HOME / "documents" / "kinds", HOME / "documents" / "parts"} else set()
        )
        names = {name for name, used in public(path) if not name.startswith("_") and not used} - face
        idle |= {f"{name_of(path)}.{name}" for name in names}
    assert idle - taken_anywhere() == set(AWAITED)
