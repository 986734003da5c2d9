"""What a template may hold beside its text: kept, left out of papers or refused with its place, in the check as in print."""

import io
import re

import brought
import docx
import pytest
from brought import YEAR
from conftest import texts, word
from strangers import (
    RELATIONS,
    ROW_END,
    ROW_FOR,
    change,
    control,
    field,
    footnoted,
    in_box,
    line,
    relation,
    repacked,
    run,
    sheet,
)

from flows.domain.errors import Refused
from flows.domain.model import Severity
from flows.papers import check, render
from flows.papers.shapes import trials

KIND = "order.pairs"
LEAST = trials(KIND)[0]
PICTURE = "{{ рисунок|картинка }}"
PAIRS = (("№", "ФИО"), (ROW_FOR, ""), ("{{ loop.index }}", "{{ п.код }}"), (ROW_END, ""))
MANY = brought.light(word(YEAR, "{%p if пары %}", "есть", "{%p endif %}", table=PAIRS))


def told(data):
    return [f"{each.severity}: {each.message}" for each in check(data, KIND)]


KEPT = {
    **{
        f"ссылка {target}": (brought.linked(target), "заметка: .*откроются не у каждого: .*абзац 2")
        for target in (
            "consultantplus://offline/ref=AB", "garantF1://12025268.1", "www.consultant.ru/doc", "file:///C:/Устав.docx", "ftp://a.b/c",
            "..\\Устав 1.docx", "\\\\сервер\\папка\\a.docx", "с пробелом.docx",
        )
    },
    **{
        f"ссылка {target}": (brought.linked(target), "")
        for target in ("mailto:a@b.ru", "https://a.example/?a=1&amp;b=2", "#закладка")
    },
    "ссылка полем": (sheet(field('HYPERLINK "consultantplus://offline"', "ТК РФ"), YEAR), ""),
    "диаграмма": (brought.chart(brought.piece("Охват")), ""),
    "примечание": (brought.commented("проверить"), "заметка: .*примечаний Word – 1"),
    "метка в примечании": (brought.commented("{{ учебный_гд }}"), "заметка: .*примечаний Word – 1"),
    "примечание в цикле": (
        brought.commented("кто", "{% for п in пары %}{{ п.код }}{% endfor %}"),
        "заметка: .*примечаний Word – 1",
    ),
    "метка в названии файла": (brought.titled(YEAR), ""),
    "подпись к рисунку": (sheet(brought.captioned(YEAR)), ""),
    "формула": (sheet(brought.formula(YEAR)), ""),
    "поле указателя": (sheet(field(f"XE '{YEAR}'", YEAR)), ""),
    "исправлена под рецензированием": (
        sheet(line(run("{{ куратор."), brought.struck(run("им")), change("ins", run("вин")), run(" }}"))),
        "заметка: .*непринятых исправлений – 2",
    ),
    "элемент управления внутри метки": (
        sheet(line(run("{{ учеб"), f"<w:sdt><w:sdtPr/><w:sdtContent>{run('ный_')}</w:sdtContent></w:sdt>", run("год }}"))),
        "",
    ),
    "таблица без сетки": (sheet(brought.rows(*PAIRS, grid=False), "конец"), ""),
    "сетка без ширин": (sheet(brought.rows(("{%tc for п in пары %}", "{{ п.код }}", "{%tc endfor %}"), width=""), "конец"), ""),
    "повтор ячейки без сетки": (sheet(brought.rows(("{%tc for п in пары %}", "{{ п.код }}", "{%tc endfor %}"), grid=False), "конец"), ""),
    "слитая колонка": (sheet(brought.rows((ROW_FOR, ""), ("{% vm %}Пары", "{{ п.код }}"), (ROW_END, "")), "конец"), ""),
    "слитая строка": (
        sheet(brought.rows(("{%tc for п in пары %}", "{% hm %}Пары", "{%tc endfor %}"), ("{%tc for п in пары %}", "{{ п.код }}", "{%tc endfor %}")), "конец"),
        "",
    ),
    "ширина и цвет ячейки": (sheet(brought.rows(("{% colspan 2 %}Пары",), ("{% cellbg учебный_год %}{{ пары|length }}", "")), "конец"), ""),
    "пустой кусок внутри метки": (
        sheet(line(run("{{ учеб"), '<w:r><w:t xml:space="preserve"/></w:r>', run("ный_год }}"))),
        "",
    ),
    "электронная подпись": (
        brought.zipped(brought.members(MANY) | {"_xmlsignatures/sig1.xml": "<Signature/>", "_xmlsignatures/origin.sigs": ""}),
        "заметка: .*подпись шаблона",
    ),
    "непринятые исправления": (
        sheet(line(change("ins", run("новое ")), brought.struck(run("старое")), run(YEAR))),
        "заметка: .*непринятых исправлений – 2",
    ),
    "защита от правки": (
        brought.changed(MANY, "word/settings.xml", lambda told: told.replace("</w:settings>", '<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>')),
        "заметка: .*защищён от правки",
    ),
    "закладка картинки и пустая ссылка": (
        repacked(sheet(YEAR), {RELATIONS: relation("hyperlink", "#_top") + relation("image", "../NULL").replace("rId77", "rId78")}),
        "",
    ),
    "приставка ns0": (brought.prefixed(MANY), ""),
    "без приставки": (brought.prefixed(MANY, ""), ""),
    "с отступами": (brought.indented(MANY), ""),
    "метка по кускам с отступами": (brought.indented(sheet(line(run("{{ учеб"), run("ный_год }}")))), ""),
    "document2": (brought.renamed(MANY, "word/document2.xml"), ""),
    "вид по расширению": (brought.typed_by_suffix(MANY), ""),
}  # fmt: skip


