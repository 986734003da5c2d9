"""What a template and a context make, and what they refuse to make."""

import io
import zipfile
from datetime import date

import docx
import jinja2
import pytest
from conftest import saved, texts, word
from docxtpl import DocxTemplate
from lxml import etree

from flows.domain.errors import Misconfigured, Refused
from flows.papers import render, values
from flows.papers.compiled import compiled
from flows.papers.tag_filters import FILTERS
from flows.russian import Doubt

PEOPLE = {"пары": [{"имя": "Белова Дарья"}, {"имя": "Крылова Полина"}]}


def only(data):
    return texts(data)[0][0]


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tag", "context", "text"),
    [
        ("{{ день }}", {"день": date(2026, 9, 1)}, "1 сентября 2026 г."),
        ("{{ день|числом }}", {"день": date(2026, 9, 1)}, "01.09.2026"),
        ("{{ день|дата }}", {"день": None}, "«___» ______________ 20___ г."),
        ("{{ день|числом }}", {"день": None}, "___.___.20___"),
        ("№ {{ номер|пропуск }}", {"номер": None}, "№ ________"),
        ("№ {{ номер|пропуск(4) }}", {"номер": ""}, "№ ____"),
        ("№ {{ номер|пропуск }}", {"номер": "26/1"}, "№ 26/1"),
        ("{{ доля }} %", {"доля": 66.7}, "66,7 %"),
        ("{{ сколько }}", {"сколько": 5.0}, "5"),
        ("{{ есть }}", {"есть": True}, "да"),
        ("{{ кто.должность|с_прописной }}", {"кто": {"должность": "заведующий"}}, "Заведующий"),
        ("{{ люди|map('имя')|перечень }}", {"люди": [{"имя": "А"}, {"имя": "Б"}]}, "А, Б"),
        (
            "{{ люди|join('; ', 'имя.вин') }}",
            {"люди": [{"имя": {"вин": "Анну"}}, {"имя": {"вин": "Веру"}}]},
            "Анну; Веру",
        ),
        ("{{ 'от ' ~ день }}", {"день": date(2026, 9, 1)}, "от 1 сентября 2026 г."),
        ("{{ текст }}", {"текст": "Рога & Копыта <ООО> \"а\" 'б'"}, "Рога & Копыта <ООО> \"а\" 'б'"),
        ("{{ текст }}", {"текст": "а\x00б\x0bв\u202eг\ud800д\ufffeе"}, "аб\nвгде"),
        ("{{ текст }}", {"текст": "цена <5 тыс. ]]> &nbsp;"}, "цена <5 тыс. ]]> &nbsp;"),
        ("{{ текст }}", {"текст": "одна\r\nдве\tтри"}, "одна\nдве\tтри"),
        ("{{ текст }}", {"текст": "{{ чужая }} {% if %}"}, "{{ чужая }} {% if %}"),
        ("{% if группа %}группа{% else %}пара{% endif %}", {"группа": ""}, "пара"),
        ("{{ “строка” }}", {}, "строка"),
        ("{{ 'А & Б' }}", {}, "А & Б"),
    ],
)
def test_values_stand_on_paper_as_people_write_them(tag, context, text):
    assert plain(only(render(word(tag), context))) == text


def test_rows_and_paragraphs_repeat_and_their_marks_vanish(loop_table):
    made = render(word("{%p if пары %}", "Список", "{%p endif %}", "Конец", table=loop_table), PEOPLE)
    assert texts(made) == (
        ["Список", "Конец"],
        [["№", "ФИО"], ["1", "Белова Дарья"], ["2", "Крылова Полина"]],
    )


def test_a_tag_split_over_runs_is_one_tag():
    paper = docx.Document()
    paragraph = paper.add_paragraph()
    for piece in ("{", "{ на", "ставник", ".вин }", "}"):
        paragraph.add_run(piece).bold = piece == "ставник"
    assert only(render(saved(paper), {"наставник": {"вин": "Анну"}})) == "Анну"


