"""The words schools write above a column, and the part each column plays (workbook A3).

A header is read by its head: the first noun that is known, adjectives before it passed over («ожидаемые результаты»);
some nouns only lead to the next one («наименование этапа»). Broken, cut and misread words are known by likeness.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flows.domain.roadmap.header_spelling import folded, near, words_of
from flows.domain.terms.grammar import spans
from flows.domain.terms.words import normal
from flows.russian.late import late

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
    "is_edge",
    "of_one_work",
    "period_label",
    "role_of",
    "spare_role",
]

NUMBER, STAGE, ACTIVITY, CONTENT = "number", "stage", "activity", "content"
TERM, RESPONSIBLE, RESULT = "term", "responsible", "result"
START, END, OTHER = "start", "end", "other"
NAMING, SORT, ASKED = "naming", "sort", "asked"
LONGEST_HEADER, MOST_WORDS = 100, 14
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
NUMERO = late(
    r"(?:№|#|номер|пункт(?![а-я])(?: плана?)?$|n(?![а-яa-z])|[nн]?[nн][ºo°sъb](?![а-я])|j[nv][s°b]?(?![а-яa-z])|л[ъь](?![а-я])|.{0,4}[nпрл] ?[/\\|.] ?[nп](?!\w))"
)
NUMERO_OF = late(r"(?:№|n) ?(?:приказ|протокол|кабинет|групп|класс|документ)")
# A stem of each noun that heads a header; the first of several that fit wins only where no longer one does.
HEADS: dict[str, str] = {
    stem: role
    for role, stems in {
        TERM: "срок дата дату даты датой дат_ период время времен месяц график календар квартал год_ года_ годы_ недел четверт полугод дедлайн когда число_ числа_ дни_ день_ продолжительн",
        RESPONSIBLE: "ответственн ответсв отв_ исполнител соисполнител организатор координатор куратор ведущ фио_ ф.и.о кем_ проводящ руководител_ руководители_ модератор докладчик персонал_",
        RESULT: "результат итог выход продукт отчет документ подтверждающ эффект отражени фиксаци достижени_ подведени решени_ вывод",
        ACTIVITY: "мероприят действи деятельн дело_ дела_ дел_ тема_ темы_ тему_ тем_ тематик шаг_ шаги_ шага_ событи активност задани заняти работ меропр_ мер_ меры_ акци_",
        STAGE: "этап раздел направлени блок_ блоки_ блока_ модул задач фаза_ фазы_ стади",
        CONTENT: "пути_ описани методы_ метод_ пояснени подробн",
        OTHER: "отметк примечан статус состояни место_ места_ участник участн категори аудитори группа_ группы_ групп_ показател индикатор критери единиц ед_ источник финанс бюджет ресурс контроль контроля_ контролиру класс_ классы_ класса_ класс возраст охват цель_ цели_ целевы целевая_ количеств кол_ объем факт_ факти выполнен исполнени исполнено_ наставник наставляем партнер оборудовани литератур материал подпис оценк часы_ часов_ час_ ссылк комментари риск основани адресат контингент стоимост сумм уровен уровн должност педагог где_ зачем_ почему_ кого_ кому_ взаимодейств трудност проблем повтор присутств приглаш обеспечени норматив_ нормативн",
        NAMING: "наименован назван перечен список_ формулиров краткое_ содержан план_ плана_ планы_",
        SORT: "вид_ виды_ вида_ видов_ форма_ формы_ форм_ форму_ формат тип_ типы_ способ механизм",
        ASKED: "вопросы вопросов",
        START: "начал",
        END: "окончан конец_ конца_ завершени",
    }.items()
    for stem in stems.split()
}
STEMS = tuple(stem for stem in HEADS if not stem.endswith("_"))
ASKING = {"кто", "что", "чем", "как"}
LITTLE = frozenset(("на", "в", "во", "к", "ко", "до", "по", "о", "об", "за", "от", "и", "или", "а", "с", "со", "для", "при", "п", "пп", "г", "гг"))  # fmt: skip
ADJECTIVE = late(r"[а-я]{2,30}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ого|его|ому|ую|ым|им|ными?|ыми|ими)")
PROMISED = late(r"ожидаем|планируем|прогнозируем|предполагаем|отчетн|итогов|конечн|подтвержда|желаем")
NEUTRAL = late(
    r"ожидаем|планируем|предполагаем|примерн|основн|запланирован|конкретн|намечен|календарн|планов|предстоящ|проводим|данн"
)
ENDS_WELL = late(r"получ|будет|итог|результ|остан|вый?д|подтверд|закон|заверш|готов(?!им)|ждем")
OWN_FORM = late(r"представл|заверш|предъявл|отче|результ|докум|итог|подтвержд|фикс")
TO_BE_SEEN = late(r"контролир|провер|участв|присутств|приглаш|посещ|учит|обуч|слуш")
WORKS = {"работ", "мероприят", "деятельн", "заняти", "действи"}
DONE_ON = frozenset(("дата", "дату", "даты", "датой", "дат_", "время", "времен", "день_"))
DUE = late(r"выполнен|исполнен")
NOT_DUE = late(r"отчет|факт|выполнен|исполнения$|рожд|прием|принят|аттестац|выдач|утвержд|регистрац|договор")
WEEK = late(r"(?:\d|[ivх]{1,3}|перв|втор|трет|четв|пят)[а-я-]{0,8} недел")
MARKED = late(r"отметк|примеч|статус|участник|место|мест |выполн|исполн|подпис|класс|возраст|кто|где|⚙")
EDGES = (
    (START, late(r"(?:дата |срок |день )?(?:начал\w{0,10}|с|от)(?: (?:реализ|работ|мероп|исполн|провед|выполн)\w{0,15})?")),
    (END, late(r"(?:дата |срок |день )?(?:окончан\w{0,10}|заверш\w{0,10}|кон(?:ец|ца|чани\w)|по|до)(?: (?:реализ|работ|мероп|исполн|провед|выполн)\w{0,15})?")),
)  # fmt: skip


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """Tell the role a header's words claim, "" when they claim none."""
    said = folded(text)
    if not said or len(said) > LONGEST_HEADER:
        return ""
    if "⚙" in said:
        return OTHER
    edge = is_edge(text)
    if edge:
        return edge
    if NUMERO.match(said) and not NUMERO_OF.match(said):
        return NUMBER
    if re.match(r"готовить документ|подтверждение$", said):
        return OTHER
    cut = "." if text.rstrip(" *:").endswith(".") else ""
    return _role(words_of(re.sub(r"(?<=[а-я])- (?=[а-я])", "", said) + cut))


