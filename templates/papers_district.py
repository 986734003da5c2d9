"""Papers of a district: the note over its organisations, and the letter to one that sent no data."""

from __future__ import annotations

from blocks import addressee, organisation, own_number, performer, signature
from papers_monitoring import APPENDIX, COMPOSED, HEADING, PAGE, READ, parts_of
from wordfile import Page, Paper, columns, each, either, p, when

W = PAGE.width
LETTER = Page(margins=(30, 15, 20, 20), size=13, running=False)
LAYOUTS = {
    "цели": (70, 48, 22, 30), "сравнение": (42, 34, 18, 26, 30, 20), "пункты": (96, 24, 50), "рекомендации": (50, 60, 22, 38),
    "участники": (66, 26, 28, 24, 26), "показатели": (44, 62, 64),
}  # fmt: skip
NOTE = Paper((
    organisation(),
    columns([W - 60, 60], ["{{ документ.дата|дата }}", "№ {{ документ.номер|пропуск(12) }}"], style="Requisites"),
    HEADING,
    each("раздел in разделы", p("{{ раздел.название }}", "Chapter"), parts_of("раздел", layouts=LAYOUTS)),
    p("Рассмотрено на {{ совет.пр }}, протокол от ___.___.20___ № ______", "LastText"),
    COMPOSED, READ,
    each("приложение in приложения", APPENDIX, parts_of("приложение", "TextLeft", LAYOUTS)),
), PAGE)  # fmt: skip
WHERE = "{% if пункт %} (пункт {{ пункт }} дорожной карты){% endif %}"
LETTER_OF_REMINDER = Paper((
    organisation(),
    own_number(LETTER.width),
    addressee("Руководителю", "{{ кому }}{% if почта %}\n{{ почта }}{% endif %}"),
    p("О данных для муниципального мониторинга", "Subject"),
    p("Уважаемый руководитель!", "Section"),
    either("мероприятие",
        p("Для муниципального мониторинга наставничества" + WHERE + " нужны данные Вашей организации."),
        p("Для муниципального мониторинга наставничества нужны данные Вашей организации.")),
    p("Сейчас: {{ чего_нет|перечень('; ') }}.", "Text"),
    p("{% if просрочено %}Срок, {{ до|числом }}, прошёл. Просим до ________{% else %}Просим до {{ до|числом }}{% endif %}:", "Lead"),
    each("дело in что_сделать", p("{{ дело }}{% if loop.last %}.{% else %};{% endif %}", "Item")),
    p("Данные собираются из рабочей книги наставничества, отдельно их присылать не нужно.{% if куратор %} Вопросы и документы направляйте: {{ куратор.должность.дат }} {{ куратор.кратко_дат }}{% if исполнитель and исполнитель.телефон %}, тел. {{ исполнитель.телефон }}.{% endif %}{% endif %}", "Text"),
    when("молчит", p("Без этих данных Ваша организация будет названа в муниципальной справке среди тех, от кого данных нет.", "LastText")),
    signature(LETTER.width),
    performer(),
), LETTER)  # fmt: skip
PAPERS = {"note.municipal": NOTE, "letter.reminder": LETTER_OF_REMINDER}
