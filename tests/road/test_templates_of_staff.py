"""Copies of templates in the folder of staff: renewed while nobody edited them, asked about when the law in ours changes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from flows import settings
from flows.domain.errors import TryLater
from flows.office import Faults, InProcess
from flows.work import prepare
from flows.work.founding import found
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.holes import holes
from tests.road import desk as desks
from tests.road.desk import TODAY

TEMPLATE, TITLE = "order.pairs.docx", "Приказ о закреплении наставнических пар"
OWN_WORDS = "Напечатано по образцу детского сада"
ARTICLE = "Наставничество ведётся по статье 351.8 Трудового кодекса Российской Федерации"
LATER = "Согласие наставника хранится по приказу Минтруда России"
ASIDE = f"{TITLE} – ваша редакция до {TODAY:%d.%m.%Y}.docx"
TAKE, KEEP = "взять новый шаблон", "оставить свой"
FIRST = desks.supplies(kinds=("order.pairs",))


def paper(data, *more, swap=("", "")):
    """A template with paragraphs more, and with some words in place of others."""
    made = docx.Document(BytesIO(data))
    for each in made.paragraphs:
        if swap[0] and swap[0] in each.text:
            each.text = each.text.replace(*swap)
    for line in more:
        made.add_paragraph(line)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


OURS = FIRST.template(TEMPLATE)
NEWER = paper(OURS, ARTICLE)
NEWEST = paper(OURS, ARTICLE, LATER)
BETTER = paper(OURS, "Ещё одна строка")


def with_ours(data):
    """What a program supplies whose template is this one."""
    return replace(FIRST, template=lambda name: data if name == TEMPLATE else FIRST.template(name))


@pytest.fixture(scope="module")
def ordered(founded, tmp_path_factory):
    """An organisation whose order of pairs is a draft; its copy of the template is as it was laid."""
    root, place = founded
    target = desks.copied(root, tmp_path_factory.mktemp("ordered") / "home")
    with desks.opened(target, place) as desk:
        desks.furnish(desk, 1, unready=0, plan=desks.PLAN[:2])
        prepare(desk.space, place, TODAY, FIRST)
    return target, place


@pytest.fixture
def untouched(ordered, tmp_path):
    with desks.of(ordered, tmp_path) as desk:
        yield desk


@pytest.fixture(scope="module")
def own(ordered, tmp_path_factory):
    """The same after staff put their own words into their copy and a run has printed the draft by it."""
    root, place = ordered
    target = desks.copied(root, tmp_path_factory.mktemp("own") / "home")
    with desks.opened(target, place) as desk:
        copy_of(desk).write_bytes(paper(OURS, OWN_WORDS))
        prepare(desk.space, place, TODAY, FIRST)
    return target, place


@pytest.fixture
def edited(own, tmp_path):
    with desks.of(own, tmp_path) as desk:
        yield desk


@pytest.fixture(scope="module")
def questioned(own, tmp_path_factory):
    """Staff's own copy, and a run of a program whose template names one act more."""
    root, place = own
    target = desks.copied(root, tmp_path_factory.mktemp("questioned") / "home")
    with desks.opened(target, place) as desk:
        run(desk, NEWER)
    return target, place


@pytest.fixture
def asked(questioned, tmp_path):
    with desks.of(questioned, tmp_path) as desk:
        yield desk


def folder(desk):
    return next(
        path for path in desk.root.rglob("Шаблоны") if path.is_dir() and ".nastavnik" not in path.parts
    )


def copy_of(desk):
    return folder(desk) / f"{TITLE}.docx"


def run(desk, data, **options):
    """Prepare with ours being this template; nothing printed has a hole."""
    report = prepare(desk.space, desk.place, TODAY, with_ours(data), **options)
    assert holes(desks.printed(report)) == []
    return report


def idle(desk, data):
    """A second run writes nothing."""
    since = desk.now
    assert not run(desk, data).written
    assert desk.writes(since) == 0


