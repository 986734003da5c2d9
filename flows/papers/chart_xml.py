"""Word charts as XML (ECMA-376, part 1, §21.2): bars and points told apart by patterns, so that any printer shows them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORKBOOK = "rId1"
ACROSS, DOWN = 111, 222
FONT = "Times New Roman"
USUAL, SMALL = 10, 8
POINT = 12_700  # EMU
LEVEL, ONE_LINE = ' rot="0" vert="horz"', ' wrap="none"'
NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis with numbers: its ends, its step, how numbers are written there and what is said of them."""

    least: float
    most: float
    step: float
    shown: str
    said: str = ""


def line(width: float, dash: str = "solid", grey: str = "000000") -> str:
    """Return a line `width` points wide."""
    return f'<a:ln w="{round(width * POINT)}"><a:solidFill><a:srgbClr val="{grey}"/></a:solidFill><a:prstDash val="{dash}"/></a:ln>'


def plain(grey: str) -> str:
    """Return the look of a bar in one grey with a black edge."""
    return f'<c:spPr><a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>{line(0.75)}</c:spPr>'


def hatched(pattern: str) -> str:
    """Return the look of a bar with a pattern, black on white, with a black edge."""
    return (
        f'<c:spPr><a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>{line(0.75)}</c:spPr>'
    )


def letters(size: float, turned: str = "") -> str:
    """Return the look of text `size` points high; `turned` says how it lies."""
    return f'<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr><a:defRPr {_looks(size)}</a:defRPr></a:pPr><a:endParaRPr lang="ru-RU"/></a:p></c:txPr>'


def _looks(size: float) -> str:
    return f'sz="{round(size * 100)}" b="0">{BLACK}<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/>'


def shown(*what: str, place: str, form: str = "", size: float = USUAL) -> str:
    """Return the labels of bars or points: what of them is said («Val», «SerName») and on which side."""
    told = "".join(
        f'<c:show{each} val="{int(each in what)}"/>'
        for each in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    )
    number = f'<c:numFmt formatCode="{escape(form)}" sourceLinked="0"/>' if form else ""
    return f'{number}{NOTHING}{letters(size, ONE_LINE)}<c:dLblPos val="{place}"/>{told}'


def title(said: str, size: float = USUAL) -> str:
    """Return the words along an axis; nothing when there are none."""
    if not said:
        return ""
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>"
        f'<a:pPr><a:defRPr {_looks(size)}</a:defRPr></a:pPr><a:r><a:rPr lang="ru-RU" {_looks(size)}</a:rPr><a:t>{escape(said)}</a:t></a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def names_axis(size: float, line_of: str, crossing: str) -> str:
    """Return the axis with names, the first on top; `line_of` is the look of its line, `crossing` where it stands."""
    return (
        f'<c:catAx><c:axId val="{ACROSS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{line_of}</c:spPr>{letters(size, LEVEL)}<c:crossAx val="{DOWN}"/>{crossing}'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def numbers_axis(scale: Scale, number: int = DOWN, across: int = ACROSS, between: str = "between") -> str:
    """Return the axis with numbers, at the bottom, with a thin line up from each."""
    return (
        f'<c:valAx><c:axId val="{number}"/><c:scaling><c:orientation val="minMax"/><c:max val="{scale.most:g}"/><c:min val="{scale.least:g}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr>{line(0.5, "sysDot", "A6A6A6")}</c:spPr></c:majorGridlines>{title(scale.said)}'
        f'<c:numFmt formatCode="{escape(scale.shown)}" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr>{line(0.75)}</c:spPr>{letters(USUAL)}<c:crossAx val="{across}"/><c:crosses val="max"/>'
        f'<c:crossBetween val="{between}"/><c:majorUnit val="{scale.step:g}"/></c:valAx>'
    )


def rows_axis(count: int) -> str:
    """Return the unseen axis of rows 1 to `count`, the first on top."""
    return (
        f'<c:valAx><c:axId val="{DOWN}"/><c:scaling><c:orientation val="maxMin"/><c:max val="{count + 0.6:g}"/><c:min val="0.4"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="none"/><c:crossAx val="{ACROSS}"/><c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="1"/></c:valAx>'
    )


def bars(grouping: str, series: str, gap: int) -> str:
    """Return lying bars, `clustered` or `stacked`; `gap` between groups is in hundredths of a bar."""
    overlap = 100 if grouping == "stacked" else 0
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/><c:axId val="{ACROSS}"/><c:axId val="{DOWN}"/></c:barChart>'
    )


def points(series: str) -> str:
    """Return points and lines by two numbers each."""
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f'<c:axId val="{ACROSS}"/><c:axId val="{DOWN}"/></c:scatterChart>'
    )


def key() -> str:
    """Return the key on top that tells series apart."""
    return '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'


def inside(left: float, top: float, right: float, bottom: float) -> str:
    """Return the place of the plot itself, margins as shares of the whole."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="{top:.4f}"/><c:w val="{1 - left - right:.4f}"/><c:h val="{1 - top - bottom:.4f}"/></c:manualLayout></c:layout>'
    )


def space(plot: str, legend: str = "") -> str:
    """Return the chart part whole; its workbook is the relation `WORKBOOK`."""
    return (
        f'{PROLOG}<c:chartSpace {SPACES}><c:date1904 val="0"/><c:lang val="ru-RU"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{letters(USUAL)}<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