def is_edge(text: str) -> str:
    """Tell a column of beginnings or of ends, "" for any other one."""
    said = folded(text)
    return next((role for role, words in EDGES if words.fullmatch(said)), "")


def spare_role(text: str) -> str:
    """Tell the role that a column may take where no other claims it: «дата выполнения» is a term unless «срок» stands beside it."""
    said = folded(text)
    if role_of(text) != OTHER:
        return ""
    if re.match(r"(?:\w{1,20} )?(?:дата|время|срок|место и (?:время|дата|срок))", said):
        return TERM
    if re.match(r"подтверждени", said):
        return RESULT
    return ACTIVITY if re.search(r"вопросы", said) else ""


def of_one_work(text: str) -> bool:
    """Tell a header that may name one kind of work («работа с родителями»), not what its cells are («мероприятие»)."""
    role, said = role_of(text), folded(text)
    if role == TERM:
        return bool(WEEK.match(said))
    if role in {"", OTHER}:
        return bool(said) and not MARKED.match(said)
    if role not in {ACTIVITY, CONTENT, STAGE}:
        return False
    words = words_of(said)
    heads = [at for at, word in enumerate(words) if _stem(word) in WORKS]
    first = next((at for at, word in enumerate(words) if _stem(word)), -1)
    if not heads or heads[0] != first:
        return False
    own = [word for word in words[: heads[0]] if not NEUTRAL.match(word)]
    return bool(own) or bool(
        re.match(r"(?:с|со|по|для|над) (?!наставничеств|реализ|внедр)", " ".join(words[heads[0] + 1 :]))
    )


