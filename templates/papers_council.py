"""Papers of a pedagogical council: what may be drafted before it; attendance, discussion and votes are for the pen."""

from __future__ import annotations

from blocks import by_hand, columns_of_signatures, organisation, pen_signature
from papers_monitoring import table
from wordfile import Page, Paper, columns, each, either, grid, p, when

PAGE = Page(margins=(25, 15, 20, 20), size=13)
W = PAGE.width
DAY = "{% if педсовет %}{{ педсовет.дата }}{% else %}«___» ______________ 20___ г.{% endif %}"
SPEAKER = "{% if куратор %}{{ куратор.должность.им }} {{ куратор.кратко }}{% else %}______________________________{% endif %}"
HEARD = "{% if куратор %}{{ куратор.должность.вин }} {{ куратор.кратко_вин }}{% else %}______________________________{% endif %}"
TOPIC = "О работе наставнических пар и групп"
TASKED = "{% if куратор %}{{ куратор.должность.дат|с_прописной }} {{ куратор.кратко_дат }}{% else %}Куратору наставничества{% endif %}"
VOTED = p("Голосовали: «за» – ______, «против» – ______, «воздержались» – ______.", "Flush")


def decisions(style: str) -> str:
    """Return draft decisions; whom, what, and a blank for the day."""
    return (
        p(
            "Принять к сведению информацию о работе наставнических пар и групп в {{ учебный_год }} учебном году.",
            style,
        )
        + p(
            TASKED
            + ": продолжить сопровождение наставнических пар и групп{% for пара in пары %}{% if loop.first %} ({% endif %}{{ пара.наставник.кратко }} – {{ пара.наставляемые|map('кратко')|перечень }}{% if loop.last %}){% else %}; {% endif %}{% endfor %}; срок – ___.___.20___.",
            style,
        )
        + p(
            "Наставникам: вносить записи о встречах в журнал не позднее ______ дней после встречи; срок – постоянно.",
            style,
        )
    )


def requisites(number: str) -> str:
    """Return the paper's date and number."""
    return columns([W - 50, 50], [DAY, number], style="Requisites")


