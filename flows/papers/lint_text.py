"""Faults of a text: around its tags, and phrases that a careful clerk would not write, one rule for each kind of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.papers.package import W
from flows.papers.tags import Fault, Paragraph, tags
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACEHOLDER = late(
    r"\(название [^()]{0,200}\)|\[(?:ФИО|Ф\.И\.О\.|дата|название|должность|номер|организация)[^\[\]]{0,200}\]|\b[XХ]{2}\.[XХ]{2}\.(?:[XХ]{2,4}|20[XХ]{2})|\?{3,}",
    re.IGNORECASE,
)
WIDE = late("[｛｝]{2}")
MERGE = late(r"^\s*(MERGEFIELD\s+\S+|ASK\b|FILLIN\b)", re.IGNORECASE)
MAN = late(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s[А-ЯЁ][а-яё-]+(?:ов|ев|ёв|ин|ын|ий|ой|ый)\b")
NAMED = late(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]")
MARRED = late(
    r"^(?:Составил|Ознакомлен|Подготовил|Проверил|Согласовал|Утвердил|Разработал|Получил|Принял|Уведомл[её]н)\s*:?$"
)
BESIDE = 6  # lines after «Составил:» among which the name stands
INITIALS_FIRST = late(r"[а-яё»][ ,(–]+[А-ЯЁ]\.\s?[А-ЯЁ]\.\s[А-ЯЁ][а-яё]+")
INITIALS_LAST = late(r"[а-яё»][ ,(–]+[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.")
SEEN = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A kind of phrase that nobody should sign: how it looks, what is wrong with it and how to mend it.

    `ours` tells one that people may write with right, and that only our own templates must not hold.
    """

    pattern: re.Pattern[str]
    said: str
    ours: bool = False


def _phrase(pattern: str, said: str, *, ours: bool = False) -> Phrase:
    return Phrase(late(pattern), said, ours)


PHRASES = (
    _phrase(
        r"зарегистрирован\s+по\s+адресу", "рода человека слово не знает; напишите «адрес регистрации: …»"
    ),
    _phrase(
        r"в лице (?=[^,]{0,200}[вч]ны\b)[^,]{0,200}+, действующего\b",
        "о женщине пишут «действующей на основании»",
    ),
    _phrase(
        r"[Сс]оглас(?:ен \(согласна|на \(согласен)\)",
        "пол человека известен: поставьте слово по нему",
        ours=True,
    ),
    _phrase(
        r"добровольн\w[^,.;]{0,200} и отказ от не[её]\b",
        "перед «и отказ от неё» нужна запятая: это второе предложение",
    ),
    _phrase(r"^(?:§|[•·▪●])\s*\w", "в пункте остался знак списка из Word; уберите его"),
    _phrase(
        r"^– [А-ЯЁ][а-яё]+ (?:[а-яё]|[А-ЯЁ]{2})[^.]*;$", "пункт перечня после тире пишут со строчной буквы"
    ),
    _phrase(r"\bвид – \w+(?:ое|ый|ая)\b", "вид называют словами: «групповое наставничество»"),
    _phrase(
        r"^Цель[^:–]{0,30}[:–] (?:увидеть|посмотреть|узнать|понять|рассказать|показать)\b",
        "цель называют делом: «оценить ход и результаты…»",
    ),
    _phrase(
        r"данных того, кого\b", "назовите, чьих данных: «моего несовершеннолетнего ребёнка (подопечного)»"
    ),
    _phrase(
        r"дорожн\w{2} карт\w{1,2},? ?\(?(?:п\.|строк\w{1,2})\s?\d",
        "строку дорожной карты называют пунктом: «пункт 6.1»",
    ),
    _phrase(
        r"учреждени(?:я|ю|ем|и)\b[^«»,.;:(]*\s(?:дом|дворец|сад|лицей|центр|станция|школа|гимназия|колледж|техникум)\s(?![–-])",
        "название после «учреждения» склоняют вместе с ним: «учреждению …, дому творчества»; впишите падежи в «Склонения»",
    ),
    _phrase(
        r"» ещё нет\. Подготовьте (?:его|её)\b", "местоимение не согласуется с названием; обойдитесь без него"
    ),
    _phrase(r"[а-яё,;] {2,}[А-ЯЁа-яё«]", "два пробела подряд; оставьте один"),
    _phrase(r"(?:^|\s)—(?:\s|$)", "тире в документе одно: «–»", ours=True),
    _phrase(r"[а-яё] - [а-яё]", "вместо тире стоит дефис; наберите «–»", ours=True),
)


def phrase_faults(lines: Sequence[tuple[str, str]], *, ours: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the place and what is wrong there for each phrase that a careful clerk would not write.

    `lines` are texts with their places; of our own texts (`ours`) more is asked than of what people wrote.
    """
    for where, text in lines:
        for each in PHRASES:
            found = each.pattern.search(text) if ours or not each.ours else None
            if found:
                yield where, f"«{found[0].strip()[:SEEN]}»: {each.said}"
    yield from _without_sex(lines)
    yield from _two_ways(lines)


def _without_sex(lines: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Find «Составил:» over anybody but a man."""
    for at, (where, text) in enumerate(lines):
        if MARRED.match(text.strip()):
            names = [line for _, line in lines[at + 1 : at + 1 + BESIDE] if NAMED.search(line)]
            if not names or not MAN.search(names[0]):
                yield (
                    where,
                    f"«{text.strip()}»: мужской род; согласуйте слово с тем, кто подписывает, или назовите дело («Составитель»)",
                )


def _two_ways(lines: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Find initials before and after surnames in one text; a signature has its own order (ГОСТ Р 7.0.97)."""
    told = [(where, text) for where, text in lines if "___" not in text]
    before = [where for where, text in told if INITIALS_FIRST.search(text)]
    if before and any(INITIALS_LAST.search(text) for _, text in told):
        yield before[0], "инициалы стоят то до фамилии, то после; в тексте пишите «Фамилия И.О.»"


def text_faults(paragraphs: Sequence[Paragraph]) -> Iterator[Fault]:
    """Yield what would be printed as it stands or would break the file."""
    for paragraph in paragraphs:
        yield from _left_over(paragraph)
        yield from _merged(paragraph)


def _left_over(paragraph: Paragraph) -> Iterator[Fault]:
    bare = paragraph.text
    for tag in tags(paragraph):
        bare = bare.replace(tag.text, " " * len(tag.text), 1)
    wide, found = WIDE.search(bare), PLACEHOLDER.search(bare)
    if wide:
        yield Fault(
            "tag-braces",
            paragraph.where,
            wide[0],
            "это не те скобки; наберите обычные фигурные «{{ … }}» в латинской раскладке",
        )
    if found:
        yield Fault(
            "text-left",
            paragraph.where,
            found[0],
            "это место, которое забыли заполнить; впишите текст или поставьте метку «{{ … }}»",
            Severity.QUESTION,
        )


def _merged(paragraph: Paragraph) -> Iterator[Fault]:
    told = [
        *(str(each.get(f"{W}instr", "")) for each in paragraph.element.iter(f"{W}fldSimple")),
        *(each.text or "" for each in paragraph.element.iter(f"{W}instrText")),
    ]
    found = next((match for text in told if (match := MERGE.match(text))), None)
    if found:
        yield Fault(
            "text-merge",
            paragraph.where,
            found[1].strip(),
            "поле слияния Word программа не заполняет; удалите его и поставьте метку «{{ … }}»",
            Severity.QUESTION,
        )
