"""Whatever is printed is a sound Word file with every word in it: made-up templates, and what used to come out torn."""

import io
import zipfile

import docx
import pytest
from lxml import etree
from strangers import NAMES, change, field, footnoted, in_box, line, run, sheet, table

from flows.papers import render
from tests.papers.agreement import tried
from tests.papers.walker import W, faults_of, lines, stories

PEOPLE = {
    "люди": [{"имя": "А", "дела": ["а1", "а2"]}, {"имя": "Б", "дела": ["б1"]}], "никто": [], "нет": False, "да": True,
    "строки": "первая\nвторая\tтретья",
}  # fmt: skip
GONE = ("{%p if нет %}", "Слова", "{%p endif %}")
NOBODY = ("{%p for п in никто %}", "{{ п.имя }}", "{%p endfor %}")
EACH, DONE = "{%p for п in люди %}", "{%p endfor %}"


# The last is one of the thousand: a note without a tag, whose sign a loop repeats.
@pytest.mark.parametrize("seed", [*range(60), 100_958])
def test_a_made_up_template_prints_soundly_and_says_what_docxtpl_says(seed):
    _, paper, wrong = tried(seed, 1 if seed < 60 else None)
    assert wrong == []
    assert paper


def body(data):
    return next(iter(stories(data).values()))


def printed(*blocks, **margins):
    made = render(sheet(*blocks, **margins), PEOPLE)
    assert faults_of(made) == []
    return made


def lined(*texts):
    return "".join(map(line, texts))


@pytest.mark.parametrize("blocks", [GONE, NOBODY, (*GONE, *NOBODY)])
def test_a_cell_that_lost_its_paragraphs_keeps_an_empty_one(blocks):
    made = printed(table((lined(*blocks), "рядом")))
    assert [len(cell.findall(f"{W}p")) for cell in body(made).iter(f"{W}tc")] == [1, 1]


def test_a_cell_that_ends_with_a_table_ends_with_a_paragraph():
    made = printed(table((table(("внутри",)) + lined(*GONE),)))
    assert next(body(made).iter(f"{W}tc"))[-1].tag == f"{W}p"


def test_a_text_box_a_header_and_a_note_that_lost_their_words_keep_an_empty_paragraph():
    made = printed(line(in_box(lined(*GONE))), header="{%p set а = нет %}")
    assert [len(each) for each in body(made).iter(f"{W}txbxContent")] == [1, 1]
    note = render(footnoted("{%p set а = нет %}"), PEOPLE)
    assert faults_of(note) == []


@pytest.mark.parametrize(
    "rows",
    [
        (("{%tr for п in никто %}",), ("{{ п.имя }}",), ("{%tr endfor %}",)),
        (("{%tr if нет %}",), ("слова",), ("{%tr endif %}",)),
        (("{%tc if нет %}", "слова", "{%tc endif %}"),),
    ],
)
def test_a_table_whose_rows_are_all_gone_leaves_an_empty_paragraph(rows):
    made = printed("до", table(*rows), "после")
    assert next(body(made).iter(f"{W}tbl"), None) is None
    assert [each.text for each in docx.Document(io.BytesIO(made)).paragraphs] == ["до", "", "после"]


def test_a_row_whose_every_cell_is_gone_goes_and_the_others_stay():
    made = printed(table(("{%tc if нет %}", "слова", "{%tc endif %}"), ("а", "б", "в")))
    assert lines(made)["word/document.xml"] == ["а", "б", "в"]


def test_a_control_round_a_cell_keeps_the_grid():
    cell = f"<w:tc><w:tcPr/>{line('в управлении')}</w:tc>"
    row = f"<w:tr><w:tc><w:tcPr/>{line(in_box(line('{{ п.имя }}')))}</w:tc><w:sdt><w:sdtPr/><w:sdtContent>{cell}</w:sdtContent></w:sdt></w:tr>"
    tags = [
        "".join(f"<w:tr><w:tc>{line(tag)}</w:tc><w:tc>{line('')}</w:tc></w:tr>")
        for tag in ("{%tr for п in люди %}", "{%tr endfor %}")
    ]
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="100"/></w:tblGrid>'
    made = printed(f"<w:tbl>{grid}{tags[0]}{row}{tags[1]}</w:tbl>")
    assert len(list(body(made).iter(f"{W}gridCol"))) == 2