COUNCIL = "{% if педсовет.тема %}\n«{{ педсовет.тема }}»{% endif %}"
NUMBERED = columns(
    [W - 50, 50],
    [DAY, "№ {% if педсовет %}{{ педсовет.протокол|пропуск(6) }}{% else %}______{% endif %}"],
    style="Requisites",
)
AGENDA = Paper((
    organisation(), p("ПОВЕСТКА\nзаседания педагогического совета" + COUNCIL, "Heading"), NUMBERED,
    grid([12, 96, W - 108], ["№", "Вопрос", "Докладчик"],
         "for вопрос in вопросы", ["^{{ loop.index }}", "{{ вопрос.вопрос }}", SPEAKER], "endfor", ["", "", ""], ["", "", ""], ["", "", ""]),
    p("", "Gap"), pen_signature(W, "Председатель педагогического совета", "{{ руководитель.инициалы }}"),
), PAGE)  # fmt: skip
DECISION = Paper((
    organisation(), p("ПРОЕКТ РЕШЕНИЯ\nпедагогического совета" + COUNCIL, "Heading"), NUMBERED,
    p("Заслушав и обсудив вопросы повестки, педагогический совет решает:", "Text"),
    each("вопрос in вопросы",
         p("**{{ loop.index }}. {{ вопрос.вопрос }}**", "Lead"),
         each("решение in вопрос.решения", p("{{ решение }}", "Item")),
         p("__________________________________________________________", "Item")),
    p("", "Gap"), pen_signature(W, "Проект подготовил: куратор", "{% if куратор %}{{ куратор.инициалы }}{% else %}______________{% endif %}"),
), PAGE)  # fmt: skip
KEEPS = p(
    "Секретарь – {% if секретарь %}{{ секретарь.кратко }}{% else %}______________________________{% endif %}",
    "Flush",
)
SIGNED = columns_of_signatures(
    W,
    ("Председатель", "{{ руководитель.инициалы }}"),
    ("Секретарь", "{% if секретарь %}{{ секретарь.инициалы }}{% else %}______________{% endif %}"),
)
PROTOCOL = Paper((
    organisation(), p("ПРОТОКОЛ\nзаседания педагогического совета", "Heading"), requisites("№ {% if номер_протокола %}{{ номер_протокола }}{% else %}{{ документ.номер|пропуск(10) }}{% endif %}"),
    when("организация.город", p("{{ организация.город }}", "Org")),
    p("Председатель – {{ руководитель.кратко }}", "Flush"), KEEPS,
    p("Присутствовали: ______ чел. (список прилагается). Отсутствовали: ______ чел. (причины: ______________________________).", "Flush"),
    p("Приглашены: ____________________________________________", "Flush"),
    p("ПОВЕСТКА ДНЯ:", "Order"),
    each("вопрос in вопросы", p("{{ вопрос.вопрос }} (докладчик – " + SPEAKER + ").", "Point")),
    when("not вопросы", p(TOPIC + " (докладчик – " + SPEAKER + ").", "Point")),
    p("__________________________________________________________", "Point"),
    each("вопрос in вопросы",
         p("{{ loop.index }}. СЛУШАЛИ:", "Order"), p(HEARD + " – {{ вопрос.о_чём }} (текст доклада прилагается).", "Flush"),
         p("ВЫСТУПИЛИ:", "Order"), by_hand(2),
         p("РЕШИЛИ (проект):", "Order"), each("решение in вопрос.решения", p("{{ решение }}", "Item")), by_hand(1), VOTED),
    when("not вопросы",
         p("1. СЛУШАЛИ:", "Order"), p(HEARD + " – о работе наставнических пар и групп (текст доклада прилагается).", "Flush"),
         p("ВЫСТУПИЛИ:", "Order"), by_hand(3),
         p("РЕШИЛИ (проект):", "Order"), decisions("Point@2"), VOTED),
    p("___. СЛУШАЛИ:", "Order"), by_hand(2), p("РЕШИЛИ:", "Order"), by_hand(2), VOTED,
    p("", "Gap"), SIGNED,
), PAGE)  # fmt: skip
EXTRACT = Paper((
    organisation(), p("ВЫПИСКА\nиз протокола заседания педагогического совета", "Heading"), requisites("№ {% if номер_протокола %}{{ номер_протокола }}{% else %}{{ документ.номер|пропуск(10) }}{% endif %}"),
    p("Председатель – {{ руководитель.кратко }}", "Flush"), KEEPS,
    p("Присутствовали: ______ чел.", "Flush"),
    p("ПОВЕСТКА ДНЯ:", "Order"), p("______. " + TOPIC + ".", "Flush"),
    p("СЛУШАЛИ:", "Order"), p(HEARD + " – о работе наставнических пар и групп.", "Flush"),
    p("РЕШИЛИ:", "Order"), by_hand(4), VOTED,
    p("", "Gap"), SIGNED,
    p("Выписка верна:", "Lead"), pen_signature(W, "______________________", "______________"),
), PAGE)  # fmt: skip
OTHER = Paper((
    organisation(), p("ПРОТОКОЛ\n______________________________________________\n(заседания, установочной сессии, круглого стола)", "Heading"),
    columns([W - 50, 50], ["{{ документ.дата|дата }}", "№ {{ документ.номер|пропуск(10) }}"], style="Requisites"),
    p("Ведущий – {% if куратор %}{{ куратор.кратко }}{% else %}______________________________{% endif %}", "Flush"),
    p("Секретарь – ______________________________", "Flush"), p("Участвовали: ______ чел. (лист регистрации прилагается).", "Flush"),
    when("экспертиза",
        p("Рассмотрены документы, присланные на согласование:", "Lead"),
        grid([12, W - 102, 50, 40], ["№", "Документ", "Решение", "Замечания"],
             "for бумага in документы", ["^{{ loop.index }}", "{{ бумага.название }} (от {{ бумага.дата|числом }} № {{ бумага.номер|пропуск(6) }})", "☐ согласовать\n☐ доработать", ""], "endfor",
             "if not документы", ["^1", "", "☐ согласовать\n☐ доработать", ""], "endif")),
    p("Вопросы:", "Order"), by_hand(3), p("Слушали, обсудили:", "Order"), by_hand(5), p("Решили (кому, что, срок):", "Order"), by_hand(4),
    p("", "Gap"), columns_of_signatures(W, ("Ведущий", "{% if куратор %}{{ куратор.инициалы }}{% else %}______________{% endif %}"), ("Секретарь", "______________")),
), PAGE)  # fmt: skip
LIST_PAGE = Page(margins=(25, 15, 20, 20), size=12)


