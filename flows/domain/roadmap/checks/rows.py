"""What is wrong inside single rows: numbers, empty cells, foreign words, torn and misspelt text, papers not named (domain §6)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.called_for import kinds_for
from flows.domain.model import Problem, Severity
from flows.domain.roadmap.checks.spelling import misspelled
from flows.domain.roadmap.checks.view import Plan, finding, neighbours, text_of
from flows.domain.roadmap.responsible import only_initials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Activity

__all__ = ["KINDERGARTEN", "ROW_CHECKS"]

NUMBER, TERM, RESPONSIBLE, RESULT = "№ п/п", "Срок", "Ответственный", "Результат"
KINDERGARTEN = re.compile(r"детск\w+ сад|ДОУ|дошкольн|ЦРР", re.IGNORECASE)
SCHOOL = re.compile(r"(?<!\w)(?:СОШ|ООШ|НОШ|школ[аыеу]|гимнази[яи]|лице[йя])(?!\w)", re.IGNORECASE)
SHORTENED = r"(?:(?<!\w)М[А-ЯЁ]{2,5}|(?<!\w)Г[А-ЯЁ]{2,5}|СОШ|ООШ|ДОУ|д/с|детск\w+ сад\w*|школ\w+)\s*№\s*(\d+)"
CUT = re.compile(r"(?:\s(?:и|в|по|на|с|о|для)|\((?:[^()]*\s)?(?:и|в|по|на|с|о|для))\.?$", re.IGNORECASE)
STRAY = re.compile(r"(?:^|\s)[\\|~^]+(?=\s|$)|\[bookmark|\*\*")
NORM = re.compile(r"не (?:реже|менее|позднее) .{0,30}(?:раз|час|дн|встреч)|ежемесячно|еженедельно", re.IGNORECASE)
UNNAMED = re.compile(r"локальн\w+ (?:нормативн\w+ )?(?:правов\w+ )?акт|пакет\w* (?:\w+ )?(?:нормативн|локальн|документ|правов)|нормативн\w+ документ", re.IGNORECASE)
SHOWN = re.compile(r"размещени\w+ [^.;\n]*", re.IGNORECASE)
CONDITION = re.compile(r"при (?:необходимости|наличии|возможности)|по (?:возможности|необходимости)", re.IGNORECASE)
EACH_MEETING = re.compile(r"кажд\w+ встреч|после каждой|обязательн\w+ заполнени\w+ (?:форм|бланк|лист|дневник)\w*", re.IGNORECASE)
MAKING = re.compile(r"^\W*(?:разработ|подготов|утвержд|издан|создан|формирован|принят|обеспеч|создать|разработать|подготовить)\w*", re.IGNORECASE)
NAMED_PAPERS = (("положени", "regulation"), ("дорожн", "roadmap"), ("программ", "program.org"))
MANY_KINDS, MANY_AUTHORS = 3, re.compile(r"(?:педагоги-)?наставники(?!\w)|руководители (?:ОО|ОУ|школ)", re.IGNORECASE)


def duplicate_numbers(plan: Plan) -> Iterator[Problem]:
    """Find a number that comes again in a row of its own."""
    seen: Counter[str] = Counter()
    numbers = [each.number.rstrip(".)") for each in plan.activities]
    nested = any("." in number for number in numbers)
    last = ("", "")
    for each, number in zip(plan.activities, numbers, strict=True):
        of_stage = not nested and bool(each.stage) and (number, each.stage) == last
        last = (number, each.stage)
        repeated = plan.fact(each, "merged-number") or not number or of_stage or (nested and "." not in number)
        seen[number] += not repeated
        if not repeated and seen[number] > 1:
            yield finding(each, Severity.QUESTION, "duplicate-number", f"Номер {number} в плане уже был, на него нельзя однозначно сослаться. Исправьте номер в дорожной карте или подтвердите, что строки разные.", column=NUMBER)


def number_gaps(plan: Plan) -> Iterator[Problem]:
    """Find a whole block that is left out: 2, then 4."""
    last = 0
    for each in plan.activities:
        lead = re.match(r"\d+", each.number)
        block = int(lead[0]) if lead else last
        if (last and block == last + 2) or (last and last + 2 < block <= last * 3):
            yield finding(each, Severity.NOTE, "number-gap", f"После номера {last} идёт {block}. Проверьте, не пропал ли раздел или строка при копировании.", column=NUMBER)
        last = max(last, block)


def empty_responsible(plan: Plan) -> Iterator[Problem]:
    """Ask who answers when the cell is empty."""
    if "responsible" not in plan.columns:
        return
    for above, each, below in neighbours(plan):
        if not each.printed_responsible.strip() and each.activity:
            near = next((other.printed_responsible for other in (above, below) if other and other.printed_responsible), "")
            yield finding(each, Severity.QUESTION, "empty-responsible", "Ответственный не указан, поэтому некому напоминать о сроке. Впишите должность или фамилию с инициалами.", near, RESPONSIBLE)


def empty_results(plan: Plan) -> Iterator[Problem]:
    """Ask what paper a row leaves behind."""
    if "result" not in plan.columns:
        return
    for each in plan.activities:
        if not each.result.strip():
            yield finding(each, Severity.QUESTION, "empty-result", "Результат не указан, поэтому неясно, какой документ нужен. Впишите вид документа или «не готовить».", column=RESULT)


def missing_columns(plan: Plan) -> Iterator[Problem]:
    """Say which of the usual columns a roadmap does not have."""
    for role, name in (("term", TERM), ("responsible", RESPONSIBLE), ("result", RESULT)):
        if role not in plan.columns and plan.activities:
            yield Problem(Severity.NOTE, f"no-{role}-column", replace(plan.activities[0].origin, row=0, column=name), f"В дорожной карте нет столбца «{name}». Добавьте его в рабочей книге, если он нужен.")


def foreign_words(plan: Plan) -> Iterator[Problem]:
    """Find a word of another kind of school: «лицей» or a school's conference in a kindergarten, «ДОУ» in a school."""
    if KINDERGARTEN.search(plan.heading):
        foreign, whose = r"лице[йюея]\w*|гимнази\w+|школьн\w+ конференци\w+|(?<!\w)(?:СОШ|ООШ)(?!\w)|школьник\w*|классн\w+ руководител\w+", "детского сада"
    elif SCHOOL.search(plan.document.organisation):
        foreign, whose = r"(?<!\w)(?:МБ|МА|МК|М)?ДОУ(?!\w)|детск\w+ сад\w*|старш\w+ воспитател\w+", "школы"
    else:
        return
    for each in plan.activities:
        found = re.search(foreign, text_of(each), re.IGNORECASE)
        if found:
            yield finding(each, Severity.QUESTION, "foreign-word", f"В плане {whose} стоит «{found[0]}»: похоже, строка взята из чужого документа. Исправьте слово в дорожной карте.")