def test_rows_of_which_one_has_cells_of_a_loop_fill_the_widened_grid():
    made = printed(table(("{%tc for п in люди %}", "{{ п.имя }}", "{%tc endfor %}"), ("а", "б", "в")))
    (short, _) = body(made).iter(f"{W}tr")
    assert short.find(f"{W}trPr/{W}gridAfter").get(f"{W}val") == "1"


def test_a_merge_whose_beginning_is_gone_begins_with_what_is_left():
    cells = [f"<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{line(text)}</w:tc></w:tr>" for text, merge in (
        ("{%tr if нет %}", ""), ("начало", '<w:vMerge w:val="restart"/>'), ("{%tr endif %}", ""), ("дальше", "<w:vMerge/>"), ("ещё", "<w:vMerge/>"))]  # fmt: skip
    made = printed(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(cells)}</w:tbl>")
    assert [each.get(f"{W}val") for each in body(made).iter(f"{W}vMerge")] == ["restart", None]


def test_the_colour_of_a_cell_stands_in_its_place_among_the_properties():
    cell = f'<w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{line("{% cellbg " + chr(39) + "FF0000" + chr(39) + " %}а")}</w:tc>'
    made = printed(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>")
    assert [each.tag for each in next(body(made).iter(f"{W}tcPr"))] == [f"{W}tcW", f"{W}shd", f"{W}vAlign"]


def test_what_a_loop_repeats_has_ids_of_its_own():
    mark = '<w:bookmarkStart w:id="1" w:name="место"/>', '<w:bookmarkEnd w:id="1"/>'
    inside = line(
        mark[0], "{{ п.имя }}", mark[1], f'<w:hyperlink w:anchor="место">{run("сюда")}</w:hyperlink>'
    )
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{line(change("ins", run("вставка")))}</w:sdtContent></w:sdt>'
    named = f'<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="00000001">{run("абзац")}</w:p>'
    made = printed(EACH, inside, control, named, line(in_box(line("надпись"))), DONE)
    assert [each.get(f"{W}name") for each in body(made).iter(f"{W}bookmarkStart")] == ["место", "место_2"]
    assert [each.get(f"{W}anchor") for each in body(made).iter(f"{W}hyperlink")] == ["место", "место_2"]


@pytest.mark.parametrize("begun", [True, False])
def test_a_range_that_a_condition_cut_goes_whole(begun):
    start, end = '<w:bookmarkStart w:id="1" w:name="место"/>', '<w:bookmarkEnd w:id="1"/>'
    made = printed(
        "{%p if нет %}",
        line(start if begun else "", "а", "" if begun else end),
        "{%p endif %}",
        line("" if begun else start, "б", end if begun else ""),
    )
    assert b"bookmark" not in etree.tostring(body(made))


def test_a_field_that_a_condition_cut_goes_and_its_words_stay():
    told = field("PAGE", "12")
    cut = told.replace(
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        run("{% if нет %}") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("{% endif %}"),
    )
    made = printed(cut)
    assert "12" in lines(made)["word/document.xml"][0]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("до ", " после")])
def test_a_break_in_a_run_whose_font_was_changed_under_tracking_is_laid_out(before, after):
    looks = '<w:rPr><w:b/><w:rPrChange w:id="7" w:author="а"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'
    made = printed(f"<w:p><w:r>{looks}<w:t>{before}{{{{ строки }}}}{after}</w:t></w:r></w:p>")
    assert lines(made)["word/document.xml"] == [f"{before}{PEOPLE['строки']}{after}"]


def test_a_break_after_a_text_box_keeps_to_its_run():
    made = printed(line(in_box(line("{{ строки }}")), "до {{ строки }}"))
    assert sorted(lines(made)["word/document.xml"]) == sorted([PEOPLE["строки"], f"до {PEOPLE['строки']}"])


