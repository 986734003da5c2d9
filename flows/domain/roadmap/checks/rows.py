"""What is wrong inside single rows: numbers, empty cells, foreign words, torn and misspelt text (domain §6)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Severity
from flows.domain.organisation import KINDERGARTEN
from flows.domain.roadmap.checks.spelling import misspelled
from flows.domain.roadmap.checks.view import RoadmapView, finding, neighbours, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["ROW_CHECKS"]

NUMBER, TERM, RESPONSIBLE, RESULT = "№ п/п", "Срок", "Ответственный", "Результат"
SCHOOL = re.compile(r"(?<!\w)(?:СОШ|ООШ|НОШ|школ[аыеу]|гимнази[яи]|лице[йя])(?!\w)", re.IGNORECASE)
SHORTENED = r"(?:(?<!\w)М[А-ЯЁ]{2,5}|(?<!\w)Г[А-ЯЁ]{2,5}|СОШ|ООШ|ДОУ|д/с|детск\w{1,40} сад\w{0,40}|школ\w{1,40})\s*№\s*(\d+)"
CUT = re.compile(r"(?:\s(?:и|в|по|на|с|о|для)|\((?:[^()]*\s)?(?:и|в|по|на|с|о|для))\.?$", re.IGNORECASE)
FOREIGN_TO_KINDERGARTEN = re.compile(
    r"лице[йюея]\w{0,40}|гимнази\w{1,40}|(?<!до)школьн\w{1,40} конференци\w{1,40}|(?<!\w)(?:СОШ|ООШ)(?!\w)|(?<!до)школьник\w{0,40}|классн\w{1,40} руководител\w{1,40}",
    re.IGNORECASE,
)
FOREIGN_TO_SCHOOL = re.compile(
    r"(?<!\w)(?:МБ|МА|МК|М)?ДОУ(?!\w)|детск\w{1,40} сад\w{0,40}|старш\w{1,40} воспитател\w{1,40}",
    re.IGNORECASE,
)
STRAY = re.compile(r"(?:^|\s)[\\|~^]+(?=\s|$)|\[bookmark|\*\*")


def duplicate_numbers(plan: RoadmapView) -> Iterator[Problem]:
    """Find a number that comes again in a row of its own; a plain list may begin anew under each stage."""
    seen: Counter[str] = Counter()
    numbers = [each.number.rstrip(".)") for each in plan.activities]
    nested = any("." in number for number in numbers)
    last = ("", "")
    for each, number in zip(plan.activities, numbers, strict=True):
        of_stage = not nested and bool(each.stage) and (number, each.stage) == last
        if not nested and number == "1" and each.stage and each.stage != last[1]:
            seen.clear()
        last = (number, each.stage)
        repeated = (
            plan.fact(each, "merged-number") or not number or of_stage or (nested and "." not in number)
        )
        seen[number] += not repeated
        if not repeated and seen[number] > 1:
            yield finding(
                each,
                Severity.QUESTION,
                "duplicate-number",
                f"Номер {number} в плане уже был, на него нельзя однозначно сослаться. Исправьте номер в дорожной карте или подтвердите, что строки разные.",
                column=NUMBER,
            )


def number_gaps(plan: RoadmapView) -> Iterator[Problem]:
    """Find a whole block that is left out: 2, then 4."""
    last = 0
    for each in plan.activities:
        lead = re.match(r"\d+", each.number)
        block = int(lead[0]) if lead else last
        if (last and block == last + 2) or (last and last + 2 < block <= last * 3):
            yield finding(
                each,
                Severity.NOTE,
                "number-gap",
                f"После номера {last} идёт {block}. Проверьте, не пропал ли раздел или строка при копировании.",
                column=NUMBER,
            )
        last = max(last, block)


def empty_responsible(plan: RoadmapView) -> Iterator[Problem]:
    """Ask who answers when the cell is empty."""
    if "responsible" not in plan.columns:
        return
    for above, each, below in neighbours(plan):
        if not each.printed_responsible.strip() and each.activity:
            near = next(
                (
                    other.printed_responsible
                    for other in (above, below)
                    if other and other.printed_responsible
                ),
                "",
            )
            yield finding(
                each,
                Severity.QUESTION,
                "empty-responsible",
                "Ответственный не указан, поэтому некому напоминать о сроке. Впишите должность или фамилию с инициалами.",
                near,
                RESPONSIBLE,
            )


def empty_results(plan: RoadmapView) -> Iterator[Problem]:
    """Ask what paper a row leaves behind."""
    if "result" not in plan.columns:
        return
    for each in plan.activities:
        if not each.result.strip() and not plan.chosen(each):
            yield finding(
                each,
                Severity.QUESTION,
                "empty-result",
                "Результат не указан, поэтому неясно, какой документ нужен. Впишите вид документа или «не готовить».",
                column=RESULT,
            )


def missing_columns(plan: RoadmapView) -> Iterator[Problem]:
    """Say which of the usual columns a roadmap does not have."""
    for role, name in (("term", TERM), ("responsible", RESPONSIBLE), ("result", RESULT)):
        if role not in plan.columns and plan.activities:
            origin = replace(plan.activities[0].origin, row=0, column=name)
            message = f"В дорожной карте нет столбца «{name}». Добавьте его в рабочей книге, если он нужен."
            yield Problem(Severity.NOTE, f"no-{role}-column", origin, message)


def foreign_words(plan: RoadmapView) -> Iterator[Problem]:
    """Find a word of another kind of school: «лицей» or a school's conference in a kindergarten, «ДОУ» in a school."""
    if KINDERGARTEN.search(plan.heading):
        foreign, whose = FOREIGN_TO_KINDERGARTEN, "детского сада"
    elif SCHOOL.search(plan.document.organisation):
        foreign, whose = FOREIGN_TO_SCHOOL, "школы"
    else:
        return
    for each in plan.activities:
        found = foreign.search(text_of(each))
        if found:
            yield finding(
                each,
                Severity.QUESTION,
                "foreign-word",
                f"В плане {whose} стоит «{found[0]}»: похоже, строка взята из чужого документа. Исправьте слово в дорожной карте.",
            )


