"""Colours and fonts of a file, as Google names them."""

from __future__ import annotations

from typing import Any

from flows.office.book import Element, X

_USUAL_SIZE = 11


def argb(colour: dict[str, float]) -> str:
    """Spell a Color of the wire as files do."""
    return "FF" + "".join(f"{round(255 * (colour.get(name) or 0)):02X}" for name in ("red", "green", "blue"))


def colour_of(text: str) -> dict[str, float]:
    """Read a colour of a file; parts that are 0 are left out, as Google does."""
    parts = zip(("red", "green", "blue"), (text[2:4], text[4:6], text[6:8]), strict=True)
    return {name: round(int(value, 16) / 255, 8) for name, value in parts if value != "00"}


def set_font(font: Element, name: str, value: Any) -> None:
    """Change one property of a font; None gives it back its default."""
    tag = {"bold": "b", "italic": "i", "fontSize": "sz", "foregroundColor": "color"}[name]
    for old in font.findall(X + tag):
        font.remove(old)
    if name == "fontSize":
        font.insert(_after(font, "b", "i"), font.makeelement(X + tag, {"val": str(value or _USUAL_SIZE)}))
    elif name == "foregroundColor" and value is not None:
        font.insert(_after(font, "b", "i", "sz"), font.makeelement(X + tag, {"rgb": argb(value)}))
    elif value:
        font.insert(_after(font, *"b"[: tag == "i"]), font.makeelement(X + tag, {}))


def _after(font: Element, *tags: str) -> int:
    return 1 + max((at for at, each in enumerate(font) if each.tag in {X + tag for tag in tags}), default=-1)


def text_format(font: Element) -> dict[str, Any]:
    """Spell a font's properties; the usual ones are left out."""
    found: dict[str, Any] = {
        name: True for name, tag in (("bold", "b"), ("italic", "i")) if _on(font.find(X + tag))
    }
    size, colour = font.find(X + "sz"), font.find(X + "color")
    points = float(size.get("val", _USUAL_SIZE)) if size is not None else _USUAL_SIZE
    if points != _USUAL_SIZE:
        found["fontSize"] = int(points)
    rgb = colour.get("rgb", "") if colour is not None else ""
    if len(rgb) == 8:  # noqa: PLR2004 - ARGB
        found |= {"foregroundColor": colour_of(rgb), "foregroundColorStyle": {"rgbColor": colour_of(rgb)}}
    return found


def _on(flag: Element | None) -> bool:
    return flag is not None and flag.get("val", "1") not in {"0", "false"}
