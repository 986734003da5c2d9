"""Templates as strangers bring them: spoilt in the ways people and their office programs spoil them, and odd but sound ones."""

import io
import random
import re
import zipfile
from pathlib import Path

import docx
from conftest import packed, saved
from docx.oxml import parse_xml

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}  # fmt: skip
NS = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMES.items())
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text, looks=""):
    return f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def line(*pieces):
    return f"<w:p>{''.join(each if each.startswith('<') else run(each) for each in pieces)}</w:p>"


def table(*rows):
    cells = [
        "".join(f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else line(cell)}</w:tc>" for cell in row)
        for row in rows
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * max(map(len, rows))}</w:tblGrid>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def sheet(*blocks, header="", footer="", first=""):
    """A document of these blocks: XML as it is, plain text as a paragraph."""

    def fill(paper):
        parsed = parse_xml(
            f"<w:body {NS}>{''.join(each if each.startswith('<') else line(each) for each in blocks)}</w:body>"
        )
        for at, block in enumerate(parsed):
            paper.element.body.insert(at, block)

    if not (header or footer or first):
        return packed(fill)
    paper = docx.Document()
    section = paper.sections[0]
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        section.footer.paragraphs[0].text = footer
    if first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = first
    fill(paper)
    return saved(paper)


def repacked(data, changed=(), **added):
    """The same archive with members changed (name -> what is put before its last closing tag) or added."""
    told = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name in dict(changed):
                before, end, after = content.rpartition(b"</")
                content = before + dict(changed)[name].encode() + end + after
            new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return told.getvalue()


def relation(kind, target, more=""):
    return f'<Relationship Id="rId77" Type="{NAMES["r"]}/{kind}" Target="{target}"{more}/>'


def in_box(inner):
    drawn = f'<w:drawing><wp:anchor><a:graphic><a:graphicData uri="{NAMES["wps"]}"><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'


def footnoted(text, *blocks, more=""):
    types = '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    return repacked(
        sheet(line("Текст", '<w:r><w:footnoteReference w:id="2"/></w:r>'), *blocks),
        {TYPES: types, RELATIONS: relation("footnotes", "footnotes.xml")},
        word__footnotes_DOT_xml=f'<w:footnotes {NS}><w:footnote w:id="2">{line(text, more)}</w:footnote></w:footnotes>',
    )


def field(instruction, shown):
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    return line(
        marks["begin"],
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>',
        marks["separate"],
        shown,
        marks["end"],
    )


def control(inner):
    return f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt></w:p>"


def change(kind, inner):
    return f'<w:{kind} w:id="9" w:author="а">{inner}</w:{kind}>'


def opened_document():
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return told.getvalue()


def torn(data, seed):
    """The template with every run cut in two at a random place and a spelling mark between."""
    chance = random.Random(seed)

    def cut(found):
        looks, text = found[1] or "", found[2]
        if len(text) < 2 or "&" in text:
            return found[0]
        at = chance.randrange(1, len(text))
        halves = [
            f'<w:r w:rsidR="00AB{chance.randrange(1000, 9999)}">{looks}<w:t xml:space="preserve">{half}</w:t></w:r>'
            for half in (text[:at], text[at:])
        ]
        return '<w:proofErr w:type="spellStart"/>'.join(halves)

    told = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(
                name,
                re.sub(
                    r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*)</w:t></w:r>", cut, content
                )
                if name == "word/document.xml"
                else content,
            )
    return told.getvalue()