def test_headers_and_properties_are_filled_too():
    paper = docx.Document()
    paper.core_properties.title = "{{ имя }}"
    paper.sections[0].header.paragraphs[0].text = "Шапка {{ имя }}"
    made = docx.Document(io.BytesIO(render(saved(paper), {"имя": "А & Б"})))
    assert (made.sections[0].header.paragraphs[0].text, made.core_properties.title) == (
        "Шапка А & Б",
        "А & Б",
    )


def test_a_doubt_is_raised_as_it_is():
    doubt = Doubt("Саша", "не ясно, мужчина или женщина")
    for tag in (
        "{{ кто.вин }}",
        "{{ кто.вин|с_прописной }}",
        "{{ 'за ' ~ кто.вин }}",
        "{{ кто.вин|upper }}",
        "{{ [кто.вин]|перечень }}",
        "{{ кто.вин.род }}",
        "{{ кто.вин|пропуск }}",
    ):
        with pytest.raises(Doubt) as raised:
            render(word(tag), {"кто": {"вин": doubt}})
        assert raised.value is doubt


def test_an_unprinted_doubt_disturbs_nobody():
    assert (
        only(render(word("{{ кто.им }}"), {"кто": {"им": "Саша", "вин": Doubt("Саша", "не ясно")}})) == "Саша"
    )


@pytest.mark.parametrize(
    ("tag", "context", "said"),
    [
        (
            "{{ наставник.винн }}",
            {"наставник": {"вин": "А"}},
            "поля «винн» нет; возможно, имелось в виду «вин»",
        ),
        (
            "{{ наставнк.вин }}",
            {"наставник": {"вин": "А"}},
            "поля «наставнк» нет; возможно, имелось в виду «наставник»",
        ),
        ("{{ наставниk }}", {"наставник": "А"}, "смешаны русские и латинские"),
        ("{{ номер }}", {"номер": None}, "значения нет"),
        ("{{ наставник }}", {"наставник": {"вин": "А"}}, "допишите падеж"),
        ("{{ пары }}", PEOPLE, "здесь список"),
        ("{% for п in имя %}{% endfor %}", {"имя": "строка"}, "идёт не по списку"),
        ("{% if нет_такого %}{% endif %}", {}, "поля «нет_такого» нет"),
    ],
)
def test_a_wrong_tag_is_named_with_its_place(tag, context, said):
    with pytest.raises(Refused) as raised:
        render(word("Первый", f"Второй {tag}"), context)
    assert "абзац 2" in str(raised.value)
    assert f"метка «{tag}»" in str(raised.value) or "for" in tag or "if" in tag
    assert said in str(raised.value)


def test_a_wrong_tag_in_a_cell_is_named_with_its_cell(tmp_path, loop_table):
    file = tmp_path / "order.pairs.docx"
    file.write_bytes(word("Текст", table=loop_table))
    with pytest.raises(Refused) as raised:
        render(file, {"пары": [{"имена": "А"}]})
    assert (
        str(raised.value)
        == "Шаблон order.pairs.docx, таблица 1, строка 3, ячейка 2, метка «{{ п.имя }}»: поля «имя» нет; есть: имена."
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ имя", "не закрыта"),
        ("{% if имя %}", "не закрыты"),
        ("{% endif %}", "стоит не на месте"),
        ("{% if имя %}{% endfro %}", "имелось в виду «endfor»"),
        ("{{ имя|прпуск }}", "имелось в виду «пропуск»"),
        ("{{ «имя» }}", "кавычки"),
        ("{{ имя фамилия }}", "лишнее слово"),
        ("{{ }}", "метка пуста"),
        ("{% tr for п in пары %}", "пробел перед «tr» лишний"),
        ("{{ имя.__class__ }}", "служебное"),
        ("{{ имя.upper() }}", "вызов со скобками"),
        ("{% include 'чужой' %}", "слова «include» в метках нет"),
        ("{% macro м() %}{% endmacro %}", "слова «macro» в метках нет"),
        ("{% set а = имя ~ имя %}", "«set»"),
        ("{% for п in имя recursive %}{% endfor %}", "recursive"),
    ],
)
def test_a_template_that_cannot_be_read_says_where(tag, said):
    with pytest.raises(Refused) as raised:
        render(word("Первый", f"Второй {tag}"), {"имя": "А", "пары": []})
    assert "абзац 2" in str(raised.value)
    assert said in str(raised.value)


