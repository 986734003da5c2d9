"""What is doubtful about the papers a row calls for, and about who answers for them (domain §6)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.called_for import kinds_for
from flows.domain.catalogue.named import NOTE, ROADMAP
from flows.domain.model import Problem, Severity
from flows.domain.roadmap.checks.view import RoadmapView, finding, kinds_of, text_of
from flows.domain.roadmap.responsible import initialled, known_by, whole_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Activity

__all__ = ["PAPER_CHECKS"]

RESPONSIBLE, RESULT = "Ответственный", "Результат"
NORM = re.compile(
    r"не (?:реже|менее|позднее) .{0,30}(?:раз|час|дн|встреч)|ежемесячно|еженедельно", re.IGNORECASE
)
UNNAMED = re.compile(
    r"локальн\w{1,40} (?:нормативн\w{1,40} )?(?:правов\w{1,40} )?акт|пакет\w{0,40} (?:\w{1,40} )?(?:нормативн|локальн|документ|правов)|нормативн\w{1,40} документ",
    re.IGNORECASE,
)
SHOWN = re.compile(r"размещени\w{1,40} [^.;\n]*", re.IGNORECASE)
CONDITION = re.compile(
    r"при (?:необходимости|наличии|возможности)|по (?:возможности|необходимости)", re.IGNORECASE
)
EACH_MEETING = re.compile(
    r"кажд\w{1,40} встреч|после каждой|обязательн\w{1,40} заполнени\w{1,40} (?:форм|бланк|лист|дневник)\w{0,40}",
    re.IGNORECASE,
)
MAKING = re.compile(
    r"^\W*(?:разработ|подготов|утвержд|издан|создан|формирован|принят|обеспеч|создать|разработать|подготовить)\w{0,40}",
    re.IGNORECASE,
)
ORDER_ALONE = re.compile(
    r"(?:приказ\w{0,2}|распоряжени\w)(?: (?:по \w{2,40}|директора|заведующего|руководителя))?\.?",
    re.IGNORECASE,
)
# What lies on a table as a paper; of works and meetings, of what is learnt or filmed, nothing is expected.
PAPER = re.compile(
    r"(?:[а-яё-]{3,40}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s){0,2}(?:приказ|распоряжени|постановлени|положени[ея]|регламент|инструкци|доклад|справк[аи]|записк[аи]|отч[её]т|протокол|акт(?!ив)"
    r"|договор|соглашени[ея]|паспорт|характеристик|представлени[ея] на|ходатайств|заявлени[ея]|реестр|смет[аы]|график|ведомост|методичк|должностн\w{1,20} инструкци)\w{0,4}(?!\w)",
    re.IGNORECASE,
)
LEARNT = re.compile(r"\W{0,9}(?:изучени|ознакомлени|знакомств|обзор)", re.IGNORECASE)
MADE = re.compile(r"(?:изучен|ознакомлен|соблюден|выполнен|прочитан|исполнен)", re.IGNORECASE)
MOST_SHOWN = 60
MANY_KINDS, MANY_AUTHORS = (
    3,
    re.compile(r"(?:педагоги-)?наставники(?!\w)|руководители (?:ОО|ОУ|школ)", re.IGNORECASE),
)


def papers_not_named(plan: RoadmapView) -> Iterator[Problem]:
    """Ask what stands behind «локальные акты»; note a norm in place of a paper, and a row without any."""
    for each in (row for row in plan.activities if not plan.chosen(row)):
        told = each.result or each.content or each.activity
        if UNNAMED.search(SHOWN.sub("", each.result or each.content)):
            yield finding(
                each,
                Severity.QUESTION,
                "unnamed-papers",
                "Сказано о пакете или локальных актах, но не сказано каких. Выберите виды документов в столбце «Готовить документ».",
                column=RESULT,
            )
        elif NORM.search(each.result):
            yield finding(
                each,
                Severity.NOTE,
                "norm-not-paper",
                "В столбце результата стоит правило, а не документ. Оно учитывается при проверке встреч.",
                column=RESULT,
            )
        elif not each.documents and ORDER_ALONE.fullmatch(each.result.strip()):
            yield finding(
                each,
                Severity.QUESTION,
                "unnamed-papers",
                "Назван приказ, но из строки не видно, о чём он. Выберите вид документа в столбце «Готовить документ».",
                column=RESULT,
            )
        elif unlisted := _unlisted(each):
            yield finding(
                each,
                Severity.NOTE,
                "paper-unlisted",
                f"Назван документ, которого нет в списке видов: «{unlisted}». Программа его не готовит. Выберите вид в столбце «Готовить документ», заведите свой в блоке «Виды документов» вкладки «Настройки» или подготовьте документ сами.",
                column=RESULT,
            )
        elif not each.documents and told.strip() and (each.result.strip() or "result" not in plan.columns):
            yield finding(
                each,
                Severity.NOTE,
                "no-paper",
                "Документа эта строка не требует: её выполнение отмечается в столбце «Статус».",
                column=RESULT,
            )


def many_kinds(plan: RoadmapView) -> Iterator[Problem]:
    """Note a row that calls for several papers at once."""
    for each in plan.activities:
        if len(each.documents) >= MANY_KINDS and not plan.chosen(each):
            yield finding(
                each,
                Severity.NOTE,
                "many-kinds",
                f"Строка требует сразу нескольких документов ({len(each.documents)}). Проверьте список в столбце «Готовить документ».",
            )
        if EACH_MEETING.search(text_of(each)):
            yield finding(
                each,
                Severity.NOTE,
                "each-meeting",
                "Форма заполняется после каждой встречи: она готовится по вкладке «Встречи», а не один раз.",
            )


def conditions(plan: RoadmapView) -> Iterator[Problem]:
    """Note a paper that is needed only under a condition."""
    for each in plan.activities:
        found = CONDITION.search(text_of(each))
        if found and not plan.chosen(each):
            yield finding(
                each,
                Severity.NOTE,
                "conditional",
                f"В строке есть условие «{found[0]}»: документ нужен не всегда. Отметьте «не готовить», если условие не выполнено.",
            )


def action_result_differ(plan: RoadmapView) -> Iterator[Problem]:
    """Find an action and a result that speak of different papers."""
    for each in (row for row in plan.activities if not plan.chosen(row)):
        kinds = kinds_of(each)
        develops = (
            any(ROADMAP in kind.within for kind in kinds)
            and "карт" in each.result.lower()
            and "карт" not in each.activity.lower()
        )
        decides = (
            any(kind.with_advice for kind in kinds)
            and NOTE in each.documents
            and "рекомендаци" in each.activity.lower()
        )
        if develops or decides:
            yield finding(
                each,
                Severity.QUESTION,
                "action-result-differ",
                "Мероприятие и результат говорят о разных документах. Уточните, какой документ нужен.",
                column=RESULT,
            )
        missing = _left_out(each)
        if missing:
            yield finding(
                each,
                Severity.QUESTION,
                "paper-left-out",
                "Мероприятие называет документ, которого нет в столбце результата. Уточните, нужен ли он.",
                missing,
                RESULT,
            )


def _unlisted(row: Activity) -> str:
    """Return the first paper that a result names and that is none of the catalogue's kinds, as printed."""
    if LEARNT.match(row.activity):
        return ""
    for piece in re.split(r"[;,\n]|(?<=[а-яё]{4})\.\s", row.result):
        words = " ".join(piece.split()).strip(" .–—-•")
        if PAPER.match(words) and not MADE.search(words) and not kinds_for(words, row.activity):
            return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN].rsplit(' ', 1)[0]}…"
    return ""


