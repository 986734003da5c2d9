"""The sentence beside an answer that is not in force: why, and what may be typed instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.book.accepted import KINDS_COLUMN, Value, Yes

if TYPE_CHECKING:
    from flows.domain.book.accepted import Accepts

NO_FINDING = "Ответ не принят: в этой строке нет замечания. Впишите его в ту строку, на которую отвечаете, а эту очистите."
TWO = "Ответ не принят: на одно замечание даны разные ответы. Оставьте один из них."
ONE_CELL = "Ответ не принят: два ответа дают одной ячейке разные значения. Оставьте один из них или исправьте саму ячейку."
GONE = "Ответ ни на что не влияет: этого замечания уже нет или в ячейке стоит другое. Его можно стереть."
YES = {
    Yes.CLOSES: "«да», если всё верно",
    Yes.OFFER: "«да», если есть предложение и оно верно",
    Yes.ADDS: "«да», чтобы добавить названное в предложении",
}


def sentence(fault: str, accepts: Accepts) -> str:
    """Say what is wrong with an answer and which answers its finding takes; what it proposes now may be another thing by the next run."""
    why = fault or "этим замечание не снять"
    yes = YES.get(accepts.yes, "")
    commands = [f"«{each.words[0]}»" for each in accepts.commands]
    value = {
        Value.CELL: "верное значение",
        Value.PICKS: "номера из «Предложения» через запятую, например «1, 3»",
        Value.KINDS: f"вид документа для столбца «{KINDS_COLUMN}»",
    }.get(accepts.value, "")
    choices = "; ".join(each for each in (yes, *commands, value) if each)
    cure = (
        f"Можно ответить: {choices}. Или исправьте саму ячейку."
        if choices
        else "Исправьте то, о чём говорит замечание: ответом его не снять."
    )
    return f"Ответ не принят: {why}. {cure}"
