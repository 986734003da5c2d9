"""Properties that hold for any value, any name, any mask."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.office import cells, discovery, grid, masks, names, query, rules
from flows.office.cells import LONGEST_TEXT
from flows.office.errors import Refusal
from flows.office.package import BadPackage, Package
from flows.office.styles import kind_of
from flows.office.workbook import Workbook

texts = st.text(
    st.characters(
        exclude_categories=("Cs",),
        exclude_characters="".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])),
    ),
    max_size=60,
)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**14), 10**14)
values = st.one_of(texts.filter(bool), numbers, st.booleans())
shared = settings(
    deadline=None,
    max_examples=min(60, settings().max_examples),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@shared
@given(line=st.lists(values, min_size=1, max_size=6))
def test_any_written_cell_is_read_back_equal(client, line):
    book = client.book()
    client.write(book, line)
    client.path(book).touch()
    client.office._sheets._books.clear()
    assert client.values(book) == [line]


places = st.tuples(st.integers(0, 11), st.integers(0, 29))
steps = st.one_of(
    st.tuples(st.just("write"), places, st.one_of(values, st.none())),
    st.tuples(st.just("note"), places, st.sampled_from(["", "раз", "два"])),
    st.tuples(st.just("insert"), st.integers(0, 11), st.integers(1, 3)),
    st.tuples(st.just("delete"), st.integers(0, 11), st.integers(1, 3)),
)


class Model:
    """A sheet as two dictionaries: what the office must agree with after any steps."""

    def __init__(self):
        self.cells = {}
        self.notes = {}

    def take(self, step):
        kind, where, what = step
        if kind in {"write", "note"}:
            held = self.cells if kind == "write" else self.notes
            held.pop(where, None)
            if what not in {None, ""} or isinstance(what, bool) or what == 0:
                held[where] = what
        else:
            self.cells, self.notes = (_shifted(held, kind, where, what) for held in (self.cells, self.notes))


def _shifted(held, kind, start, count):
    if kind == "insert":
        return {(row + count * (row >= start), column): what for (row, column), what in held.items()}
    kept = {place: what for place, what in held.items() if not start <= place[0] < start + count}
    return {(row - count * (row >= start), column): what for (row, column), what in kept.items()}


def request_of(step):
    kind, where, what = step
    if kind in {"insert", "delete"}:
        span = {"sheetId": 7, "dimension": "ROWS", "startIndex": where, "endIndex": where + what}
        return {f"{kind}Dimension": {"range": span}}
    field = "note" if kind == "note" else "userEnteredValue"
    typed = {bool: "boolValue", str: "stringValue"}.get(type(what), "numberValue")
    data = {} if what is None else {field: what} if kind == "note" else {field: {typed: what}}
    start = {"sheetId": 7, "rowIndex": where[0], "columnIndex": where[1]}
    return {"updateCells": {"start": start, "rows": [{"values": [data]}], "fields": field}}


@shared
@given(batches=st.lists(st.lists(steps, min_size=1, max_size=6), min_size=1, max_size=4))
def test_any_steps_leave_what_they_say_and_another_program_reads_the_same(client, batches):
    book, model = client.book(), Model()
    grid_size = {"rowCount": 200, "columnCount": 30}
    client.batch(
        book, {"addSheet": {"properties": {"sheetId": 7, "title": "Т", "gridProperties": grid_size}}}
    )
    for batch in batches:
        client.batch(book, *map(request_of, batch))
        for step in batch:
            model.take(step)
    assert _held(client.values(book, "Т") or []) == model.cells
    assert _in_order(client.path(book).read_bytes())
    sheet = openpyxl.load_workbook(client.path(book))["Т"]
    read = {(cell.row - 1, cell.column - 1): cell for line in sheet.iter_rows() for cell in line}
    assert {place: cell.comment.text for place, cell in read.items() if cell.comment} == model.notes
    assert {place for place, cell in read.items() if cell.value is not None} == set(model.cells)


def _in_order(data):
    """Office programs refuse a sheet whose rows or cells are not in rising order."""
    written = Workbook(data)
    refs = [cell.get("r") for cell in written.sheet(written.leaves[1].part).data.iter("{*}c")]
    return [grid.cell_of(ref) for ref in refs] == sorted(map(grid.cell_of, refs))


def _held(lines):
    return {
        (row, column): what
        for row, line in enumerate(lines)
        for column, what in enumerate(line)
        if what != ""
    }


def foreign():
    """A workbook made by another program, with parts the office knows nothing of."""
    workbook = openpyxl.Workbook()
    for title in ("Пары", "Журнал"):
        sheet = workbook.create_sheet(title)
        sheet.append(["a", 1, True, None, "=1+1"])
        sheet.auto_filter.ref = "A1:C1"
        sheet.merge_cells("F1:G1")
    out = BytesIO()
    workbook.save(out)
    parts = {}
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/media/unknown.bin"] = bytes(range(256))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@shared
@given(value=values, row=st.integers(0, 40), column=st.integers(0, 30))
def test_a_write_into_one_tab_leaves_every_other_part_byte_for_byte(value, row, column):
    data = foreign()
    workbook = Workbook(data)
    part = workbook.leaves[1].part
    cells.write(workbook.changed(part).element(row, column), value)
    written = Package(workbook.pack())
    before = Package(data)
    assert set(written.names) == set(before.names)
    assert [name for name in before.names if written.read(name) != before.read(name)] == [part]
    assert Workbook(written.data).sheet(part).cell(row, column).value == value


@shared
@given(name=st.text(max_size=120))
@example(name="")
@example(name="\x00")
def test_any_name_becomes_one_safe_component_and_comes_back(name):
    disk = names.disk_name(name)
    assert disk not in {"", ".", ".."}
    assert not set(disk) & set('/\\:*?"<>|\x00')
    assert len(disk.encode()) <= names.LONGEST + 9
    if len(disk.encode()) < names.LONGEST - 4:
        assert names.shown_name(disk) == unicodedata.normalize("NFC", name)


@shared
@given(box=st.tuples(*[st.integers(0, 6)] * 4), hole=st.tuples(*[st.integers(0, 6)] * 4))
def test_an_area_without_a_hole_holds_the_same_cells_but_the_holes(box, hole):
    def inside(area):
        return {(row, column) for row in range(area[0], area[2]) for column in range(area[1], area[3])}

    pieces = rules.without(box, hole)
    found = [cell for piece in pieces for cell in inside(piece)]
    assert len(found) == len(set(found))
    assert set(found) == inside(box) - inside(hole)


@shared
@given(row=st.integers(0, 1_048_575), column=st.integers(0, 16_383))
def test_a_reference_is_read_as_it_was_spelled(row, column):
    assert grid.cell_of(grid.ref_of(row, column)) == (row, column)


@shared
@given(title=st.text(min_size=1, max_size=31))
def test_a_quoted_title_is_read_as_it_was_spelled(title):
    assert grid.split(f"{grid.quoted(title)}!A1") == (title, "A1")


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        ("a", {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}}),
        ("a/b", {"a": {"b": 1}}),
        ("a(b,c/d)", {"a": {"b": 1, "c": [{"d": 2}]}}),
        ("a.c.e, f", {"a": {"c": [{"e": 3}]}, "f": 4}),
        ("*", {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}, "f": 4}),
        ("a/*", {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}}),
        ("z", {}),
    ],
)
def test_a_mask_leaves_what_it_names(mask, shown):
    value = {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}, "f": 4}
    assert masks.apply(masks.parse(mask), value) == shown


@pytest.mark.parametrize("mask", ["a(", "a)", ",", "a,,b", "a(b", "a/", "(a)", "а"])
def test_a_broken_mask_is_refused(mask):
    with pytest.raises(Refusal):
        masks.parse(mask)


@pytest.mark.parametrize(
    "q",
    [
        "name = 'a' or name = 'b'",
        "name='a",
        "and",
        "name='a' and",
        "name > 'a'",
        "trashed",
        "modifiedTime > 'вчера'",
    ],
)
def test_a_broken_search_is_refused(q):
    with pytest.raises(Refusal):
        query.parse(q)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""),
        ("dd.mm.yyyy", "DATE"),
        ("dd\\.mm\\.yyyy", "DATE"),
        ("[$-419]d mmmm yyyy;@", "DATE"),
        ("h:mm", "TIME"),
        ("dd.mm.yyyy h:mm", "DATE_TIME"),
        ("0.00%", "PERCENT"),
        ("@", "TEXT"),
        ('# ##0" мес."', "NUMBER"),
        ("[Red]0", "NUMBER"),
        ("mm.yyyy", "DATE"),
    ],
)
def test_the_kind_of_a_number_format(code, kind):
    assert kind_of(code) == kind


def test_the_longest_text_is_held_whole(client):
    book = client.book()
    client.write(book, ["я" * LONGEST_TEXT])
    assert client.values(book) == [["я" * LONGEST_TEXT]]


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\x03\x04" + bytes(60)])
def test_what_is_no_package_is_told_so(data):
    with pytest.raises(BadPackage):
        Package(data)


def test_a_part_that_declares_entities_is_not_read():
    parts = {"_rels/.rels": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>'}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(BadPackage):
        Workbook(out.getvalue())


def test_every_method_of_both_services_is_found_by_its_own_path():
    for service, document in discovery.documents().items():
        for method in (each for each in discovery.methods() if each.service == service):
            path = next(_paths(document, method.id))
            found = discovery.match(method.verb, path)
            assert found is not None
            assert found[0].id == method.id


def _paths(node, wanted, prefix=None):
    prefix = node.get("servicePath", "") if prefix is None else prefix
    for spec in node.get("methods", {}).values():
        if spec["id"] == wanted:
            yield "/" + prefix + re.sub(r"\{[^}]*\}", "x1", spec["path"])
    for inner in node.get("resources", {}).values():
        yield from _paths(inner, wanted, prefix)


def test_an_answer_that_google_would_never_give_is_caught():
    found = discovery.match("GET", "/drive/v3/files/x")
    assert found is not None
    discovery.check_answer(found[0], {"id": "x", "version": "1", "appProperties": {"a": "b"}})
    for wrong in (
        {"id": 1},
        {"identity": "x"},
        {"appProperties": {"a": 1}},
        {"trashed": "no"},
        json.loads("[]"),
    ):
        with pytest.raises(discovery.Violation):
            discovery.check_answer(found[0], wrong)