@cache
def made_pattern(stem: str) -> re.Pattern[str]:
    """Make the pattern of an action that makes a paper with this stem."""
    return re.compile(
        rf"(?:^|[«»\",]\s*|\n[^\S\n]*|разработк\w{{1,40}} |утверждени\w{{1,40}} |подготовк\w{{1,40}} ){stem}",
        re.IGNORECASE,
    )


@cache
def spelt_pattern(stem: str) -> re.Pattern[str]:
    """Make the pattern of a paper's name as a person spelt it, with its next word."""
    return re.compile(rf"{stem}\w{{0,40}}(?: карт\w{{0,40}}| наставничества)?", re.IGNORECASE)


def _left_out(row: Activity) -> str:
    """Return the papers that an action makes and its result forgets; a bare «Приказ» is about them all."""
    if (
        not MAKING.match(row.activity)
        or not row.result
        or not row.documents
        or not any(kind.stem for kind in kinds_of(row))
    ):
        return ""
    named = [
        word
        for word, kind in ((record.of(kind).stem, kind) for kind in record.having("stem"))
        if made_pattern(word).search(row.activity) and kind not in kinds_for(row.result)
    ]
    spelt = (spelt_pattern(word).search(row.activity) for word in named)
    return "; ".join(match[0] for match in spelt if match)