def questions(desk):
    """The rows about templates that are open in «Проверка»."""
    return [row for row in desk.rows("Проверка") if is_open(row)]


def is_open(row):
    return row.text("⚙ Ключ").startswith("template-law/") and row.text("Важность") == "вопрос"


def answer(desk, text):
    (row,) = questions(desk)
    desk.type_cells("Проверка", row.origin.row, {"Ответ": text})


def journal(desk, words):
    return [text for row in desk.rows("Журнал") if words in (text := row.text("Что сделано"))]


def text_of(path):
    return desks.words(path)


def test_an_untouched_copy_is_renewed_once_by_the_next_run(untouched):
    since = untouched.now
    report = run(untouched, BETTER, dry_run=True)
    assert untouched.writes(since) == 0
    assert f"Обновились бы шаблоны, которых никто не правил: «{TITLE}»." in desks.printed(report)
    report = run(untouched, BETTER)
    assert copy_of(untouched).read_bytes() == BETTER
    told = f"Обновлены шаблоны, которых никто не правил: «{TITLE}»."
    assert f"\n  {told}\n" in desks.printed(report)
    assert journal(untouched, told) == [told]
    assert "Ещё одна строка" in untouched.text(untouched.filed("order.pairs"))
    idle(untouched, BETTER)
    assert questions(untouched) == []


@pytest.mark.spare("test_an_untouched_copy_is_renewed_once_by_the_next_run")
def test_founding_again_renews_an_untouched_copy_and_leaves_an_edited_one(untouched):
    place, home = untouched.place, settings.Home(untouched.root)
    assert found(untouched.space, home, place, TITLE, with_ours(NEWER), lambda _: None)[1]
    assert copy_of(untouched).read_bytes() == NEWER
    assert not found(untouched.space, home, place, TITLE, with_ours(NEWER), lambda _: None)[1]
    copy_of(untouched).write_bytes(paper(NEWER, OWN_WORDS))
    assert not found(untouched.space, home, place, TITLE, with_ours(NEWEST), lambda _: None)[1]
    assert OWN_WORDS in text_of(copy_of(untouched))
    run(untouched, NEWEST)
    (row,) = questions(untouched)
    assert LATER in row.text("Что не так")
    assert ARTICLE not in row.text("Что не так")


@pytest.mark.spare(
    "road/test_templates_on_need.py::test_a_copy_that_staff_took_away_stays_away_and_comes_back_when_they_name_it"
)
def test_a_copy_that_staff_took_away_stays_away(untouched):
    copy_of(untouched).unlink()
    run(untouched, NEWER)
    assert not copy_of(untouched).exists()
    assert questions(untouched) == []
    idle(untouched, NEWER)


def test_a_copy_saved_in_the_very_moment_is_staffs(untouched):
    def rule(_, request):
        if request.method in {"PATCH", "PUT"} and "/files/" in request.path:
            copy_of(untouched).write_bytes(paper(OURS, OWN_WORDS))

    space = over(
        office_session(InProcess(untouched.office, Faults(rule)), clock=untouched.clock), untouched.clock
    )
    prepare(space, untouched.place, TODAY, with_ours(NEWER))
    assert OWN_WORDS in text_of(copy_of(untouched))
    run(untouched, NEWER)
    assert len(questions(untouched)) == 1


def test_an_edited_copy_is_asked_about_once_and_the_changed_paragraph_is_named(asked):
    (row,) = questions(asked)
    assert row.text("Что не так") == (
        f"Ваш шаблон «{TITLE}» в папке «Шаблоны» расходится с нашим в том, что идёт от закона.\n"
        f"У нас есть, у вас нет: «{ARTICLE}».\n"
        "Ответьте «взять новый шаблон» (ваш файл останется рядом под другим именем) или «оставить свой»."
    )
    assert row.text("Предложение") == TAKE
    assert OWN_WORDS in text_of(copy_of(asked))
    idle(asked, NEWER)


