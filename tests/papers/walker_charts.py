"""What makes a chart of a Word file sound, told in our own words from ECMA-376 and what Office adds to it: a walk through one chart part.

Asked is what Word refuses or repairs: the order of elements, axes that lead to each other, numbers of series, places of
labels, and a workbook inside that opens and says in each cell what the chart shows.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from itertools import pairwise

import openpyxl
from lxml import etree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LOOKS = "spPr txPr"
AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses crossesAt"
)
LABELS = "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines"
ORDERS = {
    "chartSpace": f"date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart {LOOKS} externalData printSettings userShapes",
    "chart": "title autoTitleDeleted view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart lineChart pieChart areaChart scatterChart catAx dateAx serAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "ser": (
        "idx order tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls trendline errBars cat val xVal yVal smooth"
    ),
    "catAx": f"{AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": f"{AXIS} crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "dLbls": f"dLbl delete {LABELS}",
    "dLbl": f"idx delete layout tx {LABELS}",
    "legend": f"legendPos legendEntry layout overlay {LOOKS}",
    "title": f"tx layout overlay {LOOKS}",
    "marker": "symbol size spPr",
    "numCache": "formatCode ptCount pt",
    "strCache": "ptCount pt",
}  # fmt: skip
AXES = ("catAx", "valAx", "dateAx", "serAx")
# [MS-OI29500] 2.1.1456: Office opens no other places of labels, whatever the standard allows.
PLACES = {
    ("barChart", "clustered"): {"ctr", "inBase", "inEnd", "outEnd"}, ("barChart", "stacked"): {"ctr", "inBase", "inEnd"},
    ("scatterChart", ""): {"l", "r", "t", "b", "ctr"},
}  # fmt: skip
CELLS = re.compile(r"(.+)!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


def chart_faults(name, tree, members):
    """Yield what is wrong with a chart part; `members` are those of the whole file."""
    for element in tree.iter(f"{C}*"):
        yield from _ordered(element)
    yield from _axes(tree)
    for kind in ("idx", "order"):
        numbers = [each.find(f"{C}{kind}").get("val") for each in tree.iter(f"{C}ser")]
        yield from (f"{kind} {each} повторяется" for each in set(numbers) if numbers.count(each) > 1)
    yield from _places(tree)
    if next(tree.iter(f"{C}ser"), None) is not None:
        yield from _workbook(name, tree, members)


def _bare(element):
    return etree.QName(element).localname


def _ordered(element):
    order = ORDERS.get(_bare(element), "").split()
    names = [_bare(each) for each in element]
    if not order:
        return
    yield from (f"{each} внутри {_bare(element)}" for each in names if each not in [*order, "extLst"])
    places = [order.index(each) for each in names if each in order]
    # Axes may come in any turn among themselves.
    first = order.index("catAx") if _bare(element) == "plotArea" else 0
    told = [min(place, first) if first <= place < first + len(AXES) else place for place in places]
    if any(one > other for one, other in pairwise(told if first else places)):
        yield f"порядок в {_bare(element)}: {' '.join(names)}"


def _axes(tree):
    axes = {
        each.find(f"{C}axId").get("val"): each.find(f"{C}crossAx").get("val")
        for kind in AXES
        for each in tree.iter(f"{C}{kind}")
    }
    yield from (f"ось {each} скрещена с {other}" for each, other in axes.items() if axes.get(other) != each)
    for group in tree.iter(f"{C}barChart", f"{C}scatterChart"):
        asked = [each.get("val") for each in group.findall(f"{C}axId")]
        if len(asked) != 2 or not set(asked) <= axes.keys():
            yield f"у {_bare(group)} оси {asked}, а есть {sorted(axes)}"


def _places(tree):
    for group in tree.iter(f"{C}barChart", f"{C}scatterChart"):
        grouping = group.find(f"{C}grouping")
        allowed = PLACES[_bare(group), "" if grouping is None else grouping.get("val")]
        for each in group.iter(f"{C}dLblPos"):
            if each.get("val") not in allowed:
                yield f"место подписи {each.get('val')}: Word не откроет"


def _workbook(name, tree, members):
    """Find the workbook and hold each shown value against its cell."""
    folder, _, file = name.rpartition("/")
    link = tree.find(f"{C}externalData")
    if link is None:
        yield "нет связи с книгой"
        return
    listing = etree.fromstring(members.get(f"{folder}/_rels/{file}.rels", b"<none/>"))
    found = [each for each in listing if each.get("Id") == link.get(f"{R}id")]
    place = posixpath.normpath(posixpath.join(folder, found[0].get("Target"))) if found else ""
    if place not in members or not found[0].get("Type").endswith("/package"):
        yield f"книги {place} нет"
        return
    try:
        book = openpyxl.load_workbook(io.BytesIO(members[place]))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as trouble:
        yield f"книга не открывается: {trouble}"
        return
    for each in tree.iter(f"{C}strRef", f"{C}numRef"):
        yield from _shown(each, book)


def _shown(reference, book):
    formula = reference.find(f"{C}f").text
    found = CELLS.fullmatch(formula)
    if found is None or found[1] not in book.sheetnames:
        yield f"ссылка {formula} никуда не ведёт"
        return
    first = f"{found[2]}{found[3]}"
    last = f"{found[4]}{found[5]}" if found[4] else first
    cells = [cell for row in book[found[1]][f"{first}:{last}"] for cell in row]
    cache = reference[1]
    if int(cache.find(f"{C}ptCount").get("val")) != len(cells):
        yield f"{formula}: ячеек {len(cells)}, а значений {cache.find(f'{C}ptCount').get('val')}"
    told = {int(each.get("idx")): each.find(f"{C}v").text for each in cache.findall(f"{C}pt")}
    for at, cell in enumerate(cells):
        if _value(cell) != told.get(at):
            yield f"{formula}: в ячейке {cell.coordinate} {_value(cell)}, показано {told.get(at)}"


def _value(cell):
    if cell.value is None:
        return None
    if cell.is_date:
        return str((cell.value - openpyxl.utils.datetime.CALENDAR_WINDOWS_1900).days)
    return str(cell.value)
