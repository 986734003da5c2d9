"""The template check: every usual fault is found with its place, and good templates are left in peace."""

import io
from pathlib import Path

import docx
import pytest
from conftest import saved, word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from flows.domain.errors import Refused
from flows.domain.model import Severity
from flows.papers import annotated, check

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.docx"))
KIND = "order.pairs"


def runs(*pieces):
    paper = docx.Document()
    paragraph = paper.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece)
    return saved(paper)


def tracked(kind, text, *, name="delText"):
    paper = docx.Document()
    paper.add_paragraph("Первый")._p.append(
        parse_xml(
            f'<w:{kind} {nsdecls("w")} w:id="1" w:author="а"><w:r><w:{name}>{text}</w:{name}></w:r></w:{kind}>'
        )
    )
    return saved(paper)


def rows(*texts):
    return word("Текст", table=[(text, "") if isinstance(text, str) else text for text in texts])


GOOD = {
    "простой": word(
        "Приказ № {{ документ.номер|пропуск }} от {{ документ.дата|дата }}", "{{ руководитель.инициалы }}"
    ),
    "метка в нескольких кусках": runs("{", "{ руководи", "тель.вин }", "}"),
    "кавычки “ ”": word("{% if документ.заголовок == “О парах” %}да{% endif %}"),
    "строки и условия": rows(
        "{%tr for пара in пары %}", ("{{ loop.index }}", "{{ пара.наставник.им }}"), "{%tr endfor %}"
    ),
    "абзацы": word(
        "{%p if есть_группы %}",
        "{%p for пара in пары %}",
        "{{ пара.наставник.вин }} – {% for человек in пара.наставляемые %}{{ человек.тв }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{%p endfor %}",
        "{%p else %}",
        "нет групп",
        "{%p endif %}",
    ),
    "фигурные скобки в тексте": word("Множество {1, 2, 3} и {а; б}, сноска {*}", "{{ учебный_год }}"),
    "исправление принято": tracked("ins", "{{ учебный_год }}", name="t"),
    "примечание": word("{# для себя: проверить #}{{ учебный_год }}"),
    "пометка для себя абзацем": word(
        "{#p на выбор: число своё, законом оно не названо #}", "{{ учебный_год }}"
    ),
    "пометка в нескольких кусках": runs("{", "#p на вы", "бор: число своё #", "}"),
    "необязательное": word(
        "{% if куратор %}{{ куратор.кратко_дат }}{% endif %}{% if протокол is defined %}{{ протокол.номер }}{% endif %}"
    ),
    "падеж от руки": word(
        "{{ срок_программ|дата }} {{ пары|map('код')|перечень }} {{ пары[0].наставник.вин }} {{ пары|length }}"
    ),
}

