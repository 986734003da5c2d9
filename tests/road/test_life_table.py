"""The life of a paper as README's table tells it, each cell walked in a real book: what lies there, what is said of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest

from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.road.desk import TODAY

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
KIND, CELL = "order.introduce", "Данные изменились"
DRAFT, REGISTERED = "не зарегистрирован", "зарегистрирован"


def table():
    """Every cell of the table in README: the data, the file, the column and what is said there."""
    lines = re.findall(r"^\| (.+) \|$", README.partition("## Жизнь документа")[2], re.MULTILINE)
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in lines[:6]]
    assert head == ["данные или шаблон", "файл", DRAFT, REGISTERED]
    for data, file, *cells in rows:
        files = ("как мы оставили", "исправлен вручную") if file == "любой" else (file,)
        for column, said in zip(head[2:], cells, strict=True):
            yield from ((data, each, column, said) for each in files)


def register(desk):
    row = desk.filed(KIND)
    desk.type_cells("Документы", row.origin.row, {"Рег. №": "30", "Дата регистрации": date(2026, 12, 9)})
    desk.run()
    assert desk.filed(KIND).final


def change(desk):
    """Another curator's post: the order says it."""
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    sheet = desk.book().snapshot.sheet("Настройки")
    requests = changes(sheet, {(lines["Должность куратора"] - 1, 1): "методист"})
    desk.space.sheets.batch(desk.place.book, requests)


def edit(desk):
    path = desk.file(desk.filed(KIND))
    paper = docx.Document(str(path))
    paper.paragraphs[-1].add_run(" дописано людьми")
    fresh = path.with_name("~saved.docx")
    paper.save(str(fresh))
    fresh.replace(path)


def said_of(desk, row):
    """What stands in the paper's own cell, and how «Проверка» weighs it."""
    cell = desk.cell("Документы", row.origin.row, CELL) or ""
    own = [each for each in desk.rows("Проверка") if each.text("Что не так") in cell.split("\n")]
    assert bool(cell) == bool(own)
    return cell, {each.text("Важность") for each in own}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("data", "file", "column", "said"), [pytest.param(*cell, id=" · ".join(cell)) for cell in table()]
)
def test_a_paper_lives_as_the_table_in_readme_says(done, data, file, column, said):
    desk = done
    if column == REGISTERED:
        register(desk)
    before = desk.filed(KIND)
    if data == "изменились":
        change(desk)
    if file == "исправлен вручную":
        edit(desk)
    if data == "больше не нужен":
        desk.type_cells("Дорожная карта", 2, {"Статус": "не требуется"})
    data_before, files = desk.file(before).read_bytes(), len(desk.papers())
    desk.run()
    rows = [row for row in desk.register() if row.key == before.key]
    now, (cell, weight) = rows[-1], said_of(desk, rows[-1])
    untouched = desk.file(before).read_bytes() == data_before and desk.file(before).exists()
    beside = len(desk.papers()) > files
    found = (now.version - before.version, untouched, beside)
    assert found == {
        "обновить на месте": (0, False, False), "новая версия рядом": (1, True, True),
    }.get(said, (0, True, False)), said  # fmt: skip
    words, weights = {
        "оставить": ("", set()), "обновить на месте": ("", set()),
        "спросить: нужен приказ о внесении изменений": ("нужен приказ о внесении изменений", {"вопрос"}),
        "спросить": ("нужен приказ о внесении изменений", {"вопрос"}),
        "оставить и предупредить": ("изменён вручную. Верните зарегистрированную редакцию", {"вопрос"}),
        "новая версия рядом": ("исправлена вручную, и правок в этой версии нет", {"заметка"}),
        "назвать лишним, не удалять": ("больше не требуют этого документа", {"заметка"}),
    }[said]  # fmt: skip
    assert words in cell
    assert bool(words) == bool(cell)
    assert weight == weights
    if said == "обновить на месте":
        assert "методист" in desk.text(now)
    since = desk.now
    assert not desk.run(TODAY).written
    assert desk.writes(since) == 0


def test_the_clean_copy_is_closed_in_the_file_and_in_the_folder_and_can_still_be_moved(done):
    register(done)
    final = done.filed(KIND)
    path = done.file(final)
    assert path.stat().st_mode & 0o777 == 0o444
    settings = docx.Document(str(path)).settings.element
    names = [child.tag.rpartition("}")[2] for child in settings]
    assert names.index("documentProtection") < names.index("defaultTabStop")
    shut = settings[names.index("documentProtection")]
    assert {name.rpartition("}")[2]: value for name, value in shut.items()} == {
        "edit": "readOnly",
        "enforcement": "1",
    }
    moved = path.rename(path.parent.parent / "подписанный.docx")
    assert not done.run().made
    assert done.file(final) == moved
    moved.unlink()
    done.run()
    assert "удалён или лежит в корзине" in said_of(done, done.filed(KIND))[0]


def test_what_people_did_to_a_clean_copy_is_undone_from_the_history_and_nothing_is_lost(done):
    register(done)
    final = done.filed(KIND)
    signed = done.file(final).read_bytes()
    edit(done)
    theirs = done.file(final).read_bytes()
    kept = done.office.versions(final.file_id)
    assert [(each.current, each.registered) for each in kept] == [(False, True), (True, False)]
    done.office.bring_back(final.file_id, kept[0].number)
    assert done.file(final).read_bytes() == signed
    assert done.file(final).stat().st_mode & 0o777 == 0o444
    done.run()
    assert said_of(done, done.filed(KIND)) == ("", set())
    with pytest.raises(Exception, match="меняют приказом"):
        done.office.bring_back(final.file_id, kept[1].number)
    assert done.file(final).read_bytes() == signed
    folder = done.root / ".nastavnik" / "revisions" / final.file_id
    assert theirs in {each.read_bytes() for each in folder.iterdir()}


def test_a_draft_brought_back_is_taken_for_peoples_own_and_the_newer_one_is_kept(done):
    before = done.file(done.filed(KIND)).read_bytes()
    change(done)
    done.run()
    row = done.filed(KIND)
    newer = done.file(row).read_bytes()
    number = done.office.versions(row.file_id)[0].number
    done.office.bring_back(row.file_id, number)
    assert done.file(row).read_bytes() == before
    assert not done.run().made
    assert done.file(row).read_bytes() == before
    again = done.office.versions(row.file_id)
    assert [each.current for each in again] == [False, True]
    done.office.bring_back(row.file_id, again[0].number)
    assert done.file(row).read_bytes() == newer


def test_a_home_of_an_earlier_program_gets_its_clean_copies_closed_without_a_byte_changed(done):
    register(done)
    path = done.file(done.filed(KIND))
    folder = done.root / ".nastavnik" / "revisions" / done.filed(KIND).file_id
    path.chmod(0o600)
    for each in folder.iterdir():
        each.unlink()
    signed = path.read_bytes()
    with desks.opened(done.root, done.place) as later:
        assert path.stat().st_mode & 0o777 == 0o444
        assert path.read_bytes() == signed
        assert [each.read_bytes() for each in folder.iterdir()] == [signed]
        assert not later.run().written