def foreign_organisations(plan: Plan) -> Iterator[Problem]:
    """Find the number of another kindergarten or school."""
    own = set(re.findall(SHORTENED, plan.heading))
    if len(own) != 1:
        return
    for each in plan.activities:
        other = next((number for number in re.findall(SHORTENED, text_of(each)) if number not in own), "")
        if other:
            yield finding(each, Severity.QUESTION, "foreign-organisation", f"В строке названа организация № {other}, а план составлен для № {next(iter(own))}. Проверьте, не взята ли строка из чужого плана.")


def cut_sentences(plan: Plan) -> Iterator[Problem]:
    """Find cells that break off in the middle of a sentence."""
    for each in plan.activities:
        cells = ((each.activity, ""), (each.content, "Содержание"), (each.result, RESULT))
        for cell, column in cells:
            if CUT.search(cell.strip()):
                yield finding(each, Severity.NOTE, "cut-sentence", "Текст в ячейке обрывается на полуслове. Сверьте его с исходным документом и допишите.", column=column)


def torn_rows(plan: Plan) -> Iterator[Problem]:
    """Note a row that a page break had torn and that was read as one."""
    for each in plan.activities:
        if plan.fact(each, "joined"):
            yield finding(each, Severity.NOTE, "joined-row", "Строка была разорвана границей страницы, её части соединены. Проверьте, что они от одного мероприятия.")


