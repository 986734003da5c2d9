"""The words schools write above a column, and the part each column plays (workbook A3)."""

from __future__ import annotations

import re

from flows.domain.terms.grammar import spans
from flows.domain.terms.words import normal

__all__ = [
    "ACTIVITY",
    "CONTENT",
    "END",
    "NUMBER",
    "OTHER",
    "RESPONSIBLE",
    "RESULT",
    "STAGE",
    "START",
    "TERM",
    "period_label",
    "role_of",
]

NUMBER, STAGE, ACTIVITY, CONTENT = "number", "stage", "activity", "content"
TERM, RESPONSIBLE, RESULT = "term", "responsible", "result"
START, END, OTHER = "start", "end", "other"
LONGEST_HEADER = 100
ROMAN_MONTHS = {
    name: at
    for at, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
MONTH_NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)

SYNONYMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (NUMBER, r"^(?:№|#|номер|n(?![а-яa-z])|п/?п(?!\w)|п\. ?п)"),
        (OTHER, (r"^(?:⚙|отметк|примечан|статус|состояни|место|участник|категори участ|целев\w{1,40} (?:групп|аудитор)|аудитори|показател|индикатор|ед\.|единиц|источник|финанс|ресурс|контрол|"
                r"готовить документ|дата выполнения|факт|выполнен|подтверждение$|повтор$|количеств|объем|класс|возраст|охват|цел[ьи](?!\w)|рассматрива|где )")),
        (START, r"^(?:дата )?начал\w{0,40}$|^дата начала|^начало (?:реализац|работ|мероп)|^с$"),
        (END, r"^(?:дата )?(?:окончан|завершен)\w{0,40}$|^дата (?:оконч|заверш)|^окончание (?:реализац|работ|мероп)|^по$|^до$"),
        (TERM, r"^(?:\w{1,40} ){0,2}(?:срок|период|дат[аы]|время|когда|график|месяц|год(?!ов)|квартал|неделя)(?!\w{0,40} отчет)|^сроки?|календарн\w{1,40} (?:срок|период)|(?:срок|дата|время)\w{0,40} (?:провед|реализ|исполн|выполн)"),
        (RESPONSIBLE, r"ответств|исполнител|^кто(?!\w)|^фио|^куратор\w{0,40}$|^отв(?!\w)|^организатор"),
        (RESULT, r"результат|^итог|вид\w{0,40} документ|подтвержда|отчетн|^выход|^продукт|форма (?:представлени|завершени|предъявл)|^документ|^(?:итогов\w{1,40} )?документ|ожидаем|планируем\w{1,40} (?:продукт|эффект)|^эффект"),
        (ACTIVITY, r"^этап\w{0,40}, ?меропр|наименовани\w{0,40} (?:\w{1,40} )?(?:мероприят|работ|действ|вопрос|дел)|^(?:\w{1,40} )?мероприяти[яей]|^вид\w{0,40} деятельн|^действ|^перечень (?:мероприят|работ|действ)|^что (?:делать|нужно)|^план деятельн|^наименование$|^тема|^деятельность|^шаги?$|^мероприят"),
        (STAGE, r"этап|раздел|направлени|блок|модул|задач"),
        (CONTENT, r"план\w{0,40} (?:мероприят|работ|действ)|^примерн\w{1,40} план"),
        (ACTIVITY, r"содержани\w{1,40} (?:деятельн|работ|мероприят)|^содержание|^вопросы|^дела$"),
        (CONTENT, r"содержани|описани|^форм[аы](?! наставн)|^механизм|^способ|^вид\w{0,40} работ|мероприят"),
    )
)  # fmt: skip


def role_of(text: str) -> str:
    """Tell the role a header's words claim, "" when they claim none."""
    folded = re.sub(r"\s+", " ", text.lower().replace("ё", "е")).strip(" *:.")
    folded = re.sub(r"(?<=[а-я])- (?=[а-я])", "", folded)
    if not folded or len(folded) > LONGEST_HEADER:
        return ""
    return next((role for role, pattern in SYNONYMS if pattern.search(folded)), "")


def period_label(text: str) -> str:
    """Give a header that is a month, a quarter, a half or a year as a term; "" for another one."""
    folded = re.sub(r"\s+", " ", text).strip(" .:")
    if not folded or len(folded) > len("сентябрь 2023-2024 учебный год"):
        return ""
    month = ROMAN_MONTHS.get(folded.lower().translate(str.maketrans("хі", "xi")))
    if month and not folded.isdigit():
        return MONTH_NAMES[month - 1]
    return folded if spans(normal(folded)) else ""
