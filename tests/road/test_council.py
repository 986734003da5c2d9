"""What a curator has in hand before a council: one folder, the same whenever it is asked for, nothing copied, nothing invented."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from flows import settings
from flows.domain.errors import Misconfigured, Refused
from flows.domain.register.life import Action
from flows.work import Errand, councils, prepare, ticks
from flows.workspace import shortcuts
from flows.workspace.attempts import Attempts
from flows.workspace.cells import changes
from flows.workspace.refusals import Unsupported
from flows.workspace.scheme import Scheme
from tests.road import desk as desks
from tests.road.desk import SLUG

FOLDER = (
    "agenda.council",
    "decision.council",
    "protocol.council",
    "speech.council",
    "plan.fact",
    "list.pairs",
    "sheet.attendance",
    "sheet.acquaintance",
    "list.reward",
    "list.young",
    "list.overdue",
    "list.next_year",
    "pack.contents",
)
MADE = (
    *(kind.id for kind in settings.catalogue().values() if kind.closes),
    "order.monitoring",
    "order.pairs",
    *FOLDER,
)
NOVEMBER, JANUARY = date(2026, 11, 20), date(2027, 1, 22)
DURING = date(2027, 1, 18)


def run(desk, today, **options):
    return prepare(desk.space, desk.place, today, desks.supplies(today, MADE), **options)


@pytest.fixture(scope="module")
def made_once(furnished, tmp_path_factory):
    """The school of these tests with its councils and a few meetings, furnished once."""
    root, place = furnished
    home = desks.copied(root, tmp_path_factory.mktemp("council") / "home")
    with desks.opened(home, place) as desk:
        _furnish(desk)
    return home, place


@pytest.fixture
def school(made_once, tmp_path):
    with desks.of(made_once, tmp_path) as desk:
        yield desk


@pytest.fixture(scope="module")
def packed_once(made_once, tmp_path_factory):
    """The school after the run that packs the folder of January."""
    return desks.lived(made_once, tmp_path_factory.mktemp("during"), lambda desk: run(desk, DURING))


@pytest.fixture
def during(packed_once, tmp_path):
    with desks.of(packed_once, tmp_path) as desk:
        yield desk


def _furnish(desk):
    desks.type_councils(desk, date(2026, 8, 28), NOVEMBER, JANUARY)
    for at, (day, status) in enumerate(
        (
            (date(2026, 9, 22), "состоялась"),
            (date(2026, 10, 6), "состоялась"),
            (date(2026, 11, 3), "перенесена"),
        ),
        2,
    ):
        desk.type_cells(
            "Встречи",
            at,
            {
                "Пара": "П-001",
                "Дата по плану": day,
                "Дата проведения": day if status == "состоялась" else None,
                "Статус": status,
                "Тема": "планы",
            },
        )


def of_folder(desk, day):
    return {row.kind: row for row in desk.register() if f"/{day.isoformat()}/" in row.key}


def test_the_folder_opens_five_working_days_before_the_council_and_holds_what_the_season_needs(school):
    run(school, date(2027, 1, 14))
    assert not of_folder(school, JANUARY)
    run(school, date(2027, 1, 15))
    made = of_folder(school, JANUARY)
    assert set(made) == {
        "agenda.council",
        "decision.council",
        "protocol.council",
        "speech.council",
        "list.overdue",
        "plan.fact",
        "list.pairs",
        "sheet.attendance",
        "sheet.acquaintance",
        "pack.contents",
    }
    assert {school.file(row).parent.name for row in made.values()} == {"2027-01-22 Педсовет №3"}
    assert {row.key for row in made.values()} == {f"{SLUG}/{kind}/2027-01-22/2026-2027" for kind in made}
    assert not run(school, date(2027, 1, 15)).written


def test_papers_that_stand_elsewhere_are_pointed_at_and_what_is_missing_is_said(during):
    told = during.text(of_folder(during, JANUARY)["pack.contents"])
    assert "Справка за I полугодие: Аналитическая справка по итогам мониторинга" in told
    assert "папка «2026-2027 / 04 Мониторинг и справки»" in told
    assert "Ещё нет: «Реестр наставников»" in told
    assert not [
        path for path in during.papers() if "Педсовет" in str(path.parent) and "справка" in path.name.lower()
    ]


def test_the_notes_recommendations_are_the_draft_decision_in_the_very_first_run(during):
    decision = during.text(of_folder(during, JANUARY)["decision.council"])
    assert "Принять к сведению аналитическую справку" in decision
    assert "внести в журнал прошедшие встречи" in decision


def test_attendance_votes_and_discussion_stay_blank(during):
    for kind in ("agenda.council", "decision.council"):
        told = during.text(of_folder(during, JANUARY)[kind]).lower()
        assert "присутствовали" not in told
        assert "проголосовали" not in told
        assert "______" in told


def test_the_folder_follows_the_data_until_the_day_and_is_left_alone_after_it(during):
    before = of_folder(during, JANUARY)
    during.type_cells("Дорожная карта", 2, {"Статус": "выполнено"})
    report = run(during, date(2027, 1, 20))
    assert f"{SLUG}/plan.fact/2027-01-22/2026-2027" in {each.key for each in report.made}
    after = of_folder(during, JANUARY)
    assert {kind: row.file_id for kind, row in before.items()} == {
        kind: row.file_id for kind, row in after.items()
    }
    during.type_cells("Дорожная карта", 3, {"Статус": "выполнено"})
    report = run(during, date(2027, 1, 25))
    assert not [each for each in report.made if "2027-01-22" in each.key]
    assert not [step for step in report.steps if "2027-01-22" in step.key and step.action is not Action.KEEP]


@pytest.mark.spare(
    "test_the_folder_opens_five_working_days_before_the_council_and_holds_what_the_season_needs"
)
def test_a_council_without_a_note_of_the_roadmap_gets_its_own(school):
    run(school, date(2026, 11, 16))
    note = next(row for row in school.register() if row.key == f"{SLUG}/note.monitoring/2026-11-20/2026-2027")
    assert "по итогам промежуточного мониторинга" in school.text(note)
    assert school.file(note).parent.name == "04 Мониторинг и справки"
    assert "промежуточного мониторинга" in school.text(of_folder(school, NOVEMBER)["pack.contents"])


def test_asked_for_by_number_or_day_it_is_the_same_folder(school):
    _, first = councils.pack(
        Errand(school.space, school.place, date(2026, 12, 10), desks.supplies(date(2026, 12, 10), MADE)), "3"
    )
    report, again = councils.pack(
        Errand(school.space, school.place, date(2026, 12, 10), desks.supplies(date(2026, 12, 10), MADE)),
        "22.01.2027",
    )
    _, nearest = councils.pack(
        Errand(school.space, school.place, date(2026, 12, 10), desks.supplies(date(2026, 12, 10), MADE)), ""
    )
    assert (first.number, first.day, first.path) == (
        "3",
        JANUARY,
        "2026-2027/05 Педсоветы/2027-01-22 Педсовет №3",
    )
    assert first == again == nearest
    assert report.made == ()
    assert first.link
    assert first.lacks == ("Реестр наставников",)
    assert not [step for step in run(school, date(2026, 12, 11)).steps if step.action is Action.ORPHAN]


def test_a_council_that_nobody_planned_is_refused_in_words(school):
    with pytest.raises(Refused, match="«Настройки»"):
        councils.pack(Errand(school.space, school.place, DURING, desks.supplies(DURING, MADE)), "03.02.2027")


def test_a_tick_gives_the_folder_with_what_it_lacks(school):
    run(school, date(2026, 12, 10))
    row = next(
        each
        for each in school.rows("Запросы")
        if (each.text("Что нужно"), each.text("К какому педсовету / дате")) == ("пакет к педсовету", "3")
    )
    school.type_cells("Запросы", row.origin.row, {"Подготовить": True})
    supplies = desks.supplies(date(2026, 12, 10), MADE)
    (wish,) = ticks.ticked(school.space, school.place, supplies)
    ticks.serve(
        Errand(school.space, school.place, date(2026, 12, 10), supplies),
        [wish],
        datetime(2026, 12, 10, 9, 30),  # noqa: DTZ001 - the row shows local time
    )
    assert school.cell("Запросы", row.origin.row, "⚙ Статус") == "готово"
    table = school.tab("Запросы")
    assert "Педсовет №3" in table.sheet.at(row.origin.row - 1, table.columns["⚙ Результат"]).formula
    assert school.cell("Запросы", row.origin.row, "⚙ Что исправить").startswith("Нет документов:")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("days", "today", "code"),
    [
        ((date(2026, 8, 28),), date(2026, 12, 10), "council-past"),
        ((date(2027, 1, 24),), DURING, "council-sunday"),
        ((JANUARY, JANUARY), DURING, "council-twice"),
    ],
)
def test_an_odd_date_is_a_question_and_never_a_second_folder(desk, days, today, code):
    desks.type_councils(desk, *days)
    run(desk, today)
    assert set(desk.findings()[code]) == {"вопрос"}
    keys = [row.key for row in desk.register() if row.kind == "pack.contents"]
    assert len(keys) == len(set(keys)) <= 1
    assert not run(desk, today).written


def test_the_minutes_typed_after_a_council_flow_into_the_orders_that_follow_it(desk):
    august = (("1", date(2026, 8, 28)),)
    desks.type_councils(desk, date(2026, 8, 28), NOVEMBER, protocols=august, adopted="")
    run(desk, date(2026, 9, 2))
    assert "(протокол от «___» ______________ 20___ г. № ______)" in desk.text(desk.filed("order.pairs"))
    assert desk.findings()["minutes-adopted"] == ["вопрос"]
    desks.type_councils(desk, date(2026, 8, 28), NOVEMBER, protocols=august)
    run(desk, date(2026, 9, 2))
    assert "minutes-adopted" not in desk.findings()
    first = desk.filed("order.pairs")
    assert "протокол от 28 августа 2026 г. № 1" in desk.text(first)
    desk.type_cells("Документы", first.origin.row, {"Рег. №": "26/1", "Дата регистрации": date(2026, 9, 3)})
    desks.type_councils(
        desk, date(2026, 8, 28), NOVEMBER, protocols=(("1", date(2026, 8, 28)), ("2", NOVEMBER))
    )
    desks.add_pair(desk, 3, start=date(2026, 12, 1))
    run(desk, date(2026, 11, 23))
    second = next(row for row in desk.register() if row.key == f"{SLUG}/order.pairs/{SLUG}-2/2026-2027")
    assert "протокол от 20 ноября 2026 г. № 2" in desk.text(second)
    assert "28 августа" in desk.text(desk.filed("order.pairs", "зарегистрирован"))


class Shelf:
    """A Drive that has shortcuts, as Google's."""

    def __init__(self, *, refuses=False, closed=()):
        self.made, self.trashed, self.given, self.refuses, self.closed = {}, [], 0, refuses, closed

    def ids(self, count, kind):
        assert kind == "shortcuts"
        self.given += count
        return [f"s{number}" for number in range(self.given - count, self.given)]

    def shortcut(self, own, name, parent, target, properties):
        if self.refuses:
            raise Unsupported("нет ярлыков")
        if own in self.closed:
            raise Misconfigured("Новый файл: нет прав.")
        self.made[own] = (name, parent, target)
        return own

    def entry(self, own):
        return own

    def change(self, own, body):
        self.trashed.append(own)


