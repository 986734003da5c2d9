"""Line breaks and tabs inside values: laid out in the tree where the text alone does not tell a run's own looks, and not stretched in justified text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.package import W, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

KEPT = 160
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SIGNS = re.compile(r"([\n\t])")
STYLE = re.compile(r'<w:pStyle w:val="([^"]{0,300})"/>')
JUSTIFIED = re.compile(r'<w:jc w:val="(\w{1,30})"/>')
SPREAD = frozenset({"both", "distribute", "mediumKashida", "highKashida", "lowKashida"})
UNSPREAD = f"{W}doNotExpandShiftReturn"
# What stands before and after in the settings of a Word file (ECMA-376, CT_Settings and CT_Compat are sequences).
AFTER_COMPAT = frozenset(
    f"{W}{name}"
    for name in (
        "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults",
        "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
) | {
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr",
    "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schemaLibrary",
}  # fmt: skip
BEFORE_UNSPREAD = frozenset(
    f"{W}{name}"
    for name in (
        "useSingleBorderforContiguousCells", "wpJustification", "noTabHangInd", "noLeading", "spaceForUL", "noColumnBalance",
        "balanceSingleByteDoubleByteWidth", "noExtraLineSpacing", "doNotLeaveBackslashAlone", "ulTrailSpace",
    )
)  # fmt: skip


def laid_out(tree: _Element) -> bool:
    """Put breaks and tabs where the text of runs has their signs; return whether there were any."""
    told = [each for each in tree.iter(f"{W}t") if each.text and SIGNS.search(each.text) and _in_run(each)]
    for text in told:
        first, *rest = SIGNS.split(text.text or "")
        text.text = first
        text.set(SPACE, "preserve")
        last = text
        for piece in rest:
            if piece:
                name = {"\n": "br", "\t": "tab"}.get(piece, "t")
                fresh = etree.Element(f"{W}{name}")
                last.addnext(fresh)
                last = fresh
                if name == "t":
                    fresh.text = piece
                    fresh.set(SPACE, "preserve")
    return bool(told)


def _in_run(text: _Element) -> bool:
    holder = text.getparent()
    return holder is not None and holder.tag == f"{W}r"


@lru_cache(maxsize=KEPT)
def spread_styles(styles: bytes) -> frozenset[str]:
    """Return the styles whose paragraphs are justified; "" among them where a paragraph without a style is."""
    if not styles:
        return frozenset()
    tree = tree_of(styles, "Шаблон")
    usual = next((each.find(f"{W}pPr/{W}jc") for each in tree.iter(f"{W}pPrDefault")), None)
    known = {
        str(each.get(f"{W}styleId")): each
        for each in tree.iter(f"{W}style")
        if each.get(f"{W}type") == "paragraph"
    }
    plain = next((name for name, each in known.items() if each.get(f"{W}default") in {"1", "true", "on"}), "")
    told = {name for name in known if _way(name, known, _said(usual)) in SPREAD}
    return frozenset(told | ({""} if plain in told or (not plain and _said(usual) in SPREAD) else set()))


def _way(name: str, known: Mapping[str, _Element], usual: str) -> str:
    for _ in known:
        style = known.get(name)
        if style is None:
            break
        if said := _said(style.find(f"{W}pPr/{W}jc")):
            return said
        name = _said(style.find(f"{W}basedOn"))
    return usual


def _said(element: _Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))


def stretched(xml: str, styles: bytes) -> bool:
    """Tell whether a value's line break stands in a justified paragraph: the line before it would be drawn apart."""
    spread = spread_styles(styles)
    return any(
        _way_of(look) in SPREAD if JUSTIFIED.search(look) else _style_of(look) in spread
        for look in _looks(xml)
    )


def _looks(xml: str) -> Iterator[str]:
    """Yield how the paragraphs with breaks look."""
    at = xml.find("\n")
    while at >= 0:
        begun = max(xml.rfind("<w:p ", 0, at), xml.rfind("<w:p>", 0, at))
        if begun >= 0:
            told = xml.startswith("<w:pPr>", xml.find(">", begun) + 1)
            yield xml[begun : xml.find("</w:pPr>", begun)] if told else ""
        ended = xml.find("</w:p>", at)
        at = xml.find("\n", ended) if ended >= 0 else -1


def _way_of(look: str) -> str:
    found = JUSTIFIED.search(look)
    return found[1] if found else ""


def _style_of(look: str) -> str:
    found = STYLE.search(look)
    return found[1] if found else ""


def unspread(settings: bytes) -> bytes:
    """Return the settings that leave a line before a break as wide as its words are."""
    tree = tree_of(settings, "готовый документ")
    compat = tree.find(f"{W}compat")
    if compat is None:
        compat = etree.Element(f"{W}compat")
        tree.insert(next((at for at, each in enumerate(tree) if each.tag in AFTER_COMPAT), len(tree)), compat)
    known = compat.find(UNSPREAD)
    if known is None:
        compat.insert(sum(each.tag in BEFORE_UNSPREAD for each in compat), etree.Element(UNSPREAD))
    elif known.get(f"{W}val") in {"0", "false", "off"}:
        known.set(f"{W}val", "1")
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
