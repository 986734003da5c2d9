"""What a roadmap row asks for: which paper, about what, in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.named import NOTE
from flows.domain.monitoring.indicators.evidence import period_label

if TYPE_CHECKING:
    from flows.domain.model import Activity
    from flows.domain.periods import Period


class Focus(StrEnum):
    """What a paper of monitoring is about."""

    PROGRAMME = "programme"
    STAGE = "stage"
    ENTRY = "entry"
    MIDDLE = "middle"
    FINAL = "final"
    QUALITY = "quality"
    RECOMMENDATIONS = "recommendations"
    SURVEY = "survey"
    MENTOR = "mentor"
    COLLECTION = "collection"
    MUNICIPAL = "municipal"


BY_ACTIVITY = (
    (Focus.MUNICIPAL, re.compile(r"муниципальн", re.IGNORECASE)),
    (Focus.QUALITY, re.compile(r"ВСОКО|внутренн\w{1,40} (?:систем\w{1,40} )?оценк", re.IGNORECASE)),
    (Focus.RECOMMENDATIONS, re.compile(r"рекомендац|управленческ\w{1,40} решени", re.IGNORECASE)),
    (Focus.ENTRY, re.compile(r"входн\w{1,40}", re.IGNORECASE)),
    (Focus.MIDDLE, re.compile(r"промежуточн\w{1,40}", re.IGNORECASE)),
    (
        Focus.STAGE,
        re.compile(
            r"итог\w{0,40}\s{1,9}(?:\d{1,4}|[IVX]{1,8})?\s{0,9}(?:-?\w{1,2}\s{1,9})?этапа", re.IGNORECASE
        ),
    ),
    (
        Focus.FINAL,
        re.compile(
            r"итогов\w{1,40} мониторинг|по (?:итогам|завершени\w{1,40}) (?:реализации|программ|учебн)",
            re.IGNORECASE,
        ),
    ),
)
STAGE_NUMBER = re.compile(
    r"итог\w{0,40}\s{1,9}(\d{1,4}|[IVX]{1,8})(?:-?\w{1,2})?\s{1,9}этапа|(\d{1,4}|[IVX]{1,8})(?:-?\w{1,2})?\s{1,9}этап",
    re.IGNORECASE,
)
OWN_STAGE = re.compile(r"^\s*(?:этап\s*)?(\d{1,3}|[IVX]+)\b", re.IGNORECASE)
MODEL = re.compile(r"целев\w{1,40} модел|внедрени\w{1,40} (?:\w{1,40} )?модел", re.IGNORECASE)
SYSTEM = re.compile(r"эффективност\w{1,40} систем|результативност", re.IGNORECASE)
MEMO = re.compile(r"записк", re.IGNORECASE)
TITLES = {
    Focus.PROGRAMME: "по итогам мониторинга реализации персонализированных программ наставничества {label}",
    Focus.STAGE: "по итогам мониторинга программы наставничества: {stage}",
    Focus.ENTRY: "по итогам входного мониторинга программы наставничества {label}",
    Focus.MIDDLE: "по итогам промежуточного мониторинга программы наставничества {label}",
    Focus.FINAL: "по итогам реализации программы наставничества {label}",
    Focus.QUALITY: "о наставничестве во внутренней системе оценки качества образования {label}",
    Focus.RECOMMENDATIONS: "с рекомендациями по итогам мониторинга наставничества {label}",
}
REPORTS = {
    Focus.SURVEY: "Отчёт по результатам анкетирования участников наставничества {label}",
    Focus.MENTOR: "Отчёт наставника о работе {label}",
    Focus.COLLECTION: "Отчёт по итогам программы наставничества {label}",
    Focus.MUNICIPAL: "Муниципальная аналитическая {word} о внедрении и реализации целевой модели наставничества {label}",
}

SHORT = {
    Focus.PROGRAMME: "мониторинг программ", Focus.STAGE: "{stage}", Focus.ENTRY: "входной мониторинг", Focus.MIDDLE: "промежуточный мониторинг",
    Focus.FINAL: "итоги программы", Focus.QUALITY: "ВСОКО", Focus.RECOMMENDATIONS: "рекомендации",
}  # fmt: skip
SHORT_REPORTS = {
    Focus.SURVEY: "Отчёт по анкетированию", Focus.MENTOR: "Отчёт наставника", Focus.COLLECTION: "Отчёт по итогам программы", Focus.MUNICIPAL: "Муниципальная {word}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """A paper that a row asks for; `word` is «справка» or «записка», `also` names papers that must come with it."""

    focus: Focus
    word: str = "справка"
    stage: str = ""
    about: str = ""
    also: tuple[str, ...] = ()


def ask_of(activity: Activity | None, kind: str = NOTE) -> Ask:
    """Tell what a row asks for; without a row it is the whole programme."""
    told = f"{activity.activity} {activity.content}" if activity else ""
    result = activity.result if activity else ""
    own = record.of(kind).focus
    focus = (Focus(own) if own else None) or next(
        (each for each, pattern in BY_ACTIVITY if pattern.search(told)), None
    )
    focus = focus or next(
        (each for each, pattern in BY_ACTIVITY[3:] if pattern.search(result)), Focus.PROGRAMME
    )
    return Ask(
        focus,
        "записка" if MEMO.search(result) else "справка",
        _stage(activity, told) if activity and focus is Focus.STAGE else "",
        "model" if MODEL.search(told) else "system" if SYSTEM.search(told) else "",
        record.having("with_advice") if focus is Focus.RECOMMENDATIONS else (),
    )


def _stage(activity: Activity, text: str) -> str:
    found = STAGE_NUMBER.search(text)
    own = OWN_STAGE.match(activity.stage)
    number = (found[1] or found[2]) if found else own[1] if own else ""
    return f"{number} этап" if number else activity.stage


def title_of(ask: Ask, period: Period) -> str:
    """Write the title of a paper for its period."""
    label = period_label(period)
    if ask.focus in REPORTS:
        return REPORTS[ask.focus].format(label=label, word=ask.word)
    text = TITLES[ask.focus].format(label=label, stage=ask.stage)
    if ask.focus is Focus.PROGRAMME and ask.about == "model":
        text = f"по итогам мониторинга внедрения и реализации целевой модели наставничества {label}"
    if ask.focus is Focus.PROGRAMME and ask.about == "system":
        text = f"по итогам оценки результативности системы наставничества {label}"
    return f"Аналитическая {ask.word} {text}"


def file_title_of(ask: Ask, period: Period) -> str:
    """Write a title short enough for a file's name: what it is about and its period stay whole."""
    label = period_label(period).replace("/", "-")
    if ask.focus in SHORT_REPORTS:
        return f"{SHORT_REPORTS[ask.focus].format(word=ask.word)} {label}"
    about = (
        {"model": "внедрение модели", "system": "результативность системы"}.get(ask.about, "")
        if ask.focus is Focus.PROGRAMME
        else ""
    )
    return f"Аналитическая {ask.word}, {about or SHORT[ask.focus].format(stage=ask.stage)}, {label}"