def listing(*after: str) -> Paper:
    """Return a list of a council's folder: its table, its chart if it has one, what follows in `after`."""
    return Paper((
        organisation(), p("{{ документ.заголовок|upper }}", "Heading"),
        p("к заседанию педагогического совета{% if педсовет.протокол %} № {{ педсовет.протокол }}{% endif %} от {{ педсовет.дата }}", "Org"), p("", "Gap"),
        either("таблица.пусто", p("{{ таблица.пусто }}", "Text"), table()),
        when("рисунок", p("{{ рисунок|картинка }}", "Figure"), p("{{ рисунок.подпись }}", "FigureTitle")),
        *after,
    ), LIST_PAGE)  # fmt: skip


BY_CURATOR = p("", "Gap") + pen_signature(
    W, "Куратор", "{% if куратор %}{{ куратор.инициалы }}{% else %}______________{% endif %}"
)


def counted(of: str) -> Paper:
    """Return a list that ends with how many there are: a signature never stands alone on a page."""
    return listing(
        when("not таблица.пусто", p(f"Всего {of}: {{{{ таблица.строки|length }}}}.", "LastText")), BY_CURATOR
    )


ATTENDANCE = listing(
    p("Всего присутствовали: ______ чел.  Отсутствовали: ______ чел. (причины: ______________________________).", "After"),
    p("", "Gap"), pen_signature(W, "Секретарь", "{% if секретарь %}{{ секретарь.инициалы }}{% else %}______________{% endif %}"),
)  # fmt: skip
SPEECH = Paper((
    organisation(), p("ТЕЗИСЫ ВЫСТУПЛЕНИЯ\nна педагогическом совете" + COUNCIL, "Heading"),
    p("{{ педсовет.дата }}", "Org"), p("", "Gap"),
    p("Уважаемые коллеги!", "Text"),
    each("часть in части",
         p("**{{ часть.о_чём }}**", "Lead"),
         each("тезис in часть.тезисы", p("{{ тезис }}", "Item"))),
    p("", "Gap"), pen_signature(W, "Куратор", "{% if куратор %}{{ куратор.инициалы }}{% else %}______________{% endif %}"),
), PAGE)  # fmt: skip


LISTS = {
    "list.reward": counted("наставников"), "sheet.attendance": ATTENDANCE,
    "plan.fact": counted("мероприятий"), "list.pairs": counted("пар и групп"), "sheet.acquaintance": listing(), "list.young": counted("молодых специалистов"),
    "list.overdue": counted("мероприятий"), "list.next_year": counted("мероприятий"), "pack.contents": listing(),
}  # fmt: skip
PAPERS = LISTS | {
    "agenda.council": AGENDA,
    "decision.council": DECISION,
    "protocol.council": PROTOCOL,
    "extract.council": EXTRACT,
    "speech.council": SPEECH,
    "protocol.other": OTHER,
}