def test_the_same_paper_has_the_same_bytes():
    template = word("{{ имя }}", header="{{ имя }}")
    assert render(template, {"имя": "А"}) == render(template, {"имя": "А"})
    compiled.cache_clear()
    assert render(template, {"имя": "А"}) == render(template, {"имя": "А"})


def test_the_archive_is_a_sound_zip():
    with zipfile.ZipFile(io.BytesIO(render(word("{{ имя }}"), {"имя": "А" * 5000}))) as file:
        assert file.testzip() is None
        assert file.namelist()[0] == "[Content_Types].xml"


def test_a_missing_file_is_the_installers_business(tmp_path):
    with pytest.raises(Misconfigured, match=r"нет\.docx не читается"):
        render(tmp_path / "нет.docx", {})


def test_an_optional_field_may_be_asked_for():
    template = word(
        "{% if имя is defined %}есть{% else %}нет{% endif %} {{ кто.звание|default('без звания') }}"
    )
    assert only(render(template, {"кто": {}})) == "нет без звания"


def reference(data, context):
    """The body as docxtpl writes it with our filters and our way to print a value."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, finalize=values.escaped)
    environment.filters.update(FILTERS)
    paper = DocxTemplate(io.BytesIO(data))
    paper.render(context, environment)
    told = io.BytesIO()
    paper.save(told)
    return told.getvalue()


def body(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.tostring(etree.fromstring(file.read("word/document.xml")), method="c14n", exclusive=True)


SAMPLES = {
    "строки": (
        word(
            "{{ имя }}",
            "{%p if да %}",
            "Есть",
            "{%p endif %}",
            table=(
                ("№", "ФИО"),
                ("{%tr for п in пары %}", ""),
                ("{{ loop.index }}", "{{ п.имя }}"),
                ("{%tr endfor %}", ""),
            ),
        ),
        {"имя": "А & <Б>\nвторая\tтаб", "да": True, **PEOPLE},
    ),
    "столбцы": (
        word(
            table=(
                ("{%tc for п in пары %}", "{{ п.имя }}", "{%tc endfor %}"),
                ("{%tc for п in пары %}", "{{ loop.index }}", "{%tc endfor %}"),
            )
        ),
        PEOPLE,
    ),
    "слияние": (
        word(
            table=(("{%tr for п in пары %}", ""), ("{% vm %}Группа", "{{ п.имя }}"), ("{%tr endfor %}", ""))
        ),
        PEOPLE,
    ),
    "пусто": (
        word(
            table=(
                ("№", "ФИО"),
                ("{%tr for п in пары %}", ""),
                ("{{ loop.index }}", "{{ п.имя }}"),
                ("{%tr endfor %}", ""),
            )
        ),
        {"пары": []},
    ),
    "тире": (word("Слова", "{%- if да %} да {% endif -%}", "Конец"), {"да": True}),
    "кавычки": (word("{% if вид == “групповое” %}группа{% endif %} {{ '“' }}"), {"вид": "групповое"}),
    "без данных": (word("{%p for п in пары %}", "{{ п.имя }}", "{%p endfor %}"), {"пары": []}),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_body_is_what_docxtpl_writes(name):
    data, context = SAMPLES[name]
    assert body(render(data, context)) == body(reference(data, context))


def test_a_branch_that_would_break_the_file_is_checked_before_it_leaves():
    template = word("{%p if да %}", "Текст{% endif %}")
    with pytest.raises(Refused, match=r"абзац 2.*закрывается «\{%p endif %\}»"):
        render(template, {"да": False})
    with pytest.raises(Refused, match=r"абзац 2.*закрывается «\{%p endif %\}»"):
        render(template, {"да": False})
