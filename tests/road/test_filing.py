"""Files that cannot be laid, and networks that come and go, while a run files papers (faults F6, G5, G8)."""

from __future__ import annotations

import errno
import os
import random
import re
from types import SimpleNamespace

import pytest

from flows.domain.errors import TryLater
from flows.office import Faults, InProcess, Response
from flows.work import not_filed
from flows.workspace import filing, shortcuts
from flows.workspace.session import office_session
from flows.workspace.space import over
from flows.workspace.voice import Voice
from tests.road import desk as desks
from tests.road.test_bad_input import CORE, answer, codes, kinds, on_disk, quiet, refusing, through
from tests.workspace.test_session import Heard


def whole(desk):
    """Each paper has one row with one number and one file, and nothing is left to do."""
    rows = desk.register()
    assert len({row.draft_number for row in rows}) == len(rows) == len(desk.papers())
    quiet(desk)


def uploading(request):
    return "/upload/" in request.path


def test_uploads_that_are_cut_stop_the_run_after_the_third_paper_and_the_next_run_goes_on(desk):
    """Reading works, so the run cannot know at once that nothing goes: three papers are tried, the rest is left."""
    sent = []

    def rule(_, request):
        if not uploading(request):
            return None
        sent.append(re.search(rb'"id": ?"([^"]+)"', request.body)[1])
        return "before" if len(set(sent)) > 2 else None

    with pytest.raises(TryLater, match=r"Три файла подряд .* повторите позже"):
        through(desk, rule).run()
    assert len(set(sent)) == 5
    assert sum(not row.intended for row in desk.register()) == 2
    report = desk.run()
    assert len(report.made) == len(desk.papers()) - 2
    whole(desk)


@pytest.mark.spare("test_uploads_that_are_cut_stop_the_run_after_the_third_paper_and_the_next_run_goes_on")
def test_one_paper_whose_upload_is_cut_holds_up_no_other(desk):
    lost = set()

    def rule(_, request):
        own = re.search(rb'"id": ?"([^"]+)"', request.body) if uploading(request) else None
        lost.update({own[1]} if own and not lost else ())
        return "before" if own and own[1] in lost else None

    report = through(desk, rule).run()
    assert [each.code for each in report.problems].count("not-filed") == 1
    assert len(report.made) == len(desk.papers()) >= 5
    desk.run()
    whole(desk)


def stormy(desk, share, seconds, seed):
    """The desk over a network of which a share of calls fails in every way for so many seconds, and who is told of it."""
    dice, heard, sent = random.Random(seed), Heard(desk.clock), []
    voice = Voice(desk.clock, heard)

    def rule(*_):
        sent.append(desk.clock.moment)
        desk.clock.moment += 0.2
        if desk.clock.moment < seconds and dice.random() < share:
            return dice.choice(("before", "after", "cut", Response(503, {}, b"{}")))
        return None

    inner = InProcess(desk.office, Faults(rule))
    space = over(office_session(inner, clock=desk.clock, retries=6, voice=voice), desk.clock, voice)
    return desks.Desk(desk.root, desk.office, space, desk.place, desk.clock), heard, sent


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(8))
def test_a_storm_of_a_minute_is_lived_through(desk, seed):
    """F6: the run that it falls upon makes every paper, each once, with at most thrice the calls."""
    bad, heard, sent = stormy(desk, 0.3, 60, seed)
    report = bad.run()
    assert kinds(report) >= CORE
    assert "not-filed" not in codes(report)
    assert 20 < len(sent) < 3 * 40
    assert heard.longest_silence() <= 10
    whole(desk)


def test_ten_minutes_without_google_end_a_run_with_a_sentence(desk):
    bad, heard, _ = stormy(desk, 1.0, 600, 0)
    with pytest.raises(TryLater, match="овтор"):
        bad.run()
    assert desk.clock.moment < 120
    assert heard.longest_silence() <= 10


@pytest.mark.sampled(16)
@pytest.mark.parametrize("chunk", [1, 10, 11, 12])
@pytest.mark.parametrize("part", ["2026-2027", "03 Пары", "П-001"])
def test_a_folder_that_cannot_be_made_at_any_depth_holds_up_what_lies_in_it_alone(
    desk, part, chunk, monkeypatch
):
    """G5: ids never run out, however many papers come before and after."""
    monkeypatch.setattr(filing, "CHUNK", chunk)
    with on_disk(desk, mkdir=refusing(os.mkdir, part, errno.EACCES)) as bad:
        report = bad.run()
        held_up = [each for each in report.problems if each.code == "not-filed"]
        assert held_up
        assert len(report.made) + len(held_up) == len(report.steps)
    with desks.opened(desk.root, desk.place) as good:
        good.run()
        whole(good)


def folders(desk):
    return desk.book().scheme.all("папка")


def test_a_folder_that_was_promised_and_not_made_is_made_under_the_promised_id(desk):
    """A create that was late would come to the same folder, not beside it."""

    def creating(request):
        return request.method == "POST" and request.path.partition("?")[0] == "/drive/v3/files"

    assert not through(desk, lambda _, request: "before" if creating(request) else None).run().made
    promised = folders(desk)
    assert promised
    desk.run()
    assert folders(desk).items() >= promised.items()
    whole(desk)


@pytest.mark.spare("test_a_folder_that_was_promised_and_not_made_is_made_under_the_promised_id")
def test_a_promised_id_that_is_spent_for_good_gives_way_to_another(desk):
    """So Google may answer for a folder that was made, deleted and emptied from the trash."""
    desk.run()
    path, spent = next((path, own) for path, own in folders(desk).items() if path.endswith("03 Пары"))
    for below, own in folders(desk).items():
        if below.startswith(path):
            desk.space.drive.change(own, {"trashed": True})
    ours = "/drive/v3/files"

    def rule(_, request):
        if request.path.startswith(f"{ours}/{spent}"):
            return answer(404, "notFound", drive=True)
        if (
            request.method == "POST"
            and request.path.startswith(ours)
            and spent.encode() in request.body.partition(b"parents")[0]
        ):
            return answer(409, "fileIdInUse", drive=True)
        return None

    bad = through(desk, rule)
    desks.add_pair(desk, 3)
    report = bad.run()
    assert "program.personal" in kinds(report)
    assert folders(desk)[path] != spent


def test_a_shortcut_that_could_not_be_laid_is_told_on_the_row_of_its_paper(done):
    row, refused = done.filed("order.pairs"), {"совет|ключ": "Новый файл: нет прав."}
    cabinet = SimpleNamespace(table=done.tab("Документы"), attempts=SimpleNamespace(failed=refused))
    pointers = [shortcuts.Pointer("совет", key, row.file_id, "имя") for key in ("ключ", "другой")]
    (told,) = not_filed.shortcuts(pointers, cabinet)
    assert (told.code, told.origin.row, told.subject) == ("not-filed", row.origin.row, "совет|ключ")
    assert (
        told.message
        == f"Ярлык на документ {row.draft_number} не положен в папку «совет». Новый файл: нет прав."
    )
