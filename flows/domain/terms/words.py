"""The words of deadline cells: one spelling for what people type differently."""

from __future__ import annotations

import re
import unicodedata

CENTURY = 2000
STEMS = (
    ("январ", "ь я е ю ем"), ("феврал", "ь я е ю ем"), ("март", " а е у ом"), ("апрел", "ь я е ю ем"), ("ма", "й я е ю ем"),
    ("июн", "ь я е ю ем"), ("июл", "ь я е ю ем"), ("август", " а е у ом"), ("сентябр", "ь я е ю ем"),
    ("октябр", "ь я е ю ем"), ("ноябр", "ь я е ю ем"), ("декабр", "ь я е ю ем"),
)  # fmt: skip
SHORT = (
    "янв январ", "фев февр", "мар", "апр апрел", "", "июнь", "июль", "авг август", "сен сент сентяб", "окт октяб", "ноя нояб", "дек декаб",
)  # fmt: skip
MONTHS: dict[str, int] = {
    form: number
    for number, ((stem, ends), short) in enumerate(zip(STEMS, SHORT, strict=True), 1)
    for form in (*(stem + end for end in ends.split(" ")), *short.split())
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
KEYWORDS = (
    *(stem + end for stem, ends in STEMS for end in ends.split(" ") if len(stem) > len("ма")),
    "квартал", "квартала", "квартале", "полугодие", "полугодия", "ежегодно", "ежемесячно", "ежеквартально", "еженедельно",
    "постоянно", "течение", "периода", "период", "реализации", "учебного", "учебный", "завершении", "окончании",
)  # fmt: skip
LONG_ENOUGH = 5
NEAR_ENOUGH = 1

_TWINS = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_ROMAN = str.maketrans("іх", "ix")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SCHOOL = r"(?:уч[а-я]*\.?\s*-?\s*(?:год[а-я]*|гг?\.?(?![а-я]))?|у\.?\s?г\.?(?![а-я]))"
_MARK = r"(?:г\s*\.\s*г\.?|гг?\.|гг?(?![а-я])|год[а-я]*|r\.?(?![a-z])|-?го(?![а-я])(?=$|\s*[,;)]))"
_MARKS = (
    (re.compile(r"[‐‑‒–—―−⁃]"), "-"),
    (re.compile(r"[«»\"“”„'’]"), " "),
    (re.compile(r"\.{3}|…"), " - "),
    (re.compile(r"(?<=\d)[оo](?=\d)|(?<=\d\d)[оo](?!\w)"), "0"),
    (re.compile(r"\s+"), " "),
)
_DATES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?: \d\d:\d\d(?::\d\d)?)?(?!\d)", r"\3.\2.\1"),
        (r"(?<!\d)(\d{4})\.(\d\d)\.(\d\d)(?!\d)", r"\3.\2.\1"),
        (r"(?<!\d)(\d\d?)([/-])(\d\d)\2(\d{4})(?!\d)", r"\1.\3.\4"),
        (r"(?<!\d)(\d\d)/(\d\d)/(\d\d)(?!\d)", r"\1.\2.\3"),
        (r"(?<![\d.-])(0[1-9]|1[0-2])[-/](20\d\d)(?![\d-])", r"\1.\2"),
        (r"(?<!\d)(20\d\d)-(0[1-9])(?![\d.-])", r"\2.\1"),
        (r"(?<!\d)(\d\d),(\d\d),(\d{4})(?!\d)", r"\1.\2.\3"),
        (r"(?<!\d)(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d\d)(?!\d)", r"\1.\2.\3"),
        (rf"(?<!\d)(\d\d)\s*[-/]\s*(\d\d)\s*(?={_SCHOOL})", r"20\1-20\2 "),
        (rf"(?<![\d.])(\d{{4}})\s*+(?:{_MARK}\s*+)?[-/]\s*(\d{{4}})\s*{_SCHOOL}", r"\1~\2 "),
        (rf"(?<![\d.])(\d\d)(\d\d)\s*[-/]\s*(\d\d)\s*{_SCHOOL}", r"\1\2~\1\3 "),
        (r"(?<![\d.])(\d{4})\s*/\s*(\d{4})(?!\d)", r"\1~\2"),
        (r"(?<![\d.])(\d\d)(\d\d)\s*/\s*(\d\d)(?![\d.])", r"\1\2~\1\3"),
        (rf"(?<![\d.])(\d\d)(\d\d)\s*-\s*(\d\d)\s*(?={_MARK})", r"\1\2-\1\3 "),
        (rf"(?<=\d)\s*{_MARK}", ""),
        (
            r"(?<=\d)(?:\s+|\s*,\s*)(?:в\s+)?\d{1,2}[:.-](?:00|[1345]\d)(?:\s*-\s*\d{1,2}[:.]\d\d)?(?:\s*ч[а-я]*\.?)?(?=$|[,;)])",
            "",
        ),
        (
            r"(?<=\d)\s*\(?\s*(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\.?\s*\)?(?!\w)",
            "",
        ),
        (r"(?<!\w)(iv|iii|ii|i)(?=(?:кв|пол|дек|нед))", r"\1 "),
        (r"(?<!\s)\s+\.", "."),
        (r"\(\s*\)", " "),
        (r"\s+", " "),
    )
)
# A bullet after the first line end of a gap, whose beginning stays: no other place of the gap is tried.
_BULLET = re.compile(r"(\A|(?<=;)|(?<!\s)[^\S\n]*+\n|(?<=\n)(?=\S))\s*+(?:[-•·*–—]|\d\))\s+")
_SAID_TWICE = re.compile(
    r"(?:(?<!\s)\s+)?(?:включительно|(?:текущего|нынешнего|того же)\s+(?:учебного |календарного )?(?:года|г\.?))(?!\w)"
)
_AFTER_MONTH = re.compile(rf"(?<![а-я])({MONTH})(\.?)\s+(?:месяц[а-я]*\s*)?(\d\d)\s*{_MARK}")
_BREAK = r"(?:\s*-\s*|\s+)?"