def test_what_stands_in_a_copy_in_place_of_the_changed_paragraph_is_quoted_beside_it(edited):
    now = paper(OURS, swap=("законодательством Российской Федерации", "законом об образовании"))
    run(edited, now)
    (row,) = questions(edited)
    told = row.text("Что не так").splitlines()[1]
    assert told == (
        "У нас: «…%}{{ основания|перечень }}{% else %}законом об образовании{% endif %}{% if положение %},…», "
        "у вас: «…%}{{ основания|перечень }}{% else %}законодательством Российской Федерации{% endif %}{% if положение %},…»."
    )


@pytest.mark.spare("test_an_edited_copy_is_asked_about_once_and_the_changed_paragraph_is_named")
def test_a_paragraph_of_law_that_ours_has_dropped_is_named_while_staffs_copy_has_it(untouched):
    run(untouched, NEWER)
    copy_of(untouched).write_bytes(paper(NEWER, OWN_WORDS))
    run(untouched, OURS)
    (row,) = questions(untouched)
    assert f"У нас больше нет, у вас осталось: «{ARTICLE}»." in row.text("Что не так")


@pytest.mark.parametrize(("mine", "ours"), [(paper(OURS, OWN_WORDS), BETTER), (b"no word file", NEWER)])
def test_nothing_is_asked_about_a_copy_that_the_law_in_ours_has_not_left_behind(untouched, mine, ours):
    copy_of(untouched).write_bytes(mine)
    run(untouched, ours)
    assert questions(untouched) == []
    assert copy_of(untouched).read_bytes() == mine


def test_a_copy_of_an_older_program_is_asked_about_as_soon_as_ours_is_another_file(edited):
    entry = next(each for each in edited.space.drive.found("trashed=false") if each.name == f"{TITLE}.docx")
    edited.space.drive.change(entry.id, {"appProperties": {"nastavnik_law": None}})
    run(edited, OURS)
    assert questions(edited) == []
    run(edited, NEWER)
    assert ARTICLE in questions(edited)[0].text("Что не так")


def test_taking_ours_lays_staffs_copy_beside_and_the_draft_follows(asked):
    before = copy_of(asked).read_bytes()
    answer(asked, TAKE)
    since = asked.now
    report = run(asked, NEWER, dry_run=True)
    assert asked.writes(since) == 0
    assert f"Был бы взят новый шаблон «{TITLE}»." in desks.printed(report)
    report = run(asked, NEWER)
    told = f"Взят новый шаблон «{TITLE}». Ваша редакция лежит рядом: «{ASIDE}»."
    assert f"\n  {told}\n" in desks.printed(report)
    assert journal(asked, "Взят новый") == [told]
    assert len(journal(asked, f"Ответ «{TAKE}» в «Проверке» учтён.")) == 1
    assert copy_of(asked).read_bytes() == NEWER
    assert (folder(asked) / ASIDE).read_bytes() == before
    words = asked.text(asked.filed("order.pairs"))
    assert ARTICLE in words
    assert OWN_WORDS not in words
    assert questions(asked) == []
    idle(asked, NEWER)
    run(asked, NEWEST)  # it is ours again: renewed with the others
    assert copy_of(asked).read_bytes() == NEWEST
    assert questions(asked) == []


@pytest.mark.spare(
    "road/test_books_before.py::test_a_better_template_renews_drafts_and_asks_nothing_of_what_is_registered"
)
def test_a_registered_order_stays_as_it_was_signed_when_ours_is_taken(asked):
    row = asked.filed("order.pairs")
    asked.sign(row, "31", TODAY)
    run(asked, NEWER)
    final = asked.filed("order.pairs", "зарегистрирован")
    before = asked.file(final).read_bytes()
    assert OWN_WORDS in asked.text(final)
    answer(asked, TAKE)
    run(asked, NEWER)
    assert copy_of(asked).read_bytes() == NEWER
    assert asked.file(asked.filed("order.pairs", "зарегистрирован")).read_bytes() == before
    idle(asked, NEWER)


