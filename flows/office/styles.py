"""Looks of cells: number formats, bold, fills and wrapping, as `styles.xml` holds them and as Google names them."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache, partial
from typing import Any

from flows.office.book import Element, X, unset
from flows.office.errors import Refusal
from flows.office.fonts import argb, colour_of, set_font, text_format

_BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd.mm.yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd.mm.yyyy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
}  # fmt: skip
_DATES = (*range(27, 37), *range(50, 59))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?![hms]{1,9}\])[^\[\]]{0,99}\]|_.|\*.')
_Change = Callable[[Element, dict[str, Any]], None]
_OVERLAID = {"bold", "italic", "foregroundColor"}
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
)


@lru_cache(maxsize=1024)
def kind_of(code: str) -> str:
    """Google's kind of a number format: DATE, TIME, DATE_TIME, PERCENT, TEXT, NUMBER, or empty for the general one."""
    plain = _QUOTED.sub("", code).lower().split(";")[0].replace("am/pm", "")
    if plain in {"general", "", "standard"}:
        return ""
    day, hour = re.search(r"[dy]|mmm", plain) is not None, re.search(r"[hs]", plain) is not None
    if day or hour:
        return "DATE_TIME" if day and hour else "DATE" if day else "TIME"
    if "m" in plain and not re.search(r"[0#]", plain):
        return "DATE"
    return "TEXT" if plain == "@" else "PERCENT" if "%" in plain else "NUMBER"


class Styles:
    """The style table of a workbook; new looks are added at its end, known ones used again."""

    def __init__(self, root: Element, touch: Callable[[], None]) -> None:
        self._root = root
        self._touch = touch
        self._made: dict[tuple[int, str], int] = {}
        # A look is never changed once it is in the table: what it says is read once.
        self._told: dict[int, dict[str, Any]] = {}
        self._coded: dict[int, str] = {}
        self._codes = {
            int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter(X + "numFmt")
        }

    @property
    def _changes(self) -> dict[str, _Change]:
        text: list[_Change] = [partial(self._font, name=name) for name in _TEXT]
        looks: tuple[_Change, ...] = (
            self._number,
            *text,
            self._fill,
            self._wrap,
            self._vertical,
            self._horizontal,
        )
        return dict(zip(FIELDS, looks, strict=True))

    def _table(self, name: str) -> Element:
        found = self._root.find(X + name)
        if found is None:
            found = self._root.makeelement(X + name, {"count": "0"})
            later = {X + each for each in _ORDER[_ORDER.index(name) + 1 :]}
            at = next((at for at, each in enumerate(self._root) if each.tag in later), len(self._root))
            self._root.insert(at, found)
        return found

    def _look(self, style: int) -> Element:
        looks = self._table("cellXfs")
        return looks[style if style < len(looks) else 0]

    def code(self, style: int) -> str:
        """Read the number format of a style."""
        if style not in self._coded:
            self._coded[style] = self._code(style)
        return self._coded[style]

    def _code(self, style: int) -> str:
        number = int(self._look(style).get("numFmtId", "0"))
        return (
            self._codes.get(number)
            or _BUILTIN.get(number)
            or ("dd.mm.yyyy" if number in _DATES else "General")
        )

    def described(self, style: int) -> dict[str, Any]:
        """Spell a style as a CellFormat; only what differs from the default. What it returns is not to be changed."""
        if style not in self._told:
            self._told[style] = self._described(style)
        return self._told[style]

    def _described(self, style: int) -> dict[str, Any]:
        look = self._look(style)
        font = self._table("fonts")[int(look.get("fontId", "0"))]
        found: dict[str, Any] = {}
        code = self.code(style)
        if kind_of(code):
            found["numberFormat"] = {"type": kind_of(code), "pattern": code}
        colour = self._fill_colour(int(look.get("fillId", "0")))
        if colour:
            found["backgroundColor"] = colour
            found["backgroundColorStyle"] = {"rgbColor": colour}
        text = text_format(font)
        if text:
            found["textFormat"] = text
        found.update(_alignment(look.find(X + "alignment")))
        return found

    def _fill_colour(self, fill: int) -> dict[str, float] | None:
        pattern = self._table("fills")[fill].find(X + "patternFill")
        colour = (
            pattern.find(X + "fgColor")
            if pattern is not None and pattern.get("patternType") == "solid"
            else None
        )
        rgb = colour.get("rgb", "") if colour is not None else ""
        if len(rgb) != 8:  # noqa: PLR2004 - ARGB
            return None
        return colour_of(rgb)

    def changed(self, style: int, fields: tuple[str, ...], wanted: dict[str, Any]) -> int:
        """Find the style that differs from `style` in the named fields of a CellFormat; absent ones are reset."""
        key = (style, repr((fields, sorted(wanted.items(), key=str))))
        found = self._made.get(key)
        if found is None:
            look = deepcopy(self._look(style))
            for field in fields:
                self._changes[field](look, wanted)
            found = self._made[key] = self._known(look)
        return found

    def _known(self, look: Element) -> int:
        return self._same_or_added("cellXfs", look)

    def _same_or_added(self, table: str, element: Element) -> int:
        items = self._table(table)
        wanted = _spelled(element)
        for at, each in enumerate(items):
            if _spelled(each) == wanted:
                return at
        items.append(element)
        items.set("count", str(len(items)))
        self._touch()
        return len(items) - 1

    def difference(self, wanted: dict[str, Any]) -> int:
        """Find or add the look that a condition lays over a cell: bold, italic, colours of text and ground."""
        text, ground = wanted.get("textFormat") or {}, wanted.get("backgroundColor")
        unknown = (
            set(wanted) - {"textFormat", "backgroundColor", "backgroundColorStyle"} | set(text) - _OVERLAID
        )
        if unknown:
            raise Refusal(501, f"Формат условия {min(unknown)} пока не поддерживается локальным офисом")
        ground = ground or (wanted.get("backgroundColorStyle") or {}).get("rgbColor")
        look = self._root.makeelement(X + "dxf", {})
        if text:
            font = look.makeelement(X + "font", {})
            for name, value in text.items():
                set_font(font, name, value)
            look.append(font)
        if ground is not None:
            fill, pattern = look.makeelement(X + "fill", {}), look.makeelement(X + "patternFill", {})
            pattern.append(look.makeelement(X + "bgColor", {"rgb": argb(ground)}))
            fill.append(pattern)
            look.append(fill)
        return self._same_or_added("dxfs", look)

    def described_difference(self, number: int) -> dict[str, Any]:
        """Spell such a look as a CellFormat."""
        looks = self._table("dxfs") if self._root.find(X + "dxfs") is not None else ()
        if not 0 <= number < len(looks):
            return {}
        font, ground = (
            looks[number].find(X + "font"),
            looks[number].find(f"{X}fill/{X}patternFill/{X}bgColor"),
        )
        found: dict[str, Any] = {}
        if ground is not None and ground.get("rgb"):
            colour = colour_of(ground.get("rgb", ""))
            found |= {"backgroundColor": colour, "backgroundColorStyle": {"rgbColor": colour}}
        if font is not None and text_format(font):
            found["textFormat"] = text_format(font)
        return found

    def _number(self, look: Element, wanted: dict[str, Any]) -> None:
        pattern = _pattern(wanted.get("numberFormat") or {})
        look.set("numFmtId", str(self._number_id(pattern)))
        look.set("applyNumberFormat", "1")

    def _number_id(self, pattern: str) -> int:
        known = {
            code: number for number, code in {**_BUILTIN, **self._codes}.items() if number not in {14, 22}
        }
        if pattern in known:
            return known[pattern]
        number = max([163, *self._codes]) + 1
        table = self._table("numFmts")
        table.append(table.makeelement(X + "numFmt", {"numFmtId": str(number), "formatCode": pattern}))
        table.set("count", str(len(table)))
        self._codes[number] = pattern
        self._touch()
        return number

    def _font(self, look: Element, wanted: dict[str, Any], *, name: str) -> None:
        font = deepcopy(self._table("fonts")[int(look.get("fontId", "0"))])
        set_font(font, name, (wanted.get("textFormat") or {}).get(name))
        look.set("fontId", str(self._same_or_added("fonts", font)))
        look.set("applyFont", "1")

    def _fill(self, look: Element, wanted: dict[str, Any]) -> None:
        colour = wanted.get("backgroundColor") or (wanted.get("backgroundColorStyle") or {}).get("rgbColor")
        look.set("fillId", str(self._fill_id(colour) if colour is not None else 0))
        look.set("applyFill", "1")

    def _fill_id(self, colour: dict[str, float]) -> int:
        rgb = argb(colour)
        fills = self._table("fills")
        fill = fills.makeelement(X + "fill", {})
        pattern = fill.makeelement(X + "patternFill", {"patternType": "solid"})
        pattern.append(fill.makeelement(X + "fgColor", {"rgb": rgb}))
        pattern.append(fill.makeelement(X + "bgColor", {"indexed": "64"}))
        fill.append(pattern)
        return self._same_or_added("fills", fill)

    def _wrap(self, look: Element, wanted: dict[str, Any]) -> None:
        _align(look, "wrapText", "1" if wanted.get("wrapStrategy") == "WRAP" else "")

    def _vertical(self, look: Element, wanted: dict[str, Any]) -> None:
        kinds = {"TOP": "top", "MIDDLE": "center"}
        _align(look, "vertical", kinds.get(wanted.get("verticalAlignment") or "", ""))

    def _horizontal(self, look: Element, wanted: dict[str, Any]) -> None:
        kinds = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
        _align(look, "horizontal", kinds.get(wanted.get("horizontalAlignment") or "", ""))