DANGLING = {"закладка картинки и пустая ссылка"}  # Word opens it, python-docx does not


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", KEPT)
def test_what_harms_nothing_is_kept_or_left_out(name):
    data, said = brought.light(KEPT[name][0]), KEPT[name][1]
    found = told(data)
    assert len(found) == bool(said)
    assert not said or re.search(said, found[0])
    paper = render(data, LEAST)
    made = brought.members(paper)
    assert not any(b"{{" in content or b"{%" in content for content in made.values())
    assert not any(
        "comments" in part or b"comment" in content for part, content in made.items() if "word/" in part
    )
    assert not any("signature" in part for part in made)
    assert name in DANGLING or docx.Document(io.BytesIO(paper)).element.body.xpath(".//w:p")


def test_a_file_of_another_program_prints_as_one_of_word_s():
    printed = texts(render(MANY, LEAST))
    spelt = (
        brought.prefixed(MANY), brought.prefixed(MANY, ""), brought.indented(MANY), brought.indented(brought.prefixed(MANY)),
        brought.renamed(MANY, "word/document2.xml"), brought.typed_by_suffix(MANY),
    )  # fmt: skip
    assert [texts(render(each, LEAST)) for each in spelt] == [printed] * len(spelt)


def test_a_space_alone_in_a_run_outlives_the_indents():
    kept = brought.indented(sheet(line(run("а"), run(" "), run("б"), YEAR)))
    assert texts(render(kept, LEAST))[0][0].startswith("а б")


def test_a_file_says_nothing_of_who_commented_it():
    made = brought.members(render(brought.commented("Завуч, проверьте"), LEAST))
    assert not any("Завуч".encode() in content for content in made.values())


