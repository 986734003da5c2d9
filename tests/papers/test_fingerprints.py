"""What changes a paper's fingerprint: its template and the fields that the template reads, and nothing else (DESIGN §3)."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.register.fingerprint import FirstVersion, parse, short, what_changed
from flows.papers import fingerprint, render
from flows.papers.fingerprint import Printed, as_judged, judged, packed, unpacked
from flows.papers.read_fields import chosen, fields_read, plain
from flows.papers.shapes import trials
from flows.papers.tag_fields import ITEM, THERE, WHOLE
from flows.russian import Doubt
from tests.papers.better import better

KINDS = {kind.id: kind for kind in settings.catalogue().values() if kind.made and kind.id in BUILDERS}
FIRST = settings.first_fingerprints()
LATER = {
    "refusal.mentor.docx",
    "list.reward.docx",
    "sheet.attendance.docx",
    "speech.council.docx",
    "note.municipal.docx",
    "letter.reminder.docx",
}  # of kinds that came after the first version


def template_of(kind):
    return settings.template(KINDS[kind].template)


def printed(kind, context, template=None):
    return Printed(kind, KINDS[kind].template, template or template_of(kind), context)


def richer(value, fields):
    """The value with one more field in every record of it that is not printed whole, as a picture is."""
    if WHOLE in fields:
        return value
    if isinstance(value, dict):
        return {
            **{name: richer(each, fields.get(name, {})) for name, each in value.items()},
            "новое поле": "",
        }
    return (
        [richer(each, fields.get(ITEM, {})) for each in value] if isinstance(value, list | tuple) else value
    )


def cut(value, fields):
    """The value with only such fields; what is read whole, asked for or counted stays."""
    if WHOLE in fields:
        return value
    if isinstance(value, dict):
        return {name: cut(each, fields[name]) for name, each in value.items() if name in fields} or (
            {"·": None} if value and THERE in fields else {}
        )
    return (
        [cut(each, fields.get(ITEM, {})) for each in value]
        if isinstance(value, list | tuple) and ITEM in fields
        else value
    )


@lru_cache(maxsize=32)
def of(text):
    """A template of one paragraph."""
    paper = docx.Document()
    paper.add_paragraph(text)
    told = BytesIO()
    paper.save(told)
    return told.getvalue()


@pytest.mark.sampled
@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_the_template_does_not_read_changes_nothing(kind):
    fields = fields_read(template_of(kind))
    for context in trials(kind):
        before, more = fingerprint(template_of(kind), context), richer(context, fields)
        assert more != context
        assert fingerprint(template_of(kind), more) == before
        for registered in (False, True):
            assert judged(printed(kind, more), before, FIRST, registered=registered) == before


@pytest.mark.sampled
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_needs_no_field_but_those_that_are_counted(kind):
    fields = fields_read(template_of(kind))
    for context in trials(kind):
        assert render(template_of(kind), cut(context, fields)) == render(template_of(kind), context)


@pytest.mark.sampled
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_is_printed_is_counted(kind):
    fields = fields_read(template_of(kind))
    for context in trials(kind)[:1]:
        before = fingerprint(template_of(kind), context)
        for path in ends(fields, context):
            assert fingerprint(template_of(kind), changed(context, path)) != before, path


def ends(fields, value, path=()):
    """Paths of values that are read whole and are there."""
    if WHOLE in fields:
        yield path
    elif isinstance(value, dict):
        for name in fields.keys() & value.keys():
            yield from ends(fields[name], value[name], (*path, name))
    elif isinstance(value, list | tuple) and value and ITEM in fields:
        yield from ends(fields[ITEM], value[0], (*path, 0))


def changed(value, path):
    if not path:
        return f"{value} и ещё"
    at, *below = path
    if isinstance(value, dict):
        return {**value, at: changed(value[at], below)}
    return [changed(value[0], below), *value[1:]]


@pytest.mark.parametrize(
    ("text", "unread", "read"),
    [
        ("{% if пара %}есть{% endif %}", {"пара": {"цель": "иная"}}, {"пара": None}),
        ("{{ пара.цель }}", {"пара": {"цель": "цель", "вид": "иной"}}, {"пара": {"цель": "иная"}}),
        ("{{ пара['цель'] }}", {"пара": {"цель": "цель", "вид": "иной"}}, {"пара": {"цель": "иная"}}),
        ("{% for x in люди %}•{% endfor %}", {"люди": [{"им": "Б"}]}, {"люди": [{"им": "А"}, {"им": "А"}]}),
        ("{% for x in люди %}{{ x.им }}{% endfor %}", {"люди": [{"им": "А", "дат": "Б"}]}, {"люди": [{"им": "Б"}]}),
        ("{{ люди | перечень(attribute='им') }}", {"люди": [{"им": "А", "дат": "Б"}]}, {"люди": [{"им": "Б"}]}),
        ("{{ люди | length }}", {"люди": [{"им": "Б"}]}, {"люди": []}),
        ("{{ люди[0].им }}", {"люди": [{"им": "А", "дат": "Б"}]}, {"люди": [{"им": "Б"}]}),
        ("{% set x = пара %}{{ x.цель }}", {"пара": {"цель": "цель", "вид": "иной"}}, {"пара": {"цель": "иная"}}),
        ("{{ пара.цель if люди else пара.вид }}", {"пара": {"цель": "цель", "вид": "вид", "срок": 1}}, {"люди": []}),
        ("{% if пара.вид == 'вид' %}да{% endif %}", {"пара": {"вид": "вид", "цель": 1}}, {"пара": {"вид": "иной"}}),
        ("{{ пара.цель or пара.вид }}", {"пара": {"цель": "цель", "вид": "вид", "x": 1}}, {"пара": {"цель": ""}}),
        ("{% if прочее is defined %}да{% endif %}", {"ещё": 1}, {"прочее": 1}),
    ],
)  # fmt: skip
def test_tags_of_every_sort_tell_what_they_read(text, unread, read):
    context = {"пара": {"цель": "цель", "вид": "вид"}, "люди": [{"им": "А"}]}
    before = fingerprint(of(text), context)
    assert fingerprint(of(text), {**context, **unread}) == before
    assert fingerprint(of(text), {**context, **read}) != before


def test_a_registered_paper_is_judged_by_what_it_was_registered_with():
    kind, context = "order.pairs", trials("order.pairs")[0]
    before = fingerprint(template_of(kind), context)
    now = printed(kind, context, better(template_of(kind)))
    assert judged(now, before, FIRST, registered=True) == before
    assert judged(now, before, FIRST) != before
    assert what_changed(before, judged(now, before, FIRST)) == "шаблон изменился"
    other = {**context, "учебный_год": "2030-2031"}
    assert judged(printed(kind, other), before, FIRST, registered=True) != before
    assert what_changed(before, judged(printed(kind, other), before, FIRST)) == "данные изменились"


def test_a_field_that_a_better_template_reads_is_nothing_to_a_registered_paper():
    context = {"цель": "одна", "смета": "иная"}
    before = fingerprint(of("{{ цель }}"), {**context, "смета": ""})
    now = Printed("case", "case.docx", of("{{ цель }} {{ смета }}"), context)
    assert judged(now, before, FIRST, registered=True) == before
    assert as_judged(now, before, FIRST) == {"цель": "одна"}


def test_a_row_that_only_its_file_remembers_is_never_said_to_have_changed_by_a_better_template():
    kind, context = "order.pairs", trials("order.pairs")[0]
    before = short(fingerprint(template_of(kind), context))
    assert len(before.encode()) + len("nastavnik_sha") <= 124
    assert judged(printed(kind, context), before, FIRST, registered=True) == before
    assert judged(printed(kind, context), before, FIRST) == before
    assert judged(printed(kind, context, better(template_of(kind))), before, FIRST, registered=True) == before
    assert judged(printed(kind, context, better(template_of(kind))), before, FIRST) != before


def first_version(template, context):
    """The fingerprint as the first version counted it."""
    told = hashlib.sha256(hashlib.sha256(template).digest())
    spelt = json.dumps(plain(context), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told.update(spelt.encode())
    return told.hexdigest()


def test_a_row_of_the_first_version_is_judged_by_its_rule():
    kind, context = "order.pairs", trials("order.pairs")[0]
    then = hashlib.sha256(template_of(kind)).hexdigest()
    first = FirstVersion({**FIRST.templates, KINDS[kind].template: then}, FIRST.added)
    before = first_version(template_of(kind), FIRST.context(kind, context))
    assert judged(printed(kind, context), before, FIRST) == before
    assert parse(judged(printed(kind, {**context, "новое поле": 1}), before, FIRST))
    since = {"*": ("новое поле",), kind: ("пары.[].новое поле",)}
    known = {name: (*FIRST.added.get(name, ()), *since.get(name, ())) for name in FIRST.added | since}
    added = FirstVersion(FIRST.templates, known)
    told = {**context, "новое поле": 1, "пары": [{**each, "новое поле": ""} for each in context["пары"]]}
    assert judged(printed(kind, told), before, added) == before
    now = printed(kind, context, better(template_of(kind)))
    assert judged(now, before, first, registered=True) == before
    assert judged(now, before, first) != before


def test_every_template_of_the_first_version_is_known():
    assert {kind.template for kind in KINDS.values()} - FIRST.templates.keys() == LATER
    assert {len(digest) for digest in FIRST.templates.values()} == {64}


def test_a_template_that_cannot_be_read_counts_the_whole_context():
    assert fingerprint(b"no template", {"a": 1}) != fingerprint(b"no template", {"a": 2})


def test_a_doubt_is_a_value_and_a_date_is_a_day():
    told = chosen({"a": Doubt("кто", "неясно"), "b": date(2026, 9, 1)}, {"a": {WHOLE: {}}, "b": {WHOLE: {}}})
    assert told == {"a": ["сомнение", "неясно"], "b": "2026-09-01"}


@given(st.recursive(st.just({}), lambda deeper: st.dictionaries(st.text(max_size=5), deeper, max_size=3)))
def test_fields_come_back_from_their_short_spelling(fields):
    assert unpacked(packed(fields)) == fields


@given(st.text(alphabet="ABCabc012-_", max_size=40))
def test_a_spelling_that_somebody_typed_over_is_no_fields_and_no_fault(text):
    told = unpacked(text)
    assert told is None or isinstance(told, dict)