def test_keeping_ones_own_closes_the_question_until_the_law_changes_again(asked):
    answer(asked, "Оставить свой.")
    draft = asked.file(asked.filed("order.pairs")).read_bytes()
    run(asked, NEWER)
    assert questions(asked) == []
    idle(asked, NEWER)
    assert asked.file(asked.filed("order.pairs")).read_bytes() == draft
    copy_of(asked).write_bytes(paper(OURS, OWN_WORDS, "И ещё раз"))
    run(asked, NEWER)
    assert questions(asked) == []
    run(asked, NEWEST)
    (row,) = questions(asked)
    assert LATER in row.text("Что не так")
    assert OWN_WORDS in text_of(copy_of(asked))


def test_what_is_no_answer_takes_nothing_and_names_both_answers(asked):
    before = copy_of(asked).read_bytes()
    answer(asked, "потом посмотрю")
    run(asked, NEWER)
    assert copy_of(asked).read_bytes() == before
    (row,) = questions(asked)
    assert "Можно ответить: «взять новый шаблон»; «оставить свой»." in row.text("Что не так")


def test_a_copy_mended_by_hand_brings_its_question_to_an_end(asked):
    copy_of(asked).write_bytes(paper(OURS, OWN_WORDS, ARTICLE))
    run(asked, NEWER)
    assert questions(asked) == []
    idle(asked, NEWER)


def test_staffs_copy_is_laid_beside_once_wherever_the_run_dies(asked, tmp_path, pytestconfig):
    """Nothing gets through from a call on: the next run finishes what the dead one began; of three calls the suite tries two."""
    answer(asked, "Да")
    mine, place = copy_of(asked).read_bytes(), asked.place
    since = asked.now
    home = desks.copied(asked.root, tmp_path / "whole")
    run(asked, NEWER)
    calls = asked.office.journal[since:]
    writes = [at for at, call in enumerate(calls, 1) if call.effect]
    first = next(at for at in writes if calls[at - 1].method.startswith("drive"))
    points = [at for at in writes if at >= first]
    assert [calls[at - 1].method for at in points[:3]] == [
        "drive.files.update",
        "drive.files.create",
        "drive.files.update",
    ]
    for at in points[1 : 4 if pytestconfig.getoption("--every") else 3]:
        root = desks.copied(home, tmp_path / f"at{at}")
        with desks.opened(root, place) as desk:
            dead = Faults(lambda number, _, at=at: "before" if number >= at else None)
            space = over(office_session(InProcess(desk.office, dead), clock=desk.clock), desk.clock)
            with pytest.raises(TryLater):
                prepare(space, place, TODAY, with_ours(NEWER))
            run(desk, NEWER)
            laid = [path for path in folder(desk).iterdir() if "ваша редакция" in path.name]
            assert [path.read_bytes() for path in laid] == [mine], at
            assert copy_of(desk).read_bytes() == NEWER
            assert len(journal(desk, "Взят новый шаблон")) == 1, at
        shutil.rmtree(root)


@pytest.mark.spare("test_staffs_copy_is_laid_beside_once_wherever_the_run_dies")
def test_an_edit_between_a_dead_run_and_the_next_is_not_lost(asked):
    """What was laid beside before is left; what staff wrote since is laid beside as well."""
    answer(asked, TAKE)
    mine = copy_of(asked).read_bytes()

    def rule(_, request):
        return (
            "before"
            if request.method in {"PATCH", "PUT"} and b"wordprocessingml" in (request.body or b"")
            else None
        )

    space = over(office_session(InProcess(asked.office, Faults(rule)), clock=asked.clock), asked.clock)
    report = prepare(space, asked.place, TODAY, with_ours(NEWER))
    assert f"\n  Шаблон «{TITLE}» не обновлён. " in desks.printed(report)
    later = paper(mine, "Вписано позже")
    copy_of(asked).write_bytes(later)
    run(asked, NEWER)
    assert copy_of(asked).read_bytes() == NEWER
    laid = {path.read_bytes() for path in folder(asked).iterdir() if "ваша редакция" in path.name}
    assert laid == {mine, later}
