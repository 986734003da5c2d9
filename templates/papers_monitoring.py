"""Notes on how mentoring goes: figures with what they are counted of, conclusions only from them."""

from __future__ import annotations

from blocks import PEN_LINE, by_sex, organisation, pen_signature
from wordfile import Page, Paper, columns, each, either, grid, p, when, wide_grid

PAGE = Page(margins=(25, 15, 20, 20), size=12)
W = PAGE.width
SHARE = "{{ итог.проведено }} из {{ итог.план }}{% if итог.доля %} ({{ итог.доля }} %){% endif %}"

LAYOUTS = {
    "показатели": (50, 54, 66), "документы": (100, 45, 25), "выборка": (100, 35, 35), "отчёты": (26, 90, 54), "пары": (26, 144), "стороны": (34, 136),
    "баллы": (135, 35), "формы": (80, 30, 30, 30), "промежутки": (44, 42, 42, 42), "сравнение": (50, 46, 46, 28), "строки": (18, 82, 34, 36),
    "вопросы": (64, 26, 19, 19, 42), "встречи пары": (24, 46, 24, 18, 58), "динамика": (32, 23, 23, 23, 23, 23, 23), "встречи": (15, 15, 23, 22, 21, 20, 28, 26),
    "состав": (10, 66, 34, 60), "люди": (10, 56, 44, 26, 34), "список пар": (8, 14, 35, 38, 22, 28, 25),
}  # fmt: skip
# A note has tables that no list of a council has, and narrower ones.
OF_NOTES = {
    **LAYOUTS, "сравнение": (43, 31, 34, 24, 38), "встречи": (35, 13, 13, 22, 22, 20, 21, 24), "промежутки": (80, 32, 32, 26), "пары": (50, 120),
    "пары и группы": (14, 36, 45, 28, 47), "источники": (10, 80, 80), "затруднения": (40, 90, 20, 20),
}  # fmt: skip


def table(named: str = "таблица", layouts: dict[str, tuple[float, ...]] = LAYOUTS) -> str:
    """Return a table set by its layout: columns as wide as such a table needs; one of no known layout shares the width."""
    made = wide_grid(W, f"{named}.шапка", f"{named}.строки")
    for name, widths in layouts.items():
        head, row = (
            [f"{{{{ {of}[{at}] }}}}" for at in range(len(widths))] for of in (f"{named}.шапка", "строка")
        )
        made = either(
            f"{named}.раскладка == '{name}'",
            grid(list(widths), head, f"for строка in {named}.строки", row, "endfor"),
            made,
        )
    return made


def parts_of(named: str, style: str = "ClauseLeft", layouts: dict[str, tuple[float, ...]] = OF_NOTES) -> str:
    """Return what a section or an appendix holds under its heading: paragraphs, conclusions with their sources, charts, tables, lines for the pen."""
    return (
        each(f"абзац in {named}.абзацы", p("{{ абзац }}", style))
        + each(f"пункт in {named}.пункты", sourced("пункт", style))
        + each(f"рисунок in {named}.рисунки", p("{{ рисунок|картинка }}", "Figure"), p("{{ рисунок.подпись }}", "FigureTitle"))
        + each(f"таблица in {named}.таблицы", p("{{ таблица.подпись }}", "Caption"), table(layouts=layouts))
        + when(f"{named}.от_руки", p(f"{{{{ {named}.от_руки }}}}:", "Lead"), p("\n".join(["_" * PEN_LINE] * 2), "PenLine"))
    )  # fmt: skip


def sourced(named: str, style: str) -> str:
    """Return a conclusion with the number of its source raised after it."""
    return p(
        f"{{{{ {named}.текст }}}}^^{{% if {named}.источник %}}[{{{{ {named}.источник }}}}]{{% endif %}}^^",
        style,
    )


SECTIONS = each("раздел in разделы", p("{{ раздел.название }}", "Chapter"), parts_of("раздел"))
APPENDIX = (
    either("loop.first", p("Приложение № {{ приложение.номер }}", "Annex"), p("", "Gap") + p("Приложение № {{ приложение.номер }}", "AnnexMore"))
    + p("", "Gap") + p("{{ приложение.название }}", "Heading")
)  # fmt: skip
APPENDICES = each("приложение in приложения", APPENDIX, parts_of("приложение", "TextLeft"))
HEADING = p("{{ вид_документа|upper }}{% if о_чём %}\n{{ о_чём }}{% endif %}", "Heading")
COMPOSED = when(
    "куратор",
    p(by_sex("куратор", "Составил", "Составила", "Составитель") + ":", "Lead"),
    pen_signature(W, "{{ куратор.должность.им|с_прописной }}", "{{ куратор.инициалы }}", "SignOn"),
)
READ = p(by_sex("руководитель", "Ознакомлен", "Ознакомлена", "Ознакомление") + ":", "Lead") + pen_signature(
    W, "{{ руководитель.должность.им|с_прописной }}", "{{ руководитель.инициалы }}"
)

NOTE = Paper((
    organisation(),
    columns([W - 60, 60], ["{{ документ.дата|дата }}", "№ {{ документ.номер|пропуск(12) }}"], style="Requisites"),
    HEADING, SECTIONS,
    p("Рассмотрено {% if управление %}на {{ совет.пр }}{% else %}педагогическим советом{% endif %}, протокол от ___.___.20___ № ______", "LastText"),
    COMPOSED, READ, APPENDICES,
), PAGE)  # fmt: skip
REPORT = Paper((organisation(), HEADING, SECTIONS, COMPOSED, READ, APPENDICES), PAGE)
SURVEY = Paper((organisation(), HEADING, SECTIONS, COMPOSED, APPENDICES), PAGE)

PAPERS = {"note.monitoring": NOTE, "report.final": REPORT, "report.survey": SURVEY}