def scheme(**told):
    return Scheme(
        SimpleNamespace(),
        {("папка", "05/совет"): "folder", **{("ярлык", key): value for key, value in told.items()}},
        {},
    )


def test_shortcuts_are_laid_once_and_follow_a_paper_to_its_next_version():
    shelf = Shelf()
    one = shortcuts.Pointer("05/совет", "o/note/x/y", "file-1", "Справка")
    ids = shortcuts.intended(scheme(), (one,), shelf)
    begun = scheme(**{one.where: ids["ярлык", one.where]})
    assert shortcuts.intended(begun, (one,), shelf) == ids  # a broken run goes on with the id it had
    done = shortcuts.laid(begun, scheme(), (one,), Attempts(shelf, "root"), SLUG)
    assert shelf.made == {"s0": ("Справка", "folder", "file-1")}
    after = scheme(**{one.where: done["ярлык", one.where]})
    assert shortcuts.lacking(after, (one,)) == ()
    two = shortcuts.Pointer("05/совет", "o/note/x/y", "file-2", "Справка")
    assert shortcuts.lacking(after, (two,)) == (two,)
    moved = scheme(**{two.where: shortcuts.intended(after, (two,), shelf)["ярлык", two.where]})
    shortcuts.laid(moved, after, (two,), Attempts(shelf, "root"), SLUG)
    assert shelf.made["s1"] == ("Справка", "folder", "file-2")
    assert shelf.trashed == ["s0"]