def period_label(text: str) -> str:
    """Give a header that is a month, a quarter, a half or a year as a term; "" for another one."""
    said = re.sub(r"\s+", " ", text).strip(" .:")
    if not said or len(said) > len("сентябрь 2023-2024 учебный год"):
        return ""
    month = ROMAN_MONTHS.get(said.lower().translate(str.maketrans("хіу", "xiv")))
    if month and not said.isdigit():
        return MONTH_NAMES[month - 1]
    return said if spans(normal(said)) else ""


def _role(words: tuple[str, ...]) -> str:
    if len(words) > MOST_WORDS:
        return ""
    promised = False
    for at, word in enumerate(words):
        rest = words[at + 1 :]
        if word in ASKING:
            return _asking(word, " ".join(rest))
        broken = bool(rest) and word not in LITTLE and not ADJECTIVE.fullmatch(word)
        stem = _stem(word) or (_stem(word + rest[0]) if broken else "")
        if stem:
            return _of_head(stem, words[at - 1] if at else "", rest)
        promised = promised or bool(PROMISED.match(word))
        if word not in LITTLE and not ADJECTIVE.fullmatch(word) and not word.endswith("."):
            break
    return RESULT if promised else ""


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    plain = word.rstrip(".")
    if f"{plain}_" in HEADS:
        return f"{plain}_"
    if plain in LITTLE or plain in ASKING:
        return ""
    if ADJECTIVE.fullmatch(plain) and (
        PROMISED.match(plain) or NEUTRAL.match(plain) or plain.startswith("контрольн")
    ):
        return ""
    return near(word, STEMS)


def _asking(word: str, rest: str) -> str:
    """Read a header in plain words: «Кто», «Что делаем», «Чем подтверждается»."""
    if word == "кто":
        return OTHER if TO_BE_SEEN.match(rest) else RESPONSIBLE
    if word == "что":
        return RESULT if ENDS_WELL.search(rest) else ACTIVITY
    if word == "чем" and rest.startswith("заним"):
        return ACTIVITY
    return RESULT if word == "чем" or ENDS_WELL.search(rest) or TO_BE_SEEN.match(rest) else CONTENT


def _of_head(stem: str, before: str, rest: tuple[str, ...]) -> str:  # noqa: PLR0911 - one line for each sort of head
    role, said = HEADS[stem], " ".join(rest)
    after = next((HEADS[own] for word in rest if (own := _stem(word))), "")
    if before in {"с", "для", "у"} and role == RESPONSIBLE:
        return OTHER
    if role == NAMING:
        return _named(stem, after, rest)
    if role == SORT:
        return _sorted(stem, after, said)
    if role == ASKED:
        return OTHER if before and ADJECTIVE.fullmatch(before) else ACTIVITY
    if role == STAGE:
        return ACTIVITY if re.match(r"(?:и |мероприят)", said) and after == ACTIVITY else STAGE
    if role == TERM:
        return OTHER if NOT_DUE.match(said) and not (stem not in DONE_ON and DUE.match(said)) else TERM
    if stem == "материал" and PROMISED.match(before):
        return RESULT
    if role == OTHER and stem == "должност":
        return RESPONSIBLE if after == RESPONSIBLE else OTHER
    if stem == "работ" and re.match(r"(?:с|со|по|над) ", said):
        return ""
    return role


def _named(stem: str, after: str, rest: tuple[str, ...]) -> str:
    said = " ".join(rest)
    if stem.startswith("план"):
        return ACTIVITY if not rest or said.startswith("деятельн") else CONTENT
    if stem == "содержан":
        return CONTENT if re.search(r"план\w{0,3} (?:мероприят|работ|действ)", said) else ACTIVITY
    return after if after in {STAGE, RESULT, OTHER, RESPONSIBLE, TERM, CONTENT} else ACTIVITY


def _sorted(stem: str, after: str, said: str) -> str:
    if OWN_FORM.match(said) or after == RESULT:
        return RESULT
    if after == OTHER or said.startswith("наставн"):
        return OTHER
    if stem.startswith(("вид", "тип")):
        return ACTIVITY if said.startswith(("деятельн", "мероприят")) else CONTENT
    return CONTENT
