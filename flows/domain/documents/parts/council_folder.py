"""Бумаги папки педсовета: повестка, проект решения, списки и состав пакета; ход заседания и голосование вписывают от руки."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import CONTENTS
from flows.domain.councils.handouts import Handout, handouts
from flows.domain.councils.pack import How, Pack
from flows.domain.documents.kinds.note_monitoring import layout_of
from flows.domain.documents.pairs import living
from flows.domain.errors import Refused
from flows.domain.monitoring.note.shape import Table
from flows.domain.statuses import DRAFT

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder, Kind, PartOfKind
    from flows.domain.model import Context, Facts

NOTHING = "Строк нет."
MADE_HERE, ELSEWHERE = "в этой папке", "ссылка – во вкладке «Документы»"


def talk(facts: Facts) -> Context:
    """Tell what an agenda and a draft decision are about: questions with their draft decisions, nothing that only the council can say."""
    pack = the_pack(facts)
    points = [{"вопрос": each.title, "решения": list(each.decisions)} for each in pack.agenda]
    return {"педсовет": council(facts, pack), "вопросы": points, "пары": living(facts)}


def on_the_agenda(facts: Facts) -> Context:
    """Tell the questions of a sitting with their draft decisions for its minutes; none where no council's day is known."""
    points = facts.pack.agenda if isinstance(facts.pack, Pack) else ()
    told = [
        {
            "вопрос": each.title,
            "о_чём": each.title[:1].lower() + each.title[1:],
            "решения": list(each.decisions),
        }
        for each in points
    ]
    return {"вопросы": told}


def listing(facts: Facts, kind: Kind) -> Context:
    """Tell what a list of the folder holds: its table and, for the plan, its chart."""
    pack = the_pack(facts)
    made = next((each for each in handouts(pack, facts) if each.kind == kind.id), None)
    if made is None:
        raise Refused(f"«{kind.heading}» к этому педсовету не нужен.")
    return {"педсовет": council(facts, pack), **_table(made)}


def contents(facts: Facts) -> Context:
    """Tell what the folder's own list holds: what lies in it, what stands elsewhere and where, what is missing."""
    pack = the_pack(facts)
    rows: list[tuple[str, str, str]] = []
    for item in pack.items:
        if item.places:
            rows += [
                (
                    item.title if title == item.title else f"{item.title}: {title}",
                    state,
                    f"папка «{path}»" if path else ELSEWHERE,
                )
                for title, state, path in item.places
            ]
        else:
            rows.append(
                (item.title, DRAFT, MADE_HERE) if item.how is How.MADE else (item.title, "нет", item.why)
            )
    numbered = tuple((str(at), *row) for at, row in enumerate(rows, 1))
    table = Table("Состав пакета", ("№", "Документ", "Состояние", "Где лежит, чего не хватает"), numbered)
    return {
        "педсовет": council(facts, pack),
        **_table(Handout(CONTENTS, table)),
    }


def _table(handout: Handout) -> Context:
    table, chart = handout.table, handout.chart
    return {
        "таблица": {
            "название": table.caption,
            "шапка": list(table.head),
            "строки": [list(row) for row in table.rows],
            "раскладка": layout_of(table.head),
            "пусто": None if table.rows else NOTHING,
        },
        "рисунок": {
            "вид": chart.kind,
            "данные": dict(chart.data),
            "номер": 1,
            "название": chart.caption,
            "подпись": f"Рисунок 1 – {chart.caption}",
        }
        if chart
        else None,
    }


def the_pack(facts: Facts) -> Pack:
    """Return the council's pack; raise `Refused` when the facts carry none."""
    if not isinstance(facts.pack, Pack):
        raise Refused("Для документов педсовета нужна его дата во вкладке «Настройки».")
    return facts.pack


def council(facts: Facts, pack: Pack) -> Context:
    """Return the council's day, its place in our list, and what was typed of it: topic and the number of its minutes.

    The school's own count of councils is not ours: only the typed number is printed.
    """
    same = [each for each in facts.councils if each.day == pack.day]
    topic = next((each.topic for each in same if each.topic), "")
    typed = next((each.protocol for each in same if each.protocol), "")
    return {"дата": pack.day, "номер": pack.number, "протокол": typed or None, "тема": topic or None}


PARTS: dict[str, Builder] = {
    "вопросы педсовета": talk,
    "повестка протокола": on_the_agenda,
    "состав папки": contents,
}
PARTS_OF_KIND: dict[str, PartOfKind] = {"список папки": listing}