ROW_FOR, ROW_END = "{%tr for п in пары %}", "{%tr endfor %}"
# name -> (file, a word of the place, a word of the reason); the first 21 are the faults that template checkers are usually measured with.
BAD = {
    "закрыта одной скобкой": (sheet("Назначить {{ куратор.вин } куратором"), "абзац 1", "не закрыта"),
    "одной скобкой в колонтитуле": (sheet("Текст", header="{{ организация.название } – приказ"), "колонтитул", "не закрыта"),
    "нет endif": (sheet("{%p if куратор %}", "{{ куратор.им }}", "Дальше"), "абзац 1", "endif"),
    "tr закрыт простым endfor": (sheet(table(("№", "ФИО"), (ROW_FOR, ""), ("1", "{{ п.наставник.им }}"), ("{% endfor %}", ""))), "таблица 1, строка 4", "{%tr endfor %}"),
    "пробел перед tr": (sheet(table(("{% tr for п in пары %}", ""), ("1", "{{ п.код }}"), (ROW_END, ""))), "таблица 1, строка 1", "слитно"),
    "endfro": (sheet(table((ROW_FOR,), ("{{ п.код }}",), ("{%tr endfro %}",))), "таблица 1, строка 3", "«endfor»"),
    "ёлочки в сравнении": (sheet("{% if пары[0].форма == «педагог – педагог» %}да{% endif %}"), "абзац 1", "прямыми"),
    "пропущена точка": (sheet("{{ куратор должность.им }}"), "абзац 1", "через точку"),
    "пустая": (sheet("Утвердить {{  }} список"), "абзац 1", "пуста"),
    "нет такого фильтра": (sheet("{{ учебный_год|верхний }}"), "абзац 1", "фильтра «верхний» нет"),
    "накрест": (sheet("{% if куратор %}{% for п in пары %}{{ п.код }}{% endif %}{% endfor %}"), "абзац 1", "раньше надо закрыть"),
    "переменная цикла после цикла": (sheet(table((ROW_FOR,), ("{{ п.код }}",), (ROW_END,)), "Последняя пара {{ п.код }}"), "абзац 1", "внутри своего цикла"),
    "текст рядом с p if": (sheet("Внимание: {%p if есть_группы %}", "группы", "{%p endif %}"), "абзац 1", "пропадёт"),
    "поле рядом с tr for": (sheet(table((ROW_FOR, "{{ п.код }}"), ("{{ п.наставник.им }}", ""), (ROW_END, ""))), "таблица 1, строка 1", "пропадёт"),
    "в зачёркнутом": (sheet(f"<w:p>{change('del', '<w:r><w:delText>{{ куратор.им }}</w:delText></w:r>')}{run('Текст')}</w:p>"), "абзац 1", "зачёркнутом"),
    "нет такого поля": (sheet("{{ директор.вин }}"), "абзац 1", "поля «директор» нет"),
    "латинская p в имени": (sheet("{{ куратоp.вин }}"), "абзац 1", "смешаны"),
    "поле чужой записи": (sheet("{{ мои_данные.фио }}"), "абзац 1", "поля «мои_данные» нет"),
    "одиночные скобки": (sheet("Куратор {куратор.вин} отвечает"), "абзац 1", "двойными"),
    "скобки через пробел": (sheet("Куратор { {куратор.вин} } отвечает"), "абзац 1", "двойными"),
    "служебный доступ": (sheet("{{ куратор.__class__.__base__.__subclasses__() }}"), "абзац 1", "не разрешён"),
    "если вместо if": (sheet("{% если куратор %}{{ куратор.им }}{% endif %}"), "абзац 1", "английские"),
    "конец вместо endif": (sheet("{% if куратор %}{{ куратор.им }}{% конец %}"), "абзац 1", "английские"),
    "endif с русской е": (sheet("{% if куратор %}да{% еndif %}"), "абзац 1", "смешаны"),
    "одно равно": (sheet("{% if учебный_год = '2026/2027' %}да{% endif %}"), "абзац 1", "двумя знаками"),
    "else if": (sheet("{% if куратор %}да{% else if протокол %}нет{% endif %}"), "абзац 1", "лишние слова"),
    "elif после else": (sheet("{% if куратор %}1{% else %}2{% elif протокол %}3{% endif %}"), "абзац 1", "последняя"),
    "тройные скобки": (sheet("{{{ учебный_год }}}"), "абзац 1", ""),
    "loop вне цикла": (sheet("Всего {{ loop.index }}"), "абзац 1", "поля «loop» нет"),
    "цикл по записи": (sheet("{% for к in руководитель %}{{ к }}{% endfor %}"), "абзац 1", "не по списку"),
    "прописная буква": (sheet("{{ Руководитель.вин }}"), "абзац 1", "«руководитель»"),
    "падеж целым словом": (sheet("{{ руководитель.винительный }}"), "абзац 1", "поля «винительный» нет"),
    "в надписи": (sheet(line(in_box(line("{{ руководителю.вин }}")))), "абзац", "«руководитель»"),
    "в сноске": (footnoted("{{ руководитель.виин }}"), "сноски", "«вин»"),
    "в нижнем колонтитуле": (sheet("Текст", footer="Исполнитель {{ куратор.телефонн }}"), "нижний колонтитул", "«телефонн»"),
    "в колонтитуле первой страницы": (sheet("Текст", first="{{ документ.номерр }}"), "верхний колонтитул", "«номер»"),
    "во вложенной таблице": (sheet(table((table(("{{ учебны_год }}",)) + line("после"),)), "Текст"), "таблица 2", "«учебный_год»"),
    "в элементе управления": (sheet(control(run("{{ учебны_год }}"))), "абзац 1", "«учебный_год»"),
    "разорвана Enter": (sheet("{{ руководитель", ".вин }}"), "абзац 1", "не закрыта"),
    "фильтр через двоеточие": (sheet("{{ документ.номер:пропуск }}"), "абзац 1", "лишнее слово"),
    "фильтр без скобок": (sheet("{{ документ.номер|пропуск 12 }}"), "абзац 1", "лишнее слово"),
    "include": (sheet("{% include 'shapka.docx' %}"), "абзац 1", "слова «include»"),
    "примечание не закрыто": (sheet("Текст {# сюда подпись", "дальше"), "абзац 1", "не закрыта"),
    "строки в разных таблицах": (sheet(table((ROW_FOR,), ("{{ п.код }}",)), "между", table((ROW_END,))), "таблица 2", "в другой ячейке или таблице"),
    "if в ячейке, endif за таблицей": (sheet(table((line("{%p if куратор %}") + line("да"),)), "{%p endif %}"), "абзац 1", "в другой ячейке или таблице"),
    "поле слияния": (sheet(field("MERGEFIELD ФИО", "«ФИО»")), "абзац 1", "слияния"),
    "забытое место": (sheet("Утвердить список [ФИО наставника]"), "абзац 1", "забыли заполнить"),
    "забытая организация": (sheet("Внедрить в (название образовательной организации)"), "абзац 1", "забыли заполнить"),
    "забытая дата": (sheet("с XX.XX.20XX по XX.XX.20XX"), "абзац 1", "забыли заполнить"),
    "опечатка в map": (sheet("{{ пары|map('наствник')|перечень }}"), "абзац 1", "«наставник»"),
    "кавычка не закрыта": (sheet("{% if учебный_год == '2026 %}да{% endif %}"), "абзац 1", "кавычка"),
    "скобка не закрыта": (sheet("{{ документ.номер|пропуск(12 }}"), "абзац 1", "круглая скобка"),
    "нулевой пробел": (sheet("{{ руко\u200bводитель.вин }}"), "абзац 1", "невидимый"),
    "мягкий перенос": (sheet("{{ руководи\u00adтель.вин }}"), "абзац 1", "невидимый"),
    "широкие скобки": (sheet("｛｛ руководитель.вин ｝｝"), "абзац 1", "не те скобки"),
    "скобки в разных ячейках": (sheet(table(("{{ учебный_год", "}}"))), "ячейка 1", "не закрыта"),
    "пробел в имени": (sheet("{{ учебный год }}"), "абзац 1", "подчёркивание"),
    "точка в конце": (sheet("{{ учебный_год. }}"), "абзац 1", ""),
    "запятая вместо точки": (sheet("{{ руководитель,вин }}"), "абзац 1", ""),
    "дефис вместо подчёркивания": (sheet("{{ учебный-год }}"), "абзац 1", "«учебный_год»"),
    "for без in": (sheet("{% for пары %}x{% endfor %}"), "абзац 1", "for пара in пары"),
    "из вместо in": (sheet("{% for п из пары %}{{ п.код }}{% endfor %}"), "абзац 1", "for пара in пары"),
    "range": (sheet("{% for i in range(100000000) %}x{% endfor %}"), "абзац 1", "не разрешён"),
    "пять циклов друг в друге": (sheet("".join(f"{{% for {each} in пары %}}" for each in "абвгд") + "x" + "{% endfor %}" * 5), "абзац 1", "слишком много"),
    "падеж от списка": (sheet("{{ пары.им }}"), "абзац 1", "у списка"),
    "{{p вместо {%p": (sheet("{{p if куратор }}", "да", "{{p endif }}"), "абзац 1", "{%p"),
    "разные скобки": (sheet("{{ учебный_год %}"), "абзац 1", "не закрыта"),
    "значение в {% %}": (sheet("{% учебный_год %}"), "абзац 1", "слова «учебный_год»"),
    "наполовину в исправлении": (sheet(f"<w:p>{change('ins', run('{{ куратор.'))}{run('вин }}')}</w:p>"), "абзац 1", "наполовину"),
    "наполовину в ссылке": (sheet(f"<w:p><w:hyperlink w:anchor=\"x\">{run('{{ куратор.')}</w:hyperlink>{run('вин }}')}</w:p>"), "абзац 1", "наполовину"),
    "номер за концом списка": (sheet("{{ пары[5].наставник.им }}"), "абзац 1", "поля «5» нет"),
    "дата без фильтра": (sheet("от {{ документ.дата }}"), "абзац 1", "|пропуск"),
    "запись целиком": (sheet("Назначить {{ куратор }} куратором"), "абзац 1", "допишите падеж"),
    "список целиком": (sheet("Пары: {{ пары }}"), "абзац 1", "перечень"),
    "RTF": (b"{\\rtf1\\ansi {{ x }}}", "", "RTF"),
    "старый .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "", ".doc"),
    "OpenDocument": (opened_document(), "", "OpenDocument"),
    "пустой файл": (b"", "", "пуст"),
    "обрезанный файл": (sheet("Текст {{ учебный_год }}")[:3000], "", "повреждён"),
    "макросы": (repacked(sheet("Текст"), word__vbaProject_DOT_bin=b"x"), "", "макросы"),
    "картинка по ссылке": (repacked(sheet("Текст"), {RELATIONS: relation("image", "http://evil.example/x.png", ' TargetMode="External"')}), "", "внешней ссылке"),
    "поле DDE": (sheet(field("DDEAUTO c:\\\\cmd.exe", "")), "", "DDEAUTO"),
}  # fmt: skip
GOOD = {
    "LibreOffice: приказ": ((HERE / "strangers" / "order.pairs.docx").read_bytes(), "order.pairs"),
    "LibreOffice: соглашение": ((HERE / "strangers" / "addendum.docx").read_bytes(), "addendum"),
    "LibreOffice: приказ о поощрении": ((HERE / "strangers" / "order.reward.docx").read_bytes(), "order.reward"),
    "LibreOffice через ODT: программа": ((HERE / "strangers" / "program.personal.docx").read_bytes(), "program.personal"),
    **{f"разорвана на куски {seed}": (torn((TEMPLATES / "order.pairs.docx").read_bytes(), seed), "order.pairs") for seed in range(3)},
    "кавычки Word": (sheet("{% if пары[0].форма == “педагог – педагог” %}да{% endif %}{% if учебный_год == ‘2026/2027’ %}да{% endif %}"), "order.pairs"),
    "неразрывный пробел в метке": (sheet("{{\u00a0руководитель.вин\u00a0}}"), "order.pairs"),
    "закладка внутри метки": (sheet(line(run("{{ руково"), '<w:bookmarkStart w:id="1" w:name="a"/>', run("дитель.вин }}"), '<w:bookmarkEnd w:id="1"/>')), "order.pairs"),
    "разные шрифты внутри метки": (sheet(line(run("{{ ", "<w:b/>"), run("руководитель", '<w:i/><w:color w:val="FF0000"/>'), run(".вин }}", '<w:sz w:val="20"/>'))), "order.pairs"),
    "табуляция и перенос внутри метки": (sheet("<w:p><w:r><w:t>{{ руководитель.</w:t><w:tab/><w:br/><w:t>вин }}</w:t></w:r></w:p>"), "order.pairs"),
    "элемент управления": (sheet(control(run("{{ учебный_год }}"))), "order.pairs"),
    "вложенная таблица": (sheet(table((table(("{{ учебный_год }}",)) + line("после"),)), "Текст"), "order.pairs"),
    "надпись": (sheet(line(in_box(line("{{ руководитель.вин }}")))), "order.pairs"),
    "сноска": (footnoted("{{ руководитель.вин }}"), "order.pairs"),
    "исправление целиком": (sheet(f"<w:p>{change('ins', run('{{ куратор.вин }}'))}</w:p>"), "order.pairs"),
    "места для ручки": (sheet("Приказ № ______ от «___» ________ 20___ г.", "{{ учебный_год }}"), "order.pairs"),
    "имена в ёлочках": (sheet("МБДОУ «Детский сад № 5 «Ромашка», раздел «Наставничество», {{ учебный_год }}"), "order.pairs"),
    "условие в строках": (sheet(table((ROW_FOR,), ("{%tr if п.это_группа %}",), ("{{ п.группа }}",), ("{%tr else %}",), ("{{ п.наставник.им }}",), ("{%tr endif %}",), (ROW_END,))), "order.pairs"),
    "номер страницы": (sheet(field("PAGE", "1"), "{{ учебный_год }}"), "order.pairs"),
}  # fmt: skip