def test_one_shortcut_that_is_refused_holds_up_none_of_the_others():
    """G10: it stays begun, so the next run tries it again under the same id."""
    shelf = Shelf(closed=("s1",))
    three = tuple(shortcuts.Pointer("05/совет", f"o/note/x/{at}", f"file-{at}", "Справка") for at in range(3))
    ids = shortcuts.intended(scheme(), three, shelf)
    begun, attempts = (
        scheme(**{each.where: ids["ярлык", each.where] for each in three}),
        Attempts(shelf, "root"),
    )
    done = shortcuts.laid(begun, scheme(), three, attempts, SLUG)
    assert set(shelf.made) == {"s0", "s2"}
    assert set(done) == {("ярлык", three[0].where), ("ярлык", three[2].where)}
    assert attempts.failed == {three[1].where: "Новый файл: нет прав."}
    after = scheme(
        **{each.where: done.get(("ярлык", each.where)) or ids["ярлык", each.where] for each in three}
    )
    assert shortcuts.intended(after, shortcuts.lacking(after, three), shelf) == {
        ("ярлык", three[1].where): "file-1 s1 начат"
    }


def test_a_store_without_shortcuts_is_asked_once():
    one = shortcuts.Pointer("05/совет", "o/note/x/y", "file-1", "Справка")
    begun = scheme(**{one.where: "file-1 s0 начат"})
    told = shortcuts.laid(begun, scheme(), (one,), Attempts(Shelf(refuses=True), "root"), SLUG)
    assert told == {("ярлык", "нет"): "да", ("ярлык", one.where): ""}
    assert shortcuts.lacking(scheme(нет="да"), (one,)) == ()


