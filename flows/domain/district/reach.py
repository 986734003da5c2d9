"""How a district reaches the book of an organisation: the word of the column «⚙ Доступ», what it means and how to mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCESS: Final = "⚙ Доступ"
CODE: Final = "Код ОО"
LINK: Final = "Ссылка на книгу"


class Reach(StrEnum):
    """What became of the last try; `OPEN` is the only one by which data came."""

    OPEN = "есть"
    NOWHERE = "нет организации"
    UNFINISHED = "не заведена до конца"
    ODD = "ссылка не читается"
    ELSEWHERE = "в другом хранилище"
    FILE = "по ссылке не книга"
    LOOP = "ярлык по кругу"
    OWN = "книга самого района"
    DISTRICT = "книга другого района"
    OTHER = "книга другой организации"
    TWICE = "книга второй раз"
    TAKEN = "в другом районе"
    HIDDEN = "нет доступа"
    BINNED = "в корзине"
    NEWER = "новее программы"
    BROKEN = "книга не читается"
    BUSY = "занята"
    FAULT = "ошибка"


# What is said of each, after whose book it is: what is wrong, and how to mend it.
SAID: Mapping[Reach, str] = {
    Reach.NOWHERE: "такой организации в рабочей папке нет, а ссылки на её книгу в строке нет. Исправьте код, заведите организацию (nastavnik init) или впишите ссылку",
    Reach.UNFINISHED: "организацию начали заводить и не закончили. Повторите nastavnik init с её кодом",
    Reach.ODD: "в ячейке не адрес книги или папки. Откройте книгу организации, скопируйте адрес целиком и впишите его; организации этой же рабочей папки ссылка не нужна",
    Reach.ELSEWHERE: "книга лежит не там, где ведётся район: отсюда её не прочитать. Район и организации ведут в одном месте – в одной рабочей папке или в Google",
    Reach.FILE: "по ссылке лежит не книга организации. Впишите адрес её рабочей книги или её папки",
    Reach.LOOP: "по ссылке ярлык, который ведёт на ярлык. Впишите адрес самой книги",
    Reach.OWN: "это книга самого района: из неё собирать нечего. Впишите код и адрес организации",
    Reach.DISTRICT: "это книга района, а не организации. Впишите адрес книги организации",
    Reach.OTHER: "это книга другой организации: её код другой. Впишите её адрес или исправьте код",
    Reach.TWICE: "книга та же, что в строке выше. Данные берутся один раз, по верхней; исправьте адрес или удалите строку",
    Reach.TAKEN: "организация состоит в другом районе: в её дорожной карте его строки. Снимите галочку «Участвует» или пусть тот район отметит, что организация вышла",
    Reach.HIDDEN: "книга не открывается: её удалили, или к ней нет доступа. Попросите организацию открыть её программе («Редактор») или впишите новый адрес",
    Reach.BINNED: "книга или её папка лежит в корзине. Попросите организацию вернуть её оттуда",
    Reach.NEWER: "книгу сделала более новая версия программы. Обновите программу района",
    Reach.BROKEN: "книгу не прочитать: в ней нет нужных вкладок или они испорчены. Пусть организация выполнит nastavnik check и исправит названное",
    Reach.BUSY: "книга занята или хранилище не отвечает. Повторите nastavnik municipality позже",
    Reach.FAULT: "книгу не удалось прочитать. Подробности покажет nastavnik check с кодом организации",
}


def sentence(reach: Reach) -> str:
    """Say why an organisation's data did not come, and how to mend it; it names nobody."""
    told = SAID[reach]
    return f"Данные не собраны: {told}."


def read(text: str) -> Reach | None:
    """Read the column; nothing where it is empty or holds another word."""
    return next((each for each in Reach if each.value == text.strip()), None)