_TEXT = ("bold", "italic", "fontSize", "foregroundColor")
FIELDS = (
    "numberFormat",
    *(f"textFormat.{name}" for name in _TEXT),
    "backgroundColor",
    "wrapStrategy",
    "verticalAlignment",
    "horizontalAlignment",
)


def _align(look: Element, name: str, value: str) -> None:
    holder = look.find(X + "alignment")
    if holder is None:
        if not value:
            return
        holder = look.makeelement(X + "alignment", {})
        look.insert(0, holder)
    unset(holder, name)
    if value:
        holder.set(name, value)
    look.set("applyAlignment", "1")


def _alignment(holder: Element | None) -> dict[str, str]:
    if holder is None:
        return {}
    vertical = {"top": "TOP", "center": "MIDDLE", "bottom": "BOTTOM"}
    horizontal = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
    found = {
        "verticalAlignment": vertical.get(holder.get("vertical", ""), ""),
        "horizontalAlignment": horizontal.get(holder.get("horizontal", ""), ""),
        "wrapStrategy": "WRAP" if holder.get("wrapText") in {"1", "true"} else "",
    }
    return {name: value for name, value in found.items() if value}


def _pattern(wanted: dict[str, Any]) -> str:
    usual = {
        "DATE": "dd.mm.yyyy",
        "DATE_TIME": "dd.mm.yyyy hh:mm",
        "TIME": "hh:mm",
        "PERCENT": "0.00%",
        "TEXT": "@",
    }
    return wanted.get("pattern") or usual.get(wanted.get("type") or "", "General")


def _spelled(element: Element) -> tuple[Any, ...]:
    return element.tag, tuple(sorted(element.attrib.items())), tuple(_spelled(each) for each in element)
