"""Charts as drawings: where each bar of a `Chart` goes, for the page's SVG; and the chart part of a Word file."""

from xml.sax.saxutils import escape

from complaints.report.words import Chart

WIDTH_PIXELS, ROW_PIXELS, BAR_PIXELS = 480, 24, 16
LETTER_PIXELS = 6.6  # of a label at the size of the drawing: a letter's usual width
MOST_LABEL_PIXELS = 300


def drawing(chart: Chart) -> dict:
    """The bars with their places, in user units, for `components/bars.html`."""
    most = max((n for _, n in chart.rows), default=0) or 1
    labels = min(MOST_LABEL_PIXELS, round(max((len(words) for words, _ in chart.rows), default=0) * LETTER_PIXELS) + 16)
    room = WIDTH_PIXELS - labels - 40
    bars = []
    for i, (words, n) in enumerate(chart.rows):
        top, length = i * ROW_PIXELS + 4, round(room * n / most)
        bars.append(
            {
                "words": words,
                "number": n,
                "y": top,
                "text_y": top + 13,
                "x": labels,
                "length": length,
                "number_x": labels + length + 6,
                "label_x": labels - 8,
            }
        )
    return {
        "key": chart.key,
        "title": chart.title,
        "says": chart.says,
        "width": WIDTH_PIXELS,
        "height": len(chart.rows) * ROW_PIXELS + 8,
        "bar": BAR_PIXELS,
        "bars": bars,
        "heads": chart.heads,
        "rows": chart.rows,
    }


NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def chart_xml(chart: Chart) -> bytes:
    """A bar chart as Word draws it itself, so that it prints sharp and can be read by a screen reader's tools."""
    count = len(chart.rows)
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(w)}</c:v></c:pt>' for i, (w, _) in enumerate(chart.rows))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{n}</c:v></c:pt>' for i, (_, n) in enumerate(chart.rows))
    look = '<a:defRPr sz="900"><a:latin typeface="Arial"/></a:defRPr>'
    text = f'<c:txPr><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace {NAMESPACES}><c:lang val="en-GB"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>
<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>
<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:ptCount val="1"/>
<c:pt idx="0"><c:v>{escape(chart.heads[1])}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr><a:solidFill><a:srgbClr val="2B3945"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:spPr><a:noFill/></c:spPr>{text}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>
<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strRef><c:f>S!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>S!$B$2:$B${count + 1}</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="{count}"/>
{numbers}</c:numCache></c:numRef></c:val></c:ser><c:gapWidth val="50"/><c:axId val="1"/><c:axId val="2"/></c:barChart>
<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{text}<c:crossAx val="2"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/>
<c:axPos val="t"/><c:numFmt formatCode="0" sourceLinked="0"/><c:crossAx val="1"/></c:valAx>
</c:plotArea><c:plotVisOnly val="1"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>""".encode()
