"""Which cell of the book fills a field of a template, in the words of the book's own headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.book import requisites
from flows.domain.catalogue import record
from flows.domain.tabs import MENTEES, MENTORS, PAIRS, REGISTER, SETTINGS

if TYPE_CHECKING:
    from flows.domain.model import Facts

CARD = {
    "организация.полное": "Полное наименование", "организация.краткое": "Краткое наименование", "организация.название": "Полное наименование",
    "организация.город": "Город", "организация.учредитель": "Учредитель", "организация.адрес": requisites.ADDRESS, "организация.инн": requisites.TAXPAYER,
    "организация.огрн": requisites.REGISTERED, "организация.страница": requisites.PAGE, "руководитель.должность": "Должность руководителя",
    "руководитель": "ФИО руководителя", "куратор.должность": "Должность куратора", "куратор": "Куратор", "секретарь": requisites.SECRETARY,
    "исполнитель.телефон": requisites.PHONE, "исполнитель": requisites.PERFORMER, "учебный_год": "Учебный год", "замещает": requisites.DEPUTY,
    "выплаты.период": requisites.PAY_PERIOD, "выплаты.день": requisites.PAY_DAY, "получатель": requisites.RECIPIENT,
}  # fmt: skip
OWN = {"документ.номер": "Рег. №", "документ.дата": "Дата регистрации"}
OF_PAIR = {
    "группа": "Группа", "форма": "Форма", "вид": "Вид", "цель": "Цель", "задачи": "Задачи", "начало": "Дата начала", "окончание": "Дата окончания",
    "срок": "Дата окончания", "встреч_в_месяц": "Встреч в месяц", "доп_соглашение": "Доп. соглашение №", "доплата": "Доплата: правило или сумма",
}  # fmt: skip
OF_ANYBODY = {
    "им": "ФИО", "инициалы": "ФИО", "должность": "Должность", "стаж": "Стаж, лет", "стаж_словами": "Стаж, лет", "рождён": "Дата рождения",
    "представитель": "Законный представитель", "согласие_представителя": "Дата согласия представителя",
}  # fmt: skip
OF_MENTOR = OF_ANYBODY | {
    "категория": "Квалификационная категория", "предмет": "Предмет / группа", "сильные_стороны": "Чем готов помочь",
    "согласие": "Дата согласия быть наставником",
}  # fmt: skip
OF_MENTEE = OF_ANYBODY | {
    "запрос": "Запрос (что нужно)",
    "дефициты": "Дефициты",
    "согласие": "Дата согласия на участие",
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose record a field stands in: the code of a pair or a person, and the field's path from there."""

    code: str
    path: str


def cell_of(facts: Facts, kind: str, path: str, owner: Owner | None = None) -> str:
    """Say in words which cell fills a field of a kind's papers, "" for one that is reckoned or told elsewhere.

    `path` leads from the top of the context, points between its parts.
    """
    if path in OWN:
        return f"«{REGISTER}», столбец «{OWN[path]}», после подписания"
    if owner is not None and (said := _of_owner(facts, owner)):
        return said
    cited = record.of(kind).cites.get(path.partition(".")[0]) if kind in record.kinds() else None
    if cited:
        return f"«{REGISTER}»: номер и дата документа «{record.of(cited).title}», когда он подписан"
    named = next((told for name, told in CARD.items() if path == name or path.startswith(f"{name}.")), "")
    return f"«{SETTINGS}», строка «{named}»" if named else ""


def _of_owner(facts: Facts, owner: Owner) -> str:
    field = owner.path.partition(".")[0]
    person, pair = facts.people.get(owner.code), next((each for each in facts.pairs if owner.code in {each.code, *each.codes}), None)  # fmt: skip
    if person is not None:
        columns, tab = (OF_MENTOR, MENTORS) if person.role == "mentor" else (OF_MENTEE, MENTEES)
        row = person.origin.row
    elif pair is not None:
        columns, tab, row = OF_PAIR, PAIRS, pair.origin.row
    else:
        return ""
    column = columns.get(field, "")
    return f"«{tab}», строка {row}, столбец «{column}»" if column else ""
