"""A template tried on the organisation's own data before anybody puts it among the templates."""

import hashlib
import io
import sys

import docx
import pytest

from flows import cli, settings
from flows.work import Errand
from flows.work.showing import shown
from tests.road import desk as desks
from tests.road.desk import SLUG, TODAY

PROGRAMME = "program.personal"


def changed(*lines):
    """Our programme with paragraphs of the staff's own before it."""
    paper = docx.Document(str(settings.TEMPLATES / f"{PROGRAMME}.docx"))
    for line in lines:
        paper.paragraphs[0].insert_paragraph_before(line)
    return saved(paper)


def plain(*lines):
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    return saved(paper)


def saved(paper):
    told = io.BytesIO()
    paper.save(told)
    return told.getvalue()


def text(data):
    return "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)


def show(desk, template, name):
    before = desk.writes()
    made = shown(
        Errand(desk.space, desk.place, TODAY, desk.supplies(TODAY)), template, f"Шаблон {name}.docx", name
    )
    assert desk.writes() == before
    return made


def test_a_template_says_the_first_pair_and_what_is_blank_with_the_cell_that_fills_it(desk):
    template = changed("{{ наставник.им }}: {{ наставник.предмет|пропуск }}, {{ организация.огрн|пропуск }}")
    made = show(desk, template, PROGRAMME)
    assert made.about == "П-001"
    assert f"{desks.MENTORS[0]}: ________" in text(made.paper)
    assert not made.instead
    assert not made.refusal
    blank = dict(made.blank)
    assert blank["наставник.предмет (Н-001)"] == "«Наставники», строка 2, столбец «Предмет / группа»"
    assert blank["организация.огрн"] == "«Настройки», строка «ОГРН»"
    assert "после подписания" in blank["документ.номер"]
    assert "Приказ об утверждении персонализированных программ" in blank["приказ"]


def test_a_template_of_a_kind_that_the_book_does_not_know_is_tried_on_the_first_pair(desk):
    made = show(
        desk, plain("{{ пара.код }}: {{ пара.цель|пропуск }}, {{ пара.группа|пропуск }}"), "Паспорт пары"
    )
    assert made.about == "П-001"
    assert "П‑001" in text(made.paper)
    assert dict(made.blank)["пара.группа (П-001)"] == "«Пары», строка 2, столбец «Группа»"


def test_a_value_that_a_template_must_have_is_told_with_its_cell_though_nothing_is_printed(desk):
    made = show(desk, plain("{{ пара.группа }}"), "Паспорт пары")
    assert not made.paper
    assert "значения нет" in made.refusal
    assert dict(made.blank)["пара.группа (П-001)"] == "«Пары», строка 2, столбец «Группа»"


@pytest.mark.parametrize("name", [PROGRAMME, "Паспорт пары"])
def test_without_a_pair_the_specimen_is_shown_and_said_to_be_one(empty, name):
    made = show(empty, plain("{{ пара.код }}"), name)
    assert "нет ни одной пары" in (made.instead or made.refusal)
    assert bool(made.paper) == (name == PROGRAMME)
    assert not made.paper or "вымышленными людьми" in made.instead


def test_the_command_lays_the_show_beside_the_template_and_leaves_the_organisation_alone(
    furnished, tmp_path, monkeypatch, capsys
):
    root = desks.copied(furnished[0], tmp_path / "home")
    file = tmp_path / f"{PROGRAMME}.docx"
    file.write_bytes(changed("Наш наставник {{ наставник.им }}"))
    before = _sums(root)

    def told(*words):
        monkeypatch.setenv(settings.HOME, str(root))
        monkeypatch.setattr(sys, "argv", ["nastavnik", "templates", "check", str(file), *words])
        with pytest.raises(SystemExit) as over:
            cli.main()
        said = capsys.readouterr()
        return over.value.code, said.out + said.err

    code, said = told("--organisation", SLUG, "--today", f"{TODAY}")
    assert code == 0
    assert "П-001" in said
    assert desks.MENTORS[0].split()[0] not in said
    assert f"Наш наставник {desks.MENTORS[0]}" in text((tmp_path / f"{PROGRAMME}.показ.docx").read_bytes())
    assert _sums(root) == before
    code, said = told("--show", str(file))
    assert code == 2
    assert "затёр бы сам шаблон" in said
    code, said = told("--show", str(tmp_path / "образец.docx"))
    assert code == 0
    assert "вымышленными людьми" in said
    file.write_bytes(plain("{{ наставник.имя }}"))
    code, said = told("--organisation", SLUG, "--show", str(tmp_path / "нет.docx"))
    assert code == 1
    assert "Показ не сделан" in said
    assert not (tmp_path / "нет.docx").exists()


def _sums(root):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and ".nastavnik" not in path.parts
    }