def foreign_organisations(plan: RoadmapView) -> Iterator[Problem]:
    """Find the number of another kindergarten or school."""
    own = set(re.findall(SHORTENED, plan.heading))
    if len(own) != 1:
        return
    for each in plan.activities:
        other = next((number for number in re.findall(SHORTENED, text_of(each)) if number not in own), "")
        if other:
            yield finding(
                each,
                Severity.QUESTION,
                "foreign-organisation",
                f"В строке названа организация № {other}, а план составлен для № {next(iter(own))}. Проверьте, не взята ли строка из чужого плана.",
            )


def cut_sentences(plan: RoadmapView) -> Iterator[Problem]:
    """Find cells that break off in the middle of a sentence."""
    for each in plan.activities:
        cells = ((each.activity, ""), (each.content, "Содержание"), (each.result, RESULT))
        for cell, column in cells:
            if CUT.search(cell.strip()):
                yield finding(
                    each,
                    Severity.NOTE,
                    "cut-sentence",
                    "Текст в ячейке обрывается на полуслове. Сверьте его с исходным документом и допишите.",
                    column=column,
                )


def torn_rows(plan: RoadmapView) -> Iterator[Problem]:
    """Note a row that a page break had torn and that was read as one."""
    for each in plan.activities:
        if plan.fact(each, "joined"):
            yield finding(
                each,
                Severity.NOTE,
                "joined-row",
                "Строка была разорвана границей страницы, её части соединены. Проверьте, что они от одного мероприятия.",
            )


def word_junk(plan: RoadmapView) -> Iterator[Problem]:
    """Note marks of Word's own that a copied text carried and that were left out."""
    if "word-junk" in plan.document.notes and plan.activities:
        origin = replace(plan.activities[0].origin, row=0, column="")
        message = "В файле остались служебные пометки Word (закладки, звёздочки жирного шрифта). При чтении они пропущены, остальной текст сохранён."
        yield Problem(Severity.NOTE, "word-junk", origin, message)


def flattened(plan: RoadmapView) -> Iterator[Problem]:
    """Ask to look at a table that was put together again from plain lines."""
    if "flattened" in plan.document.notes and plan.activities:
        origin = replace(plan.activities[0].origin, row=0, column="")
        message = "В файле нет таблицы, только её текст: столбцы восстановлены по порядку слов. Сверьте строки с документом или передайте исходный файл Word."
        yield Problem(Severity.QUESTION, "flattened", origin, message)


def stray_marks(plan: RoadmapView) -> Iterator[Problem]:
    """Note signs that mean nothing: a lone backslash, marks left by an editor."""
    for each in plan.activities:
        if STRAY.search(text_of(each)):
            yield finding(
                each,
                Severity.NOTE,
                "stray-mark",
                "В тексте остался лишний знак. Он сохранён, уберите его в дорожной карте.",
            )


def broken_quotes(plan: RoadmapView) -> Iterator[Problem]:
    """Note brackets and quotation marks without a pair, and straight quotation marks."""
    for each in plan.activities:
        text = text_of(each)
        listed = re.sub(r"(?m)^[^\S\n]*+(?:\d{1,2}|[а-я])\)", " ", text)
        if text.count("«") != text.count("»") or listed.count("(") != listed.count(")"):
            yield finding(
                each,
                Severity.NOTE,
                "broken-quotes",
                "Кавычка или скобка не закрыта. Текст сохранён как есть, поправьте его в дорожной карте.",
            )
        elif '"' in text:
            yield finding(
                each,
                Severity.NOTE,
                "straight-quotes",
                "В тексте прямые кавычки; в документах принято ставить «ёлочки».",
            )


def misspelt_words(plan: RoadmapView) -> Iterator[Problem]:
    """Note a misspelt word of the trade; the text stays as printed."""
    for each in plan.activities:
        word = misspelled(text_of(each))
        if word:
            yield finding(
                each, Severity.NOTE, "typo", f"Похоже на опечатку: «{word}». Текст оставлен как есть."
            )


def leaked_terms(plan: RoadmapView) -> Iterator[Problem]:
    """Find a term that slipped into the text: the cell ends with the words of the term column."""
    for each in plan.activities:
        printed = each.printed_term.strip().lower()
        if printed and any(
            cell.strip().lower().endswith(f" {printed}") for cell in (each.activity, each.content)
        ):
            yield finding(
                each,
                Severity.NOTE,
                "leaked-term",
                "В конец текста попал срок из соседнего столбца. Уберите его из текста.",
            )


ROW_CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    duplicate_numbers, number_gaps, empty_responsible, empty_results, missing_columns, foreign_words,
    foreign_organisations, cut_sentences, torn_rows, word_junk, flattened, stray_marks, broken_quotes,
    misspelt_words, leaked_terms,
)  # fmt: skip
