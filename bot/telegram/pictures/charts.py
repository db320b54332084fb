"""A trend as a picture: one bar a year, labelled with the figure as printed. No facts."""

import io
from functools import cache

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from bot.telegram.pictures.fonts import font_file
from corpus.model.types import Noun

_BLUE = "#2b6cb0"
_INCHES = (6.0, 3.8)  # a phone shows it without turning
_DPI = 160
_ABREAST = 5  # bars whose labels have room beside each other


class Bar(Noun):
    """One bar: the year under it, its height in a common unit, and the text above it."""

    name: str
    height: float
    text: str


@cache
def _font() -> FontProperties:
    return FontProperties(fname=font_file())


def bars_to_png(title: str, bars: tuple[Bar, ...]) -> bytes:
    """Draw a chart and return it as PNG."""
    picture = io.BytesIO()
    bars_to_figure(title, bars).savefig(picture, format="png")
    return picture.getvalue()


def bars_to_figure(title: str, bars: tuple[Bar, ...]) -> Figure:
    """Draw a chart; with many bars the words stand upright, so that none lies on another.

    The labels are the strings of the bars: matplotlib would round a number of its own.
    """
    turn = 90 if len(bars) > _ABREAST else 0
    figure = Figure(figsize=_INCHES, dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(bars))
    drawn = axes.bar(places, [bar.height for bar in bars], width=0.55, color=_BLUE)
    texts, names = [bar.text for bar in bars], [bar.name for bar in bars]
    axes.bar_label(drawn, texts, padding=3, rotation=turn, fontproperties=_font())
    axes.set_xticks(list(places), names, rotation=turn, fontproperties=_font())
    axes.set_title(title, fontproperties=_font(), fontsize=12, wrap=True)
    axes.margins(y=0.6 if turn else 0.15)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
    return figure
