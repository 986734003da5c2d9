"""The words of deadline cells: one spelling for what people type differently."""

from __future__ import annotations

import re
import unicodedata

from flows.domain.terms.month_names import ENGLISH, MONTH, OF_MONTH, ROMAN, SHORT_MONTH, days_in_figures
from flows.russian.late import late

CENTURY = 2000

_TWINS = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_ROMAN = str.maketrans("іх", "ix")
_INVISIBLE = late("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Marks of a bookmark or of bold type that copying out of Word leaves amid a word.
_COPIED = late(r"\[bookmark: [^\[\]]{0,200}\]|\*\*|\[\]\{#[^{}]{0,200}\}")
_SCHOOL = r"(?:уч[а-я]*\.?\s*-?\s*(?:год[а-я]*|гг?\.?(?![а-я]))?|у\.?\s?г\.?(?![а-я]))"
_MARK = r"(?:г\s*\.\s*г\.?|гг?\.|гг?(?![а-я])|год[а-я]*|r\.?(?![a-z])|-?го(?![а-я])(?=$|\s*[,;)]))"
_MARKS = (
    (late(r"[‐‑‒–—―−⁃]"), "-"),
    (late(r"[«»\"“”„'’`]"), " "),
    (late(r"\.{3}|…"), " - "),
    (late(r"(?<=\d)[оo](?=\d)|(?<=\d\d)[оo](?!\w)"), "0"),
    (late(r"\s+"), " "),
)
# Figures as scans give them: «О1.09.2023», «З0 сентября», «202З».
_SCANNED = late(
    r"(?<![\w.])[\dоoзl|]{1,2}\.\s?[\dоoзl|]{1,2}\.\s?[\dоoзl|]{2,4}(?!\w)"
    rf"|(?<!\w)2[0оo][\dоoзl|]{{2}}(?!\w)|(?<![\w.])(?:[зоol|]\d|\d[оoзl|])(?=\s(?:{OF_MONTH}))"
)
_FIGURE = late(r"\d")
_FIGURES = str.maketrans("оoзl|", "00311")
_WEEKDAY = r"(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс)"
# A month beside the day as spreadsheets print it: «15-сен», «15.сен»; a whole name after a point may follow an item's number.
_TABLE_MONTH = rf"(?:{SHORT_MONTH}|{OF_MONTH}|(?<=\d\d-)май)"
_HOURS = r"\d{1,2}:\d\d(?::\d\d)?"
_ROMAN_MONTH = "|".join(sorted(ROMAN, key=len, reverse=True))


def _in_words(found: re.Match[str]) -> str:
    return f"{found[1] or ''} {ROMAN[found[2]]} {found[3]}"


# Each is looked for only where its mark stands, all of them only where there is a figure: most cells need few.
_DATES = tuple(
    (mark, late(pattern), into)
    for mark, pattern, into in (
        ("-", r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[ t]\d\d:\d\d(?::\d\d)?z?)?(?!\d)", r"\3.\2.\1"),
        (".", r"(?<!\d)(\d{4})\.(\d\d)\.(\d\d)(?!\d)", r"\3.\2.\1"),
        ("/", r"(?<!\d)(\d{4})/(\d\d)/(\d\d)(?!\d)", r"\3.\2.\1"),
        ("", r"(?<!\d)(\d\d?)([/-])(\d\d)\2(\d{4})(?!\d)", r"\1.\3.\4"),
        ("/", r"(?<!\d)(\d\d)/(\d\d)/(\d\d)(?!\d)", r"\1.\2.\3"),
        ("", r"(?<![\d.-])(0[1-9]|1[0-2])[-/](20\d\d)(?![\d-])", r"\1.\2"),
        ("-", r"(?<!\d)(20\d\d)-(0[1-9])(?![\d.-])", r"\2.\1"),
        ("", rf"(?<![\w.])(?:(\d\d?)\.\s?)?({_ROMAN_MONTH})\.\s?(20\d\d)(?!\d)", _in_words),
        (" ", r"(?<![\w.-])()(vi{0,3}|ix|xi{0,2})\s(20\d\d)(?!\d)", _in_words),
        (".", r"(?<![\d.])(20\d\d)\.(0[1-9]|1[0-2])(?![\d.])", r"\2.\1"),
        (",", r"(?<![\d.])(\d\d),(\d\d)[,.](\d{4})(?!\d)", r"\1.\2.\3"),
        (".", r"(?<![\d.])(\d\d?)\.(\d\d),? (20\d\d)(?![\d.~-]| ?[-/])", r"\1.\2.\3"),
        (" ", r"(?<![\d.] )(?<![\d.])(\d\d) (\d\d) (20\d\d)(?![\d.])", r"\1.\2.\3"),
        (".", r"(?<!\d)(?<!\d\.)(?<!\d\. )(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d\d)(?!\d|\s?\.\s?\d)", r"\1.\2.\3"),
        ("", rf"(?<![\d.-])(\d\d?)[-.]\s?({_TABLE_MONTH})\.?(?:[-.\s]\s?(\d{{4}}))?(?![\d.а-я-])", r"\1 \2 \3"),
        ("", rf"(?<![\d.-])(\d\d?)[-.]\s?({_TABLE_MONTH})\.?[-.\s]\s?(\d\d)(?![\d.а-я-])", rf"\1 \2 {CENTURY // 100}\3"),
        (",", rf"(?<![а-я\d-])({SHORT_MONTH}|май) (\d\d?), (20\d\d)(?![\d.])", r"\2 \1 \3"),
        ("-", rf"(?<![а-я\d-])({MONTH})\.?-(\d\d)(?=$|[,;])", r"\1 \2"),
        ("", rf"(?<!\d)(\d\d)\s*[-/]\s*(\d\d)\s*(?={_SCHOOL})", r"20\1-20\2 "),
        ("", rf"(?<![\d.])(\d{{4}})\s*+(?:{_MARK}\s*+)?[-/]\s*(\d{{4}})\s*{_SCHOOL}", r"\1~\2 "),
        ("", rf"(?<![\d.])(\d\d)(\d\d)\s*[-/]\s*(\d\d)\s*{_SCHOOL}", r"\1\2~\1\3 "),
        ("/", r"(?<![\d.])(\d{4})\s*/\s*(\d{4})(?!\d)", r"\1~\2"),
        ("/", r"(?<![\d.])(\d\d)(\d\d)\s*/\s*(\d\d)(?![\d.])", r"\1\2~\1\3"),
        ("-", rf"(?<![\d.])(\d\d)(\d\d)\s*-\s*(\d\d)\s*(?={_MARK})", r"\1\2-\1\3 "),
        ("год", r"(?:учебн(?:ый|ого|ому|ом)|уч\.?) ?год[ау]?:? (\d{4}) ?[-/~] ?(\d{4})(?![\d.])", r"\1~\2"),
        ("", rf"(?<=\d)\s*{_MARK}", ""),
        ("", rf"(?:(?<=\.\d\d)|(?<=\d\d\d\d))\s*,?\s*\(?\s*{_WEEKDAY}\.?\s*\)?(?!\w)", ""),
        ("", rf"(\d (?:{OF_MONTH})) ?[,(]? ?{_WEEKDAY}\.? ?\)?(?!\w)", r"\1"),
        ("", rf"(?:\A|(?<=[,;]\s)){_WEEKDAY}\.?,?\s+(?=\d{{1,2}}(?:\.\d|\s(?:{OF_MONTH})))", ""),
        (":", rf"(?<=[\dа-я])(?:\s+|\s*,\s*)(?:(?:в|с|к)\s+)?{_HOURS}(?:\s*(?:-|до|по)\s*{_HOURS})?(?:\s*ч[а-я]*\.?)?(?=$|[,;)\s])", ""),
        ("в ", r"(?<=[\dа-я])(?:\s+|\s*,\s*)в\s+\d{1,2}[.-][0-5]\d(?:\s*-\s*\d{1,2}[:.]\d\d)?(?:\s*ч[а-я]*\.?)?(?=$|[,;)])", ""),
        ("в ", r"(?<=[\dа-я])(?:\s+|\s*,\s*)в\s+\d{1,2}\s*ч(?:\.|ас[а-я]*)?(?:\s*\d\d\s*мин[а-я]*\.?)?(?=$|[,;)])", ""),
        ("", rf"(\d|\d\s(?:{OF_MONTH}))(?:\s+|\s*,\s*)\d{{1,2}}[.-](?:00|1[3-9]|[2345]\d)(?:\s*-\s*\d{{1,2}}[:.]\d\d)?(?:\s*ч[а-я]*\.?)?(?=$|[,;)])", r"\1"),
    )
)  # fmt: skip
_GAPS = tuple(
    (late(pattern), into)
    for pattern, into in (
        (r"(?<!\w)(iv|iii|ii|i)(?=(?:кв|пол|дек|нед))", r"\1 "),
        (r"(?<!\w)уч\.? ?года(?!\w)", "учебного года"),
        (r"(?<!\s)\s+\.", "."),
        (r"\(\s*\)", " "),
        (r"\s+", " "),
    )
)  # fmt: skip
# A bullet after the first line end of a gap, whose beginning stays: no other place of the gap is tried.
_BULLET = late(r"(\A|(?<=;)|(?<!\s)[^\S\n]*+\n|(?<=\n)(?=\S))\s*+(?:[-•·*–—]|\d\))\s+")
_INCLUDED = late(r"(?<!\w)до(?=\s[^,;()]{1,40}\sвключительно(?!\w))")
_SAID_TWICE = late(r"(?:(?<!\s)\s+)?включительно(?!\w)|(?<=\w)\s[тс]\.\s?г\.?(?!\w)")
# «Этого года» beside a date says nothing new; after «до конца» the year is all it has.
_THIS_YEAR = late(
    r"((?<![а-я])(?:кон|нач|окон|заверш|истеч|теч|полуг|четв)[а-я]{0,20}\s)?(?<![а-я])(?:текуще|нынешне|отчетно|это|того\sже|данно|то)(?:го)?\s((?:учебн|календарн)ого\s)?(?:года|г\.?)(?!\w)"
)
_AFTER_MONTH = late(rf"(?<![а-я])({MONTH})(\.?)\s+(?:месяц[а-я]*\s*)?(\d\d)\s*{_MARK}")


def normal(text: str) -> str:
    """Fold a cell: case, look-alike letters, dashes, spaces, «г.» after a year, broken dates, days in words.

    A school year comes out as «2023~2024», years from one to another as «2023-2024», «№» as «#».
    """
    plain = _BULLET.sub(r"\1 ", text) if _BULLET.match(text.strip()) else text
    plain = _COPIED.sub("", plain) if "[" in plain or "*" in plain else plain
    folded = (
        unicodedata.normalize("NFKC", _INVISIBLE.sub("", plain.replace("№", "#"))).lower().replace("ё", "е")
    )
    folded = re.sub(r"[a-zа-яі]+", _one_script, folded)
    for pattern, into in _MARKS:
        folded = pattern.sub(into, folded)
    folded = _SAID_TWICE.sub("", _INCLUDED.sub("по", days_in_figures(folded)))
    folded = _THIS_YEAR.sub(_this_year, folded)
    if _FIGURE.search(folded):
        folded = _dates(folded)
    for pattern, into in _GAPS:
        folded = pattern.sub(into, folded)
    return folded.strip(" .,;:!")


def _dates(folded: str) -> str:
    """Write days and years in figures one way."""
    folded = _SCANNED.sub(lambda found: found[0].translate(_FIGURES), folded)
    folded = _AFTER_MONTH.sub(rf"\1\2 {CENTURY // 100}\3 ", folded)
    for mark, pattern, into in _DATES:
        if mark in folded:
            folded = pattern.sub(into, folded)
    return folded


def _this_year(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2] or 'календарного '}года" if found[1] else ""


def _one_script(found: re.Match[str]) -> str:
    """Give a word back in one alphabet: «Maй» typed with a Latin M, «ІІ» typed with Ukrainian letters, «Sep» as «сен»."""
    word = found[0]
    if word in ENGLISH:
        return ENGLISH[word]
    if re.fullmatch("[ivxіх]+", word) and re.search("[ivі]", word):
        return word.translate(_ROMAN)
    if re.search("[а-я]", word) or word in {"c", "o", "k", "b"}:
        return word.translate(_TWINS)
    return word