def word_junk(plan: Plan) -> Iterator[Problem]:
    """Note marks of Word's own that a copied text carried and that were left out."""
    if "word-junk" in plan.document.notes and plan.activities:
        yield Problem(Severity.NOTE, "word-junk", replace(plan.activities[0].origin, row=0, column=""), "В файле остались служебные пометки Word (закладки, звёздочки жирного шрифта). При чтении они пропущены, остальной текст сохранён.")


def flattened(plan: Plan) -> Iterator[Problem]:
    """Ask to look at a table that was put together again from plain lines."""
    if "flattened" in plan.document.notes and plan.activities:
        yield Problem(Severity.QUESTION, "flattened", replace(plan.activities[0].origin, row=0, column=""), "В файле нет таблицы, только её текст: столбцы восстановлены по порядку слов. Сверьте строки с документом или передайте исходный файл Word.")


def stray_marks(plan: Plan) -> Iterator[Problem]:
    """Note signs that mean nothing: a lone backslash, marks left by an editor."""
    for each in plan.activities:
        if STRAY.search(text_of(each)):
            yield finding(each, Severity.NOTE, "stray-mark", "В тексте остался лишний знак. Он сохранён, уберите его в дорожной карте.")


def broken_quotes(plan: Plan) -> Iterator[Problem]:
    """Note brackets and quotation marks without a pair, and straight quotation marks."""
    for each in plan.activities:
        text = text_of(each)
        listed = re.sub(r"(?m)^\s*(?:\d{1,2}|[а-я])\)", " ", text)
        if text.count("«") != text.count("»") or listed.count("(") != listed.count(")"):
            yield finding(each, Severity.NOTE, "broken-quotes", "Кавычка или скобка не закрыта. Текст сохранён как есть, поправьте его в дорожной карте.")
        elif '"' in text:
            yield finding(each, Severity.NOTE, "straight-quotes", "В тексте прямые кавычки; в документах принято ставить «ёлочки».")


def misspelt_words(plan: Plan) -> Iterator[Problem]:
    """Note a misspelt word of the trade; the text stays as printed."""
    for each in plan.activities:
        word = misspelled(text_of(each))
        if word:
            yield finding(each, Severity.NOTE, "typo", f"Похоже на опечатку: «{word}». Текст оставлен как есть.")


def leaked_terms(plan: Plan) -> Iterator[Problem]:
    """Find a term that slipped into the text: the cell ends with the words of the term column."""
    for each in plan.activities:
        printed = each.printed_term.strip().lower()
        if printed and any(cell.strip().lower().endswith(f" {printed}") for cell in (each.activity, each.content)):
            yield finding(each, Severity.NOTE, "leaked-term", "В конец текста попал срок из соседнего столбца. Уберите его из текста.")


def papers_not_named(plan: Plan) -> Iterator[Problem]:
    """Ask what stands behind «локальные акты»; note a norm in place of a paper, and a row without any."""
    for each in plan.activities:
        told = each.result or each.content or each.activity
        if UNNAMED.search(SHOWN.sub("", each.result or each.content)):
            yield finding(each, Severity.QUESTION, "unnamed-papers", "Сказано о пакете или локальных актах, но не сказано каких. Выберите виды документов в столбце «Готовить документ».", column=RESULT)
        elif NORM.search(each.result):
            yield finding(each, Severity.NOTE, "norm-not-paper", "В столбце результата стоит правило, а не документ. Оно учитывается при проверке встреч.", column=RESULT)
        elif not each.documents and told.strip() and (each.result.strip() or "result" not in plan.columns):
            yield finding(each, Severity.NOTE, "no-paper", "Документа эта строка не требует: её выполнение отмечается в столбце «Статус».", column=RESULT)


def many_kinds(plan: Plan) -> Iterator[Problem]:
    """Note a row that calls for several papers at once."""
    for each in plan.activities:
        if len(each.documents) >= MANY_KINDS:
            yield finding(each, Severity.NOTE, "many-kinds", f"Строка требует сразу нескольких документов ({len(each.documents)}). Проверьте список в столбце «Готовить документ».")
        if EACH_MEETING.search(text_of(each)):
            yield finding(each, Severity.NOTE, "each-meeting", "Форма заполняется после каждой встречи: она готовится по вкладке «Встречи», а не один раз.")