@pytest.mark.sampled(16)
@pytest.mark.parametrize("lost", ["Тема", ""])
def test_a_tab_that_cannot_be_read_leaves_the_folder_as_it_is_and_says_so(during, lost):
    """A header renamed over the meetings, or the header row wiped out: what was made of them is neither emptied nor called superfluous."""
    table = during.tab("Встречи")
    header = (
        {(0, at): None for at in table.columns.values()}
        if not lost
        else {(0, table.columns[lost]): "Тема встречи"}
    )
    before, printed = desks.sums(during.root), {at: table.sheet.at(*at).value for at in header}
    during.space.sheets.batch(during.place.book, changes(table.sheet, header))
    report = run(during, DURING)
    assert report.made == ()
    assert desks.sums(during.root) == before
    assert not any(
        row.text("Данные изменились")
        for row in during.rows("Документы")
        if row.text("Вид") in {"Проект решения педагогического совета", "Аналитическая справка"}
    )
    assert during.findings()["kept-unread"] == ["заметка"]
    (told,) = [row for row in during.rows("Проверка") if row.text("⚙ Ключ").startswith("kept-unread/")]
    assert "Проект решения педагогического совета" in told.text("Что не так")
    during.space.sheets.batch(during.place.book, changes(during.book().snapshot.sheet("Встречи"), printed))
    assert run(during, DURING).made == ()
    assert "kept-unread" not in during.findings()
