"""Kinds of documents that staff chose or added without programming: the block «Виды документов» of `Настройки` and the folder `Шаблоны`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flows.domain.catalogue.kind import Kind
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from flows.domain.book.card import KindChoice
    from flows.domain.model import Activity

PREFIX, DIGITS = "own.", 10
PAIRS_FOLDER = "03 Пары"
FOLDER, NAME = ("{school_year}", "07 Материалы и письма"), "ПРОЕКТ {title} ({draft}, в{version}).docx"
BLOCK = "Виды документов"
COLUMN = "Готовить документ"


def merged(
    kinds: Mapping[str, Kind], choices: Sequence[KindChoice], templates: Collection[str], book: str = ""
) -> tuple[dict[str, Kind], tuple[Problem, ...]]:
    """Put staff's choices over the catalogue: folder, lead days and template of a kind, or a kind of their own.

    `templates` are the names of staff's own files as `file_of` spells them; a choice whose file is not there is a finding,
    and the kind stays what it was.
    """
    told = dict(kinds)
    titles = {
        fold(name): kind.id for kind in kinds.values() for name in (kind.id, kind.title, kind.heading) if name
    }
    problems: list[Problem] = []
    for choice in choices:
        known = told.get(titles.get(fold(choice.title), ""))
        problems += _problems(choice, known, templates, book)
        if known is not None:
            told[known.id] = _chosen(known, choice, templates)
        elif file_of(choice) in templates:
            own = _own(choice)
            told[own.id] = own
    return told, tuple(problems)


def files(choices: Sequence[KindChoice], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Return the files that choices are printed from, by stem: those typed, and those of kinds the catalogue has not."""
    titles = {fold(name) for kind in kinds.values() for name in (kind.id, kind.title, kind.heading)}
    named = [choice for choice in choices if choice.template or fold(choice.title) not in titles]
    return {file_of(choice).removesuffix(".docx"): file_of(choice) for choice in named}


def file_of(choice: KindChoice) -> str:
    """Spell the name of the file a choice is printed from: as typed, or as the kind is called."""
    return f"{stem(choice.template or choice.title)}.docx"


def stem(name: str) -> str:
    """Fold a file's name so that case, ё and the ending do not matter."""
    return fold(re.sub(r"(?i)\.docx?$", "", unicodedata.normalize("NFC", name).strip()))


def _chosen(kind: Kind, choice: KindChoice, templates: Collection[str]) -> Kind:
    own = file_of(choice) if choice.template and file_of(choice) in templates else kind.template
    folder = folder_of(choice.folder, of_pair="{pair}" in kind.folder) if choice.folder else kind.folder
    return replace(
        kind,
        template=own,
        folder=folder,
        lead_days=kind.lead_days if choice.lead_days is None else choice.lead_days,
    )


def _own(choice: KindChoice) -> Kind:
    folder = folder_of(choice.folder) if choice.folder else FOLDER
    lead = 10 if choice.lead_days is None else choice.lead_days
    code = PREFIX + hashlib.sha256(fold(choice.title).encode()).hexdigest()[:DIGITS]
    return Kind(
        code,
        choice.title,
        choice.title,
        "pair" if "{pair}" in folder else "row",
        file_of(choice),
        folder,
        NAME,
        lead,
        made=True,
    )


def folder_of(typed: str, *, of_pair: bool = False) -> tuple[str, ...]:
    """Read a folder as people type it, «02 Приказы/Проекты»: it lies in the school year's; in «03 Пары» each pair has its own."""
    parts = [part.strip() for part in re.split(r"[/\\>]+", re.sub(r"[{}]", "", typed)) if part.strip(" .")]
    own = of_pair or (bool(parts) and fold(parts[0]) == fold(PAIRS_FOLDER))
    return ("{school_year}", *parts, *(("{pair}",) if own else ()))


def _problems(
    choice: KindChoice, known: Kind | None, templates: Collection[str], book: str
) -> Iterator[Problem]:
    origin = Origin(book, SETTINGS, choice.row, "Значение")
    if choice.unread:
        said = f"В блоке «{BLOCK}» не прочитано, за сколько дней готовить «{choice.title}». Впишите целое число рабочих дней."
        cell = replace(origin, column="Ещё 2")
        yield Problem(Severity.QUESTION, "kind-lead", cell, said, printed=choice.unread, subject=choice.title)
    if known is not None and not known.made:
        said = f"«{known.title}» программа не готовит: {known.why_not} Удалите строку из блока «{BLOCK}» или назовите свой вид иначе."
        yield Problem(Severity.NOTE, "kind-not-made", origin, said, subject=choice.title)
    elif (choice.template or known is None) and file_of(choice) not in templates:
        said = f"В папке «Шаблоны» нет файла «{choice.template or choice.title}», поэтому «{choice.title}» {'готовится по обычному шаблону' if known else 'не готовится'}. Положите туда файл Word или документ Google с таким названием."
        yield Problem(
            Severity.QUESTION if known else Severity.STOP, "kind-template", origin, said, subject=choice.title
        )


def unknown(activities: Sequence[Activity], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """Find kinds that a row names by hand and nobody knows; propose the nearest title."""
    titles = {fold(kind.title): kind.title for kind in kinds.values() if kind.made}
    for activity in activities:
        for typed in activity.documents:
            if typed not in kinds:
                said = f"Вида документа «{typed}» нет. Выберите название из перечня видов или добавьте свой вид в блок «{BLOCK}» вкладки «{SETTINGS}»."
                yield Problem(
                    Severity.QUESTION,
                    "unknown-kind",
                    replace(activity.origin, column=COLUMN),
                    said,
                    _nearest(typed, titles),
                    typed,
                    activity.code,
                )


def _nearest(typed: str, titles: Mapping[str, str]) -> str:
    found = get_close_matches(fold(typed), titles, n=1)
    return titles[found[0]] if found else ""
