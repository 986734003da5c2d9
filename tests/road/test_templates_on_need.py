"""Where an organisation lives in Google, a template's copy is laid once its kind has a paper: once, whatever a list shows."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from flows import settings
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Faults, InProcess, Office, Request
from flows.office.wire import answer
from flows.work import prepare
from flows.work.founding import found
from flows.work.stages import Errand
from flows.work.template_putting import named, put
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road.desk import TODAY
from tests.road.test_templates_of_staff import NEWER, OWN_WORDS, TITLE, folder, paper, with_ours

KINDS = ("order.introduce", "order.pairs")
SUPPLIES = desks.supplies(kinds=KINDS)
OTHER = "Приказ о внедрении целевой модели наставничества"
LAID = {f"{TITLE}.docx", f"{OTHER}.docx"}


def names(desk):
    """The files in the folder of templates, and how many bear each name."""
    return sorted(path.name for path in folder(desk).iterdir())


def once(desk, *templates):
    assert names(desk) == sorted(templates or LAID)


def blind(desk, *, whole=True):
    """A workspace whose lists of Drive come empty, or say that they are not whole."""

    def rule(_, request: Request):
        listing = request.method == "GET" and request.path.endswith("/drive/v3/files")
        return answer({"files": [], "incompleteSearch": not whole}) if listing else None

    return on_need(over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock))


def on_need(space):
    return replace(space, lays_ahead=False)


@contextmanager
def opened(home):
    root, place = home
    with desks.opened(root, place) as desk:
        desk.space = on_need(desk.space)
        yield desk


def copied(home, root):
    return desks.copied(home[0], root), home[1]


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """An organisation founded where copies are laid on need; two orders are called for."""
    root = tmp_path_factory.mktemp("bare") / "home"
    root.mkdir()
    office = Office(root)
    space = on_need(over(office_session(InProcess(office))))
    place, made = found(
        space, settings.Home(root), settings.Place(desks.SLUG), "Теремок", SUPPLIES, lambda _: None
    )
    assert made
    assert not found(space, settings.Home(root), place, "Теремок", SUPPLIES, lambda _: None)[1]
    calls = [call.effect for call in office.journal]
    assert len(calls) <= 25
    assert not calls[-1]
    assert not list((root / "Наставничество — Теремок").rglob("Шаблоны/*"))
    office.close()
    with desks.opened(root, place) as desk:
        desks.furnish(desk, 1, unready=0, plan=desks.PLAN[:2])
    return root, place


@pytest.fixture(scope="module")
def filed(bare, tmp_path_factory):
    """Its two orders are filed, and the run died before it laid their templates."""
    root, place = copied(bare, tmp_path_factory.mktemp("filed") / "home")
    with desks.opened(root, place) as desk:  # a run that lays ahead lays nothing on need
        prepare(desk.space, place, TODAY, SUPPLIES)
        assert names(desk) == []
    return root, place


@pytest.fixture
def desk(filed, tmp_path):
    with opened(copied(filed, tmp_path / "home")) as opened_desk:
        yield opened_desk


@pytest.fixture(scope="module")
def laid_once(filed, tmp_path_factory):
    """A run has laid the copies of both orders; the hidden tab remembers their ids and that they lie there."""
    home = copied(filed, tmp_path_factory.mktemp("laid") / "home")
    with opened(home) as desk:
        report = prepare(desk.space, desk.place, TODAY, SUPPLIES)
        assert report.copies == (
            f"Положены шаблоны, которые можно править: «{OTHER}», «{TITLE}» (папка «Шаблоны»).",
        )
        once(desk)
        idle(desk)
        rows = desk.book().scheme.all("шаблон")
        assert sorted(rows) == ["order.introduce.docx", "order.pairs.docx"]
        assert {value.split(" ")[1] for value in rows.values()} == {"лежит"}
    return home


@pytest.fixture
def laid(laid_once, tmp_path):
    with opened(copied(laid_once, tmp_path / "home")) as opened_desk:
        yield opened_desk


def idle(desk, space=None):
    since = desk.now
    assert not prepare(space or desk.space, desk.place, TODAY, SUPPLIES).written
    assert desk.writes(since) == 0
    return desk.now - since


def copy(desk):
    return folder(desk) / f"{TITLE}.docx"


def test_the_first_run_lays_the_copies_of_its_papers_after_the_papers(bare, tmp_path):
    with opened(copied(bare, tmp_path / "home")) as desk:
        since = desk.now
        assert len(prepare(desk.space, desk.place, TODAY, SUPPLIES).made) == len(KINDS)
        once(desk)
        uploads = [call for call in desk.office.journal[since:] if call.path.startswith("/upload/")]
        assert len(uploads) == len(KINDS) + len(LAID)
        assert idle(desk) <= 3  # a look, two lists


def test_nothing_is_laid_twice_when_lists_come_empty(laid):
    assert prepare(blind(laid), laid.place, TODAY, SUPPLIES).copies == ()
    once(laid)
    assert not found(blind(laid), settings.Home(laid.root), laid.place, "Теремок", SUPPLIES, lambda _: None)[
        1
    ]
    once(laid)


def test_staffs_edits_win_although_the_list_does_not_show_their_copy(laid):
    copy(laid).write_bytes(paper(copy(laid).read_bytes(), OWN_WORDS))
    prepare(blind(laid), laid.place, TODAY, SUPPLIES)
    assert OWN_WORDS in laid.text(laid.filed("order.pairs"))


def test_a_list_that_is_not_whole_is_not_believed(laid):
    since = laid.now
    with pytest.raises(TryLater, match="не весь список"):
        prepare(blind(laid, whole=False), laid.place, TODAY, SUPPLIES)
    assert laid.writes(since) == 0


def test_a_copy_laid_on_need_is_renewed_and_asked_about_as_any_other(laid):
    newer = replace(SUPPLIES, template=with_ours(NEWER).template)
    report = prepare(laid.space, laid.place, TODAY, newer)
    assert f"Обновлены шаблоны, которых никто не правил: «{TITLE}»." in report.copies
    assert copy(laid).read_bytes() == NEWER


@pytest.mark.sampled(3)
@pytest.mark.parametrize("gone", ["bin", "for good", "elsewhere"])
def test_a_copy_that_staff_took_away_stays_away_and_comes_back_when_they_name_it(laid, gone):
    entry = next(each for each in laid.space.drive.found("trashed=false") if each.name == f"{TITLE}.docx")
    if gone == "bin":
        laid.space.drive.change(entry.id, {"trashed": True})
    elif gone == "elsewhere":
        laid.space.drive.change(entry.id, {}, laid.place.folder, entry.parent)
    else:
        copy(laid).unlink()
    prepare(laid.space, laid.place, TODAY, SUPPLIES)
    assert idle(laid) <= 3
    once(laid, *LAID - {f"{TITLE}.docx"})
    errand = Errand(laid.space, laid.place, TODAY, SUPPLIES)
    assert put(errand, "all") == (("Всё уже лежит в папке «Шаблоны», ничего не изменилось.",), ())
    assert TITLE in put(errand, "order.pairs")[0][0]
    once(laid)
    assert put(errand, TITLE)[0][0].startswith("Всё уже лежит")
    idle(laid)


def test_each_copy_is_laid_once_wherever_the_run_dies(desk, tmp_path, pytestconfig):
    """It dies after the ids are remembered, after a copy is made, with `--every` after another: the answer never comes."""
    home = desks.copied(desk.root, tmp_path / "whole")
    since = desk.now
    prepare(desk.space, desk.place, TODAY, SUPPLIES)
    writes = [at for at, call in enumerate(desk.office.journal[since:], 1) if call.effect]
    assert len(writes) == len(("lease", "ids", *LAID, "there", "release"))
    for at in writes[1 : 4 if pytestconfig.getoption("--every") else 3]:
        root = desks.copied(home, tmp_path / f"at{at}")
        with opened((root, desk.place)) as broken:
            dead = Faults(
                lambda number, _, at=at: "after" if number == at else "before" if number > at else None
            )
            session = office_session(InProcess(broken.office, dead), clock=broken.clock, retries=0)
            with pytest.raises(TryLater):
                prepare(on_need(over(session, broken.clock)), broken.place, TODAY, SUPPLIES)
            prepare(broken.space, broken.place, TODAY, SUPPLIES)
            once(broken)
        shutil.rmtree(root)


def test_a_copy_that_cannot_be_laid_stops_nothing_and_is_laid_by_the_next_run(desk):
    def rule(_, request):
        if request.method == "POST" and b"wordprocessingml" in (request.body or b""):
            about = {"message": "no", "errors": [{"reason": "insufficientFilePermissions"}]}
            return answer({"error": {"code": 403} | about}, 403)
        return None

    space = on_need(over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock))
    report = prepare(space, desk.place, TODAY, SUPPLIES)
    assert [line.split(" не положен")[0] for line in report.copies] == [
        f"Шаблон «{OTHER}»",
        f"Шаблон «{TITLE}»",
    ]
    assert names(desk) == []
    prepare(desk.space, desk.place, TODAY, SUPPLIES)
    once(desk)


def test_a_file_of_staff_under_our_name_is_the_template_and_none_is_laid_beside(desk):
    drive = desk.space.drive
    mine = paper(SUPPLIES.template("order.pairs.docx"), OWN_WORDS)
    drive.file(drive.ids(1)[0], f"{TITLE}.docx", desk.place.templates, {}, mine)
    prepare(desk.space, desk.place, TODAY, SUPPLIES)
    once(desk)
    assert copy(desk).read_bytes() == mine
    assert OWN_WORDS in desk.text(desk.filed("order.pairs"))
    assert put(Errand(desk.space, desk.place, TODAY, SUPPLIES), "order.pairs")[0][0].startswith("Всё уже")


@pytest.fixture(scope="module")
def of_older(founded, tmp_path_factory):
    """An organisation whose copies an older program has laid, all at once."""
    home = copied(founded, tmp_path_factory.mktemp("older") / "home")
    with opened(home) as desk:
        desks.furnish(desk, 1, unready=0, plan=desks.PLAN[:2])
    return home


@pytest.fixture
def older(of_older, tmp_path):
    with opened(copied(of_older, tmp_path / "older")) as desk:
        yield desk


def found_again(desk, space=None):
    home = settings.Home(desk.root)
    return found(space or desk.space, home, desk.place, "Теремок", SUPPLIES, lambda _: None)[1]


def test_nothing_is_laid_beside_the_copies_of_an_older_program(older):
    before = names(older)
    prepare(older.space, older.place, TODAY, SUPPLIES)
    with pytest.raises(TryLater, match="удвоит"):
        put(Errand(blind(older), older.place, TODAY, SUPPLIES), "all")
    assert not found_again(older, blind(older))
    assert found_again(older)
    assert not found_again(older)
    assert not found_again(older, blind(older))
    prepare(blind(older), older.place, TODAY, SUPPLIES)
    assert names(older) == before
    idle(older)


@pytest.mark.spare("test_nothing_is_laid_beside_the_copies_of_an_older_program")
def test_after_founding_again_a_kind_that_is_new_gets_its_copy_where_an_older_program_had_laid_all(older):
    copy(older).unlink()
    entry = next(each for each in older.space.drive.found("trashed=false") if OTHER in each.name)
    older.space.drive.change(entry.id, {"appProperties": {"nastavnik_template": None}, "name": "Прочее.docx"})
    found_again(older)
    prepare(older.space, older.place, TODAY, SUPPLIES)
    assert set(names(older)) >= LAID


@pytest.mark.parametrize("word", ["order.pairs", "ORDER.pairs.docx", f" {TITLE.lower()} "])
def test_a_template_is_named_by_its_kind_its_file_or_its_title(word):
    assert named(SUPPLIES, word) == ("order.pairs.docx",)


def test_a_template_is_laid_before_its_first_paper_when_a_person_wants_to_edit_it(bare, tmp_path):
    with opened(copied(bare, tmp_path / "home")) as desk:
        done, troubles = put(Errand(desk.space, desk.place, TODAY, SUPPLIES), "order.pairs")
        assert (len(done), troubles) == (1, ())
        once(desk, f"{TITLE}.docx")
        copy(desk).write_bytes(paper(copy(desk).read_bytes(), OWN_WORDS))
        prepare(desk.space, desk.place, TODAY, SUPPLIES)
        assert OWN_WORDS in desk.text(desk.filed("order.pairs"))
        once(desk)


def test_all_lays_every_template_once(bare, tmp_path):
    with opened(copied(bare, tmp_path / "home")) as desk:
        errand = Errand(desk.space, desk.place, TODAY, SUPPLIES)
        put(errand, "all")
        once(desk)
        since = desk.now
        assert put(errand, "all")[0][0].startswith("Всё уже лежит")
        assert desk.writes(since) == 0


def test_a_kind_that_nobody_knows_is_told_with_those_like_it():
    with pytest.raises(Misconfigured, match=r"Похожие: order\.pairs"):
        named(SUPPLIES, "order.pair")