LOADED = {
    "картинка": (brought.linked("http://e.example/x.png", "image"), "абзац 2", "внешней ссылке"),
    "рамка": (brought.linked("http://e.example/", "frame"), "абзац 2", "внешней ссылке"),
    "видео": (brought.linked("http://e.example/", "video"), "абзац 2", "внешней ссылке"),
    "объект": (brought.linked("file:///C:/a.xls", "oleObject"), "абзац 2", "другой файл"),
    "вложенный документ": (brought.linked("a.docx", "subDocument"), "абзац 2", "другой файл"),
    "вставка": (brought.linked("a.html", "aFChunk"), "абзац 2", "другой файл"),
    "чужой шаблон": (brought.linked("file:///C:/a.dotx", "attachedTemplate"), "", "чужому шаблону"),
    "данные диаграммы": (brought.data_outside(), "абзац 2", "данные из другого файла"),
    "поле картинки": (brought.sheet_with_link_field('INCLUDEPICTURE "http://e.example/x.png"'), "абзац 2", "INCLUDEPICTURE"),
}  # fmt: skip
UNFILLED = {
    "диаграмма": (brought.chart(brought.piece(YEAR)), "абзац 2, диаграмма", "в диаграмме"),
    "диаграмма по кускам": (brought.chart(brought.piece("{{ учебный") + brought.piece("_год }}")), "диаграмма", "в диаграмме"),
    "SmartArt": (brought.smart_art(), "схема SmartArt", "не заполняет"),
    "связан с данными": (brought.bound(YEAR), "абзац 2", "вернёт"),
    "связан с названием, но оно другое": (brought.bound(YEAR, "/ns1:coreProperties[1]/ns0:title[1]"), "абзац 2", "вернёт"),
    "данные": (brought.with_part("customXml/item1.xml", "application/xml", "customXml", f"<a>{YEAR}</a>"), "данные элементов", "не заполняет"),
    "свойство": (brought.with_property("docProps/app.xml", YEAR), "свойства файла", "не заполняет"),
    "своё свойство": (brought.with_property("docProps/custom.xml", YEAR), "свойства файла", "не заполняет"),
    "свойства под другим именем": (
        brought.zipped(brought.members(sheet(YEAR)) | {"package/services/metadata/core-properties/1.psmdcp": f"<p>{YEAR}</p>"}),
        "свойства файла",
        "не заполняет",
    ),
    "цикл закрыт вне элемента управления": (
        sheet("Первый", brought.rows((ROW_FOR,), ("{{ п.код }}",), (ROW_END,)).replace("<w:tr>", "<w:sdt><w:sdtPr/><w:sdtContent><w:tr>", 1).replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>", 1), "конец"),
        "таблица 1, строка 3",
        "открыта в другой ячейке или таблице",
    ),
    "адрес": (brought.linked("https://a.example/{{ учебный_год }}"), "абзац 2", "адресе ссылки"),
    "адрес, как его пишет Word": (brought.linked("https://a.example/%7B%7B учебный_год %7D%7D"), "абзац 2", "адресе ссылки"),
    "картинка в зачёркнутом": (sheet("Первый", line(brought.struck(run(PICTURE)))), "абзац 2", "зачёркнут"),
    "картинка в поле": (sheet("Первый", field(f"IF {PICTURE}", "да")), "абзац 2", "в поле Word"),
    "картинка в формуле": (sheet("Первый", brought.formula(PICTURE)), "абзац 2", "в формуле"),
    "картинка в подписи": (sheet("Первый", brought.captioned(PICTURE)), "абзац 2", "в подписи"),
    "картинка в сноске": (footnoted(PICTURE), "сноски, абзац 1", "только в тексте документа"),
    "по кускам в формуле": (sheet("Первый", brought.formula("{{ учебный", "_год }}")), "абзац 2", "разорвана на куски"),
    "условие абзаца в подписи": (sheet("Первый", brought.captioned("{%p if пары %}")), "абзац 2", "только в обычном тексте"),
    "кавычки в подписи": (sheet("Первый", brought.captioned("{{ пары|map(&quot;код&quot;)|перечень }}")), "абзац 2", "одинарные"),
    "опечатка в подписи": (sheet("Первый", brought.captioned("{{ учебный_гд }}")), "абзац 2", "«учебный_год»"),
    "удалённая строка": (
        sheet("Первый", brought.rows(("{{ куратор.вин }}",)).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1" w:author="а"/></w:trPr>')),
        "таблица 1, строка 1, ячейка 1",
        "зачёркнут",
    ),
    "удалена": (sheet("Первый", line(brought.struck(run("{{ куратор.имя }}")), run(YEAR))), "абзац 2", "зачёркнут"),
    "перенесена": (sheet("Первый", line(change("moveFrom", run("{{ куратор.имя }}")))), "абзац 2", "зачёркнут"),
    "смарт-тег": (sheet("Первый", line(f'<w:smartTag w:element="x">{run("{{ учебный")}</w:smartTag>', run("_год }}"))), "абзац 2", "смарт-теге"),
    "наполовину в ссылке в надписи": (
        sheet("Первый", line(in_box(line(f'<w:hyperlink w:anchor="x">{run("{{ куратор.")}</w:hyperlink>', run("вин }}"))))),
        "абзац 3",
        "наполовину",
    ),
    "vm вне цикла": (sheet("Первый", brought.rows(("{% vm %}Пары", "б")), YEAR), "таблица 1, строка 1, ячейка 1", "цикл|loop"),
    "vm вне таблицы": (sheet("Первый", "{% vm %}Пары"), "абзац 2", "vm"),
    "цвет по неизвестному полю": (sheet("Первый", brought.rows(("{% cellbg цвет %}Пары",))), "таблица 1, строка 1, ячейка 1", "поля «цвет» нет"),
    "минус посреди текста": (sheet("Первый", "до {%- if куратор %}да{% endif %}"), "абзац 2", "стирает текст перед ней"),
    "минус в конце посреди текста": (sheet("Первый", "{% if куратор -%} да{% endif %}"), "абзац 2", "стирает текст после неё"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*LOADED, *UNFILLED])
def test_what_loads_or_would_not_be_filled_is_refused_with_its_place(name):
    data, where, said = (LOADED | UNFILLED)[name]
    found = [each.message for each in check(data, KIND) if each.severity is Severity.STOP]
    assert any(where in each and re.search(said, each) for each in found), found
    with pytest.raises(Refused) as refusal:
        render(data, LEAST)
    assert where in str(refusal.value)
    assert re.search(said, str(refusal.value))


def test_a_control_that_is_bound_to_nothing_is_filled():
    assert not check(sheet(control(run(YEAR))), KIND)


FOREIGN = {
    "Назначить «ФИО_наставника» наставником": "{{ пара.наставник.им }} в цикле по «пары»",
    "Назначить <‹ФИО куратора›> с <‹дата›>": "{{ куратор.им }}",
    "Назначить <ФИО директора>": "{{ руководитель.им }}",
    "В $school в этом году": "{{ организация.название }}",
    "ФИО_НАСТАВЛЯЕМОГО": "в цикле по «пары» и в нём по «пара.наставляемые»",
    "%Дата_приказа%": "{{ документ.дата|дата }}",
    "«ФИО» и «Ромашка»": "{{ пара.наставник.им }}",
    "#инн#": "{{ организация.инн }}",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_a_place_of_another_program_is_asked_about_with_our_nearest_field(text):
    for blocks, count in (((text,), 1), ((text, YEAR), 0)):
        found = check(sheet(*blocks), KIND)
        assert {each.severity for each in found} == {Severity.QUESTION}
        assert sum("нет ни одной метки" in each.message for each in found) == count
        assert FOREIGN[text] in found[count].message
        assert "абзац 1" in found[count].message


LEFT = {
    "[ФИО наставника]": "{{ пара.наставник.им }}",
    "{ФИО_куратора}": "{{ куратор.им }}",
    "{учебный_год}": "{{ учебный_год }}",
}


@pytest.mark.parametrize("text", LEFT)
def test_a_place_left_to_be_filled_is_told_with_our_nearest_field(text):
    (problem,) = check(sheet(text), KIND)
    assert problem.severity is (Severity.STOP if "{" in text else Severity.QUESTION)
    assert LEFT[text] in problem.message


def test_a_merge_field_is_told_with_our_nearest_field():
    (problem,) = check(sheet(field("MERGEFIELD ФИО_наставника", "«ФИО_наставника»")), KIND)
    assert problem.severity is Severity.QUESTION
    assert "{{ пара.наставник.им }}" in problem.message


def test_a_place_left_to_be_filled_hides_no_fault():
    assert [each.code for each in check(sheet("[ФИО наставника]", "{{ учебный_гд }}"), KIND)] == [
        "text-left",
        "tag-field",
    ]


def test_a_template_without_a_tag_is_asked_about():
    (problem,) = check(
        sheet("Приказ № ______ от «___» ______ 20__ г., ООО «Ромашка», e-mail: sad@sad.example"), KIND
    )
    assert problem.severity is Severity.QUESTION
    assert "нет ни одной метки; все документы по нему выйдут одинаковыми" in problem.message


def test_a_name_that_means_nothing_of_ours_is_asked_about_without_a_guess():
    assert "например «{{ … }}»" in check(sheet("см. <рост и вес>", YEAR), KIND)[0].message


SLIPS = {
    "{%р if куратор %}": "латинские", "{%TR for п in пары %}": "латинские", "{%тс endfor %}": "латинские",
    "{% если куратор %}": "английские", "{%p конец %}": "английские", "{%– if куратор %}": "тире или многоточие", "{{ учебный_год… }}": "тире или многоточие",
    "{{{ учебный_год }}": "лишний знак", "{{#пары}}": "лишний знак", "{{/пары}}": "лишний знак", "{#пары}": "пометка для себя", "{% else if пары %}": "elif",
    "{{ 'а' & 'б' }}": "знака «&»", "{{ куратор.ФИО }}": "«им»", "{{ куратор.родительный }}": "«род»", "{{ пары[0].начало|date }}": "«дата»", "{{ учебный_год|нет }}": "есть: ",
}  # fmt: skip


@pytest.mark.parametrize("tag", SLIPS)
def test_a_slip_of_the_hand_is_told_in_words_that_mend_it(tag):
    assert any(SLIPS[tag] in each.message for each in check(sheet(tag), KIND))


def test_the_filters_that_are_offered_begin_with_ours():
    assert "есть: дата, картинка, перечень" in check(sheet("{{ учебный_год|хм }}"), KIND)[0].message


WRONG = {
    "пустой": (b"", "файл пуст"),
    "нули": (bytes(5000), "одни нули"),
    "PDF": (b"%PDF-1.7\n", "это PDF"),
    "PDF с мусором в начале": (b"\r\n%PDF-1.4\n", "это PDF"),
    ".doc": (brought.compound("WordDocument"), r"старый формат \.doc"),
    "под паролем": (brought.compound("EncryptedPackage"), "под паролем"),
    ".xls": (brought.compound("Workbook"), r"таблица Excel \(\.xls\)"),
    "письмо": (brought.compound("__substg1.0_0037001F"), "письмо Outlook"),
    "страница": (b"\xef\xbb\xbf<!DOCTYPE html><html>", "веб-страница"),
    "Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "в виде XML"),
    "веб-архив": (b"MIME-Version: 1.0\r\n", "веб-архив"),
    "снимок": (b"\xff\xd8\xff\xe0" + bytes(20), "картинка"),
    "ярлык": (b"L\0\0\0\x01\x14\x02\0" + bytes(90), "ярлык"),
    "ссылка Google": (b'{"url":"https://docs.google.com/document/d/1"}', "документ Google"),
    "текст": ("Приказ о наставниках".encode("cp1251"), "простой текст"),
    "запись об открытом файле": (b"\x05\xc8\xe2\xe0\xed\xee" + b" \0" * 78, "служебная запись Word"),
    "архив с документом": (brought.zipped({"приказ.docx": b"PK"}), "распакуйте"),
    "Pages": (brought.zipped({"Index/Document.iwa": b"x"}), "файл Pages"),
    "обрезанный": (MANY[:3000], "повреждён или скачан не до конца"),
    "Strict": (brought.strict(MANY), "Strict Open XML"),
    "не та папка": (brought.renamed(MANY, "docs/document.xml"), "Word не пишет"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_from_a_damaged_one_in_one_sentence(name):
    data, said = WRONG[name]
    (problem,) = check(data, KIND)
    assert re.search(said, problem.message)
    assert problem.message.count(". ") == 0
    with pytest.raises(Refused, match=said):
        render(data, LEAST)