def normal(text: str) -> str:
    """Fold a cell: case, look-alike letters, dashes, spaces, «г.» after a year, broken dates.

    A school year comes out as «2023~2024», years from one to another as «2023-2024», «№» as «#».
    """
    plain = _BULLET.sub(r"\1 ", text) if _BULLET.match(text.strip()) else text
    folded = (
        unicodedata.normalize("NFKC", _INVISIBLE.sub("", plain.replace("№", "#"))).lower().replace("ё", "е")
    )
    folded = re.sub(r"[a-zа-яі]+", _one_script, folded)
    for pattern, into in _MARKS:
        folded = pattern.sub(into, folded)
    folded = _SAID_TWICE.sub("", folded)
    folded = _AFTER_MONTH.sub(rf"\1\2 {CENTURY // 100}\3 ", folded)
    for pattern, into in _DATES:
        folded = pattern.sub(into, folded)
    return folded.strip(" .,;:")


def _one_script(found: re.Match[str]) -> str:
    """Give a word back in one alphabet: «Maй» typed with a Latin M, «ІІ» typed with Ukrainian letters."""
    word = found[0]
    if re.fullmatch("[ivxіх]+", word) and re.search("[ivі]", word):
        return word.translate(_ROMAN)
    if re.search("[а-я]", word) or word in {"c", "o", "k", "b"}:
        return word.translate(_TWINS)
    return word


def mended(folded: str) -> str:
    """Put together the words that a line end or a stray space has cut: «сен- тябрь», «янв арь», «20 23»."""
    joined = folded
    for pattern, word in _BROKEN:
        joined = pattern.sub(word, joined)
    joined = re.sub(r"(?<=\w )2 ?0 ?(\d) ?(\d)(?!\d|\.)", r"20\1\2", joined)
    return re.sub(rf"(?<![а-я])({MONTH})(?=\d{{4}})", r"\1 ", joined)


def _broken(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![а-я]){_BREAK.join(word)}(?![а-я])")


_BROKEN = tuple((_broken(word), word) for word in sorted(KEYWORDS, key=len, reverse=True))


def corrected(folded: str) -> str:
    """Read a month with one wrong letter as the month it must be; the caller marks the term as guessed."""
    return re.sub(r"(?<![а-я])[а-я]{5,}(?![а-я])", lambda found: _nearest(found[0]), folded)


def _nearest(word: str) -> str:
    if word in MONTHS:
        return word
    near = {
        MONTHS[form]: form
        for form in MONTHS
        if len(form) >= LONG_ENOUGH and form[0] == word[0] and _one_slip(word, form)
    }
    return next(iter(near.values())) if len(near) == NEAR_ENOUGH else word


def _one_slip(word: str, form: str) -> bool:
    """Tell whether the words differ by one letter added, lost, changed, or two swapped."""
    if abs(len(word) - len(form)) > NEAR_ENOUGH:
        return False
    at = next(
        (at for at, (left, right) in enumerate(zip(word, form, strict=False)) if left != right),
        min(len(word), len(form)),
    )
    left, right = word[at:], form[at:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[2:] == right[2:] and left[:2] == right[1::-1])
    )