def test_a_note_whose_sign_a_loop_repeats_is_there_for_each_sign():
    mark = '<w:bookmarkStart w:id="1" w:name="место"/><w:bookmarkEnd w:id="1"/>'
    signed = line("{{ п.имя }}", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    made = render(footnoted("пояснение {{ строки }}", EACH, signed, DONE, more=mark), PEOPLE)
    assert faults_of(made) == []
    assert lines(made)["word/footnotes.xml"] == ["пояснение первая\nвторая\tтретья"] * 3


# --- numbering -----------------------------------------------------------------------------------------------


def numbered(text, number=7, level=0):
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'


def listed(*blocks, form="decimal", looks=""):
    """Fill a template with a list 7 of its own; return the paper and the list that each numbered paragraph is of."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>' for at in range(2)
    )
    own = f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="77"/></w:num>'
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(*blocks))) as old, zipfile.ZipFile(told, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/numbering.xml":
                content = f'<w:numbering xmlns:w="{NAMES["w"]}">{own}</w:numbering>'.encode()
            if name == "word/styles.xml" and looks:
                head = f'<w:styles xmlns:w="{NAMES["w"]}"><w:style w:type="paragraph" w:styleId="ListNumber">'
                content = f"{head}<w:pPr>{looks}</w:pPr></w:style></w:styles>".encode()
            new.writestr(name, content)
    made = render(told.getvalue(), PEOPLE)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        lists = etree.fromstring(file.read("word/numbering.xml"))
    begun = {
        each.get(f"{W}numId"): [over.get(f"{W}val") for over in each.iter(f"{W}startOverride")]
        for each in lists.iterfind(f"{W}num")
    }
    return [each.get(f"{W}val") for each in body(made).iter(f"{W}numId")], begun


@pytest.mark.parametrize(
    ("blocks", "lists"),
    [
        ((EACH, "{{ п.имя }}", numbered("раз"), numbered("два"), DONE), ["7", "7", "8", "8"]),
        (
            (EACH, "{{ п.имя }}", "{%p for д in п.дела %}", numbered("{{ д }}"), "{%p endfor %}", DONE),
            ["7", "7", "8"],
        ),
        ((EACH, numbered("{{ п.имя }}"), DONE), ["7", "7"]),
        (
            (EACH, numbered("{{ п.имя }}"), numbered("подпункт", level=1), numbered("другой", level=1), DONE),
            ["7"] * 6,
        ),
        ((numbered("Приказываю"), EACH, numbered("раз"), numbered("два"), DONE), ["7"] * 5),
        (
            (EACH, "{%p if да %}", numbered("одно"), "{%p else %}", numbered("другое"), "{%p endif %}", DONE),
            ["7", "7"],
        ),
    ],
    ids=[
        "two in each copy",
        "a loop in each copy",
        "one in each copy",
        "one with its parts",
        "begun before the loop",
        "one of two",
    ],
)
def test_a_list_begins_anew_in_each_copy_of_a_loop_that_repeats_it(blocks, lists):
    told, begun = listed(*blocks)
    assert told == lists
    assert begun == {"7": [], **({"8": ["1", "1"]} if "8" in lists else {})}


def test_a_list_of_a_style_and_one_changed_under_tracking_begin_anew_too():
    was = '<w:pPrChange w:id="9" w:author="а"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:pPrChange>'
    changed = numbered("раз").replace("</w:pPr>", f"{was}</w:pPr>", 1)
    styled = f'<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr>{run("раз")}</w:p>'
    assert listed("<w:p/>", EACH, changed, numbered("два"), DONE)[0] == ["7", "3", "7", "8", "3", "8"]
    told = listed(
        "<w:p/>", EACH, "{{ п.имя }}", styled, styled, DONE, looks='<w:numPr><w:numId w:val="7"/></w:numPr>'
    )
    assert told[0] == ["7", "7", "8", "8"]


def test_dashes_need_no_beginning():
    assert listed(EACH, numbered("раз"), numbered("два"), DONE, form="bullet")[0] == ["7"] * 4


# --- line breaks in justified text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("looks", "told"), [('<w:jc w:val="both"/>', True), ('<w:jc w:val="left"/>', False), ("", False)]
)
def test_a_line_before_a_break_in_justified_text_is_not_drawn_apart(looks, told):
    made = render(sheet(f"<w:p><w:pPr>{looks}</w:pPr>{run('{{ строки }}')}</w:p>"), PEOPLE)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        settings = etree.fromstring(file.read("word/settings.xml"))
    assert (settings.find(f"{W}compat/{W}doNotExpandShiftReturn") is not None) == told