def conditions(plan: Plan) -> Iterator[Problem]:
    """Note a paper that is needed only under a condition."""
    for each in plan.activities:
        found = CONDITION.search(text_of(each))
        if found:
            yield finding(each, Severity.NOTE, "conditional", f"В строке есть условие «{found[0]}»: документ нужен не всегда. Отметьте «не готовить», если условие не выполнено.")


def action_result_differ(plan: Plan) -> Iterator[Problem]:
    """Find an action and a result that speak of different papers."""
    for each in plan.activities:
        develops = "order.develop" in each.documents and "карт" in each.result.lower() and "карт" not in each.activity.lower()
        decides = "order.monitoring" in each.documents and "note.monitoring" in each.documents and "рекомендаци" in each.activity.lower()
        if develops or decides:
            yield finding(each, Severity.QUESTION, "action-result-differ", "Мероприятие и результат говорят о разных документах. Уточните, какой документ нужен.", column=RESULT)
        missing = _left_out(each)
        if missing:
            yield finding(each, Severity.QUESTION, "paper-left-out", "Мероприятие называет документ, которого нет в столбце результата. Уточните, нужен ли он.", missing, RESULT)


def _left_out(each: Activity) -> str:
    """Return the papers that an action makes and its result forgets; a bare «Приказ» is about them all."""
    if not MAKING.match(each.activity) or not each.result or not each.documents or len(set(each.documents) & {kind for _, kind in NAMED_PAPERS}) == 0:
        return ""
    named = [word for word, kind in NAMED_PAPERS if re.search(rf"(?:^|[«»\",\n]\s*|разработк\w+ |утверждени\w+ |подготовк\w+ ){word}", each.activity, re.IGNORECASE) and kind not in kinds_for(each.result)]
    return "; ".join(re.search(rf"{word}\w*(?: карт\w*| наставничества)?", each.activity, re.IGNORECASE)[0] for word in named)  # type: ignore[index]


def order_or_directive(plan: Plan) -> Iterator[Problem]:
    """Ask which of two acts is meant: «распоряжением» in the action, «приказ» in the result."""
    for each in plan.activities:
        if re.search(r"распоряжени", each.activity, re.IGNORECASE) and re.search(r"приказ", each.result, re.IGNORECASE):
            yield finding(each, Severity.QUESTION, "order-or-directive", "В мероприятии назван один вид акта, в результате другой: распоряжение и приказ. Выберите, что издаёт ваша организация.", column=RESULT)


def dates_in_results(plan: Plan) -> Iterator[Problem]:
    """Note an address or a day that stands in the result, not in the term."""
    for each in plan.activities:
        if re.search(r"https?://|www\.|\d{1,2}\.\d{2}\.\d{4}", each.result) and "site.page" in each.documents:
            yield finding(each, Severity.NOTE, "date-in-result", "В результате записаны день или адрес страницы. Они сохранены, срок строки от них не зависит.", column=RESULT)


def many_authors(plan: Plan) -> Iterator[Problem]:
    """Note a monitoring note for which a whole group answers: one note is made from many reports."""
    for each in plan.activities:
        if {"note.monitoring", "report.final"} & set(each.documents) and any(MANY_AUTHORS.fullmatch(party.strip()) for party in each.responsible):
            yield finding(each, Severity.NOTE, "many-authors", "За одну справку отвечает целая группа. Справка готовится одна, по отчётам каждого.", column=RESPONSIBLE)


def initials_only(plan: Plan) -> Iterator[Problem]:
    """Ask for full names once: initials tell no gender, so a name cannot be put into another case."""
    each = next((each for each in plan.activities if only_initials(each.printed_responsible)), None)
    if each:
        yield finding(each, Severity.QUESTION, "initials-only", "Ответственные записаны фамилией с инициалами: по ним не видно пола, и в приказе фамилию не просклонять. Внесите полные имена на вкладки участников или в «Склонения».", column=RESPONSIBLE)


ROW_CHECKS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    duplicate_numbers, number_gaps, empty_responsible, empty_results, missing_columns, foreign_words, foreign_organisations, cut_sentences,
    torn_rows, word_junk, flattened, stray_marks, broken_quotes, misspelt_words, leaked_terms, papers_not_named, many_kinds, conditions, action_result_differ,
    order_or_directive, dates_in_results, many_authors, initials_only,
)  # fmt: skip
