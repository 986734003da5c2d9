"""Notes on how mentoring goes: figures with what they are counted of, conclusions only from them."""

from __future__ import annotations

from blocks import by_hand, by_sex, organisation, pen_signature
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


SECTIONS = each("раздел in разделы",
    p("{{ раздел.название }}", "Chapter"),
    each("абзац in раздел.абзацы", p("{{ абзац }}", "Clause")),
    each("таблица in раздел.таблицы", p("{{ таблица.подпись }}", "Caption"), table()),
    each("пункт in раздел.пункты", p("{{ пункт.текст }}", "Clause")),
    when("раздел.от_руки", p("{{ раздел.от_руки }}:", "Lead"), by_hand(2)),
) + each("рисунок in рисунки", p("{{ рисунок|картинка }}", "Figure"), p("{{ рисунок.подпись }}", "FigureTitle"))  # fmt: skip
HEADING = p("{{ вид_документа|upper }}{% if о_чём %}\n{{ о_чём }}{% endif %}", "Heading")
PEOPLE = when("участники",
    p("Приложение", "Annex"), p("", "Gap"), p("Наставнические пары и группы", "Heading"),
    grid([14, 36, W - 126, 28, 48], ["Код", "Наставник", "Наставляемые", "Форма", "Срок, состояние"],
         "for пара in участники",
         ["{{ пара.код }}", "{{ пара.наставник }}", "{{ пара.наставляемые|перечень }}", "{{ пара.форма|пропуск(8) }}",
          "{{ пара.начало|числом }} – {{ пара.окончание|числом }}{% if пара.состояние %}, {{ пара.состояние }}{% endif %}"],
         "endfor"))  # fmt: skip
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
    COMPOSED, READ, PEOPLE,
), PAGE)  # fmt: skip
REPORT = Paper((organisation(), HEADING, SECTIONS, COMPOSED, READ, PEOPLE), PAGE)
SURVEY = Paper((organisation(), HEADING, SECTIONS, COMPOSED), PAGE)

PAPERS = {"note.monitoring": NOTE, "report.final": REPORT, "report.survey": SURVEY}