def order_or_directive(plan: RoadmapView) -> Iterator[Problem]:
    """Ask which of two acts is meant: «распоряжением» in the action, «приказ» in the result."""
    for each in plan.activities:
        if re.search(r"распоряжени", each.activity, re.IGNORECASE) and re.search(
            r"приказ", each.result, re.IGNORECASE
        ):
            yield finding(
                each,
                Severity.QUESTION,
                "order-or-directive",
                "В мероприятии назван один вид акта, в результате другой: распоряжение и приказ. Выберите, что издаёт ваша организация.",
                column=RESULT,
            )


def dates_in_results(plan: RoadmapView) -> Iterator[Problem]:
    """Note an address or a day that stands in the result, not in the term."""
    for each in plan.activities:
        if re.search(r"https?://|www\.|\d{1,2}\.\d{2}\.\d{4}", each.result) and any(
            kind.publishes for kind in kinds_of(each)
        ):
            yield finding(
                each,
                Severity.NOTE,
                "date-in-result",
                "В результате записаны день или адрес страницы. Они сохранены, срок строки от них не зависит.",
                column=RESULT,
            )


def many_authors(plan: RoadmapView) -> Iterator[Problem]:
    """Note a monitoring note for which a whole group answers: one note is made from many reports."""
    for each in plan.activities:
        if any(kind.sums_up for kind in kinds_of(each)) and any(
            MANY_AUTHORS.fullmatch(party.strip()) for party in each.responsible
        ):
            yield finding(
                each,
                Severity.NOTE,
                "many-authors",
                "За одну справку отвечает целая группа. Справка готовится одна, по отчётам каждого.",
                column=RESPONSIBLE,
            )


def initials_only(plan: RoadmapView) -> Iterator[Problem]:
    """Ask for full names once: initials tell no gender, so a name cannot be put into another case.

    Whom the book knows by the whole name, on any tab or in another row of the plan, is not asked for.
    """
    whole = {name for row in plan.activities for name in whole_names(row.printed_responsible)} | plan.names
    asked = (
        row
        for row in plan.activities
        for short in initialled(row.printed_responsible)
        if not known_by(short, whole)
    )
    each = next(asked, None)
    if each:
        yield finding(
            each,
            Severity.QUESTION,
            "initials-only",
            "Ответственные записаны фамилией с инициалами: по ним не видно пола, и в приказе фамилию не просклонять. Внесите полные имена на вкладки участников или в «Склонения».",
            column=RESPONSIBLE,
        )


PAPER_CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    papers_not_named,
    many_kinds,
    conditions,
    action_result_differ,
    order_or_directive,
    dates_in_results,
    many_authors,
    initials_only,
)