FAULTY = {
    "не закрыта": (word("Первый", "{{ учебный_год"), "абзац 2", "не закрыта"),
    "не закрыта в колонтитуле": (word("Текст", header="{{ учебный_год"), "верхний колонтитул", "не закрыта"),
    "нет endif": (word("{% if есть_группы %}группа"), "абзац 1", "добавьте «endif»"),
    "tr закрыт без tr": (
        rows("{%tr for пара in пары %}", "{{ пара.код }}", "{% endfor %}"),
        "таблица 1, строка 3",
        "{%tr endfor %}",
    ),
    "пробел перед tr": (
        rows("{% tr for пара in пары %}", "{{ пара.код }}", "{%tr endfor %}"),
        "таблица 1, строка 1",
        "пробел перед «tr»",
    ),
    "endfro": (word("{% for пара in пары %}{{ пара.код }}{% endfro %}"), "абзац 1", "«endfor»"),
    "ёлочки": (word("{{ документ.номер|пропуск(«5») }}"), "абзац 1", "кавычки"),
    "лишнее слово": (word("{{ руководитель вин }}"), "абзац 1", "лишнее слово"),
    "пустая": (word("{{ }}"), "абзац 1", "пуста"),
    "нет фильтра": (word("{{ документ.номер|прпуск }}"), "абзац 1", "«пропуск»"),
    "крест-накрест": (
        word("{% for пара in пары %}{% if есть_группы %}{{ пара.код }}{% endfor %}{% endif %}"),
        "абзац 1",
        "раньше надо закрыть",
    ),
    "цикл кончился": (
        word("{% for пара in пары %}{{ пара.код }}{% endfor %} {{ пара.код }}"),
        "абзац 1",
        "только внутри своего цикла",
    ),
    "текст рядом с p": (word("{%p if есть_группы %}Текст", "{%p endif %}"), "абзац 1", "пропадёт"),
    "текст рядом с tr": (
        rows("{%tr for пара in пары %}{{ пара.код }}", "{%tr endfor %}"),
        "таблица 1, строка 1",
        "пропадёт",
    ),
    "зачёркнуто": (tracked("del", "{{ учебный_год }}"), "абзац 1", "зачёркнутом"),
    "нет поля": (word("{{ руководитель.имя }}"), "абзац 1", "поля «имя» нет"),
    "латинская буква": (word("{{ рукoводитель.вин }}"), "абзац 1", "смешаны"),
    "поле не того": (word("{{ пары.наставник.вин }}"), "абзац 1", "циклом «for»"),
    "одна скобка": (word("{ учебный_год }"), "абзац 1", "двойными"),
    "скобки с пробелом": (word("{ { учебный_год } }"), "абзац 1", "двойными"),
    "чужой код": (word("{{ ''.__class__.__mro__ }}"), "абзац 1", "служебное"),
    "опечатка в поле цикла": (
        rows("{%tr for пара in пары %}", "{{ пара.настваник.им }}", "{%tr endfor %}"),
        "таблица 1, строка 2, ячейка 1",
        "«наставник»",
    ),
    "лишние скобки": (word("учебный_год }}"), "абзац 1", "без открывающих"),
    "endif без if": (word("Первый", "{% endif %}"), "абзац 2", "не открыто"),
    "в другой ячейке": (
        rows(("{% if есть_группы %}А", "Б{% endif %}")),
        "таблица 1, строка 1, ячейка 2",
        "в другой ячейке",
    ),
    "строка вне таблицы": (
        word("{%tr for пара in пары %}", "{{ пара.код }}", "{%tr endfor %}"),
        "абзац 1",
        "только в таблице",
    ),
    "неразрывный пробел": (
        word("{%p\u00a0if есть_группы %}", "группа", "{%p endif %}"),
        "абзац 1",
        "обычный пробел",
    ),
    "запись целиком": (word("{{ руководитель }}"), "", "допишите падеж"),
    "вызов": (word("{{ учебный_год.upper() }}"), "абзац 1", "вызов со скобками"),
    "не Word": (b"PK", "", "повреждён"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_template_raises_no_alarm(name):
    assert [each for each in check(GOOD[name], KIND) if each.severity is not Severity.NOTE] == []


@pytest.mark.sampled
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_our_own_templates_raise_no_alarm(path):
    assert check(path) == ()


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_found_with_its_place_and_cure(name):
    data, where, said = FAULTY[name]
    problems = check(data, KIND)
    assert problems
    assert any(where in problem.origin.tab and said in problem.message for problem in problems), [
        problem.message for problem in problems
    ]


def test_every_fault_is_told_at_once():
    problems = check(word("{{ учебный_гд }}", "{{ руководитель.винн }}", "{{ документ.номер }}"), KIND)
    assert [problem.origin.tab.split(" («")[0] for problem in problems] == ["абзац 1", "абзац 2"]


def test_a_message_names_file_place_tag_and_right_name(tmp_path):
    file = tmp_path / "order.pairs.docx"
    file.write_bytes(word("{{ учебный_гд }}"))
    assert (
        check(file)[0].message
        == "Шаблон order.pairs.docx, абзац 1 («{{ учебный_гд }}»), метка «{{ учебный_гд }}»: поля «учебный_гд» нет; возможно, имелось в виду «учебный_год»."
    )


def test_a_template_of_ones_own_may_use_the_fields_of_any_kind():
    assert (
        check(word("{{ наставник.вин }}, {{ пара.цель|пропуск }}, {{ руководитель.инициалы }}"), "наш вид")
        == ()
    )
    assert "поля «наше_поле» нет" in check(word("{{ наше_поле.вин }}"), "наш вид")[0].message
    assert "«инициалы»" in check(word("{{ руководитель.инициялы }}"))[0].message
    assert check(word("{% for п in пары %}{% endfor %}{{ п }}"), "наш вид")


def test_a_copy_carries_a_comment_at_each_fault():
    data = word(
        "Первый", "{{ учебный_гд }}", table=(("{{ руководитель.винн }}", ""),), header="{{ документ.номр }}"
    )
    paper = docx.Document(io.BytesIO(annotated(data, KIND)))
    told = [comment.text for comment in paper.comments]
    assert len(told) == 3
    assert "возможно, имелось в виду «учебный_год»" in told[0]
    assert [each.text for each in paper.paragraphs] == ["Первый", "{{ учебный_гд }}"]
    assert "commentRangeStart" in paper.paragraphs[1]._p.xml
    again = check(annotated(data, KIND), KIND)
    assert again[:-1] == check(data, KIND)
    assert "примечаний Word – 3" in again[-1].message


def test_a_good_template_gains_no_comment():
    assert list(docx.Document(io.BytesIO(annotated(GOOD["простой"], KIND))).comments) == []


def test_there_is_nothing_to_annotate_in_another_file():
    with pytest.raises(Refused):
        annotated(b"PK")
