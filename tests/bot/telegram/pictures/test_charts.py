"""The chart of a trend: every label as printed, in its place, and none on another."""

from itertools import combinations

import pytest

from bot.telegram.pictures.charts import Bar, bars_to_figure, bars_to_png


def bars(count: int) -> tuple[Bar, ...]:
    return tuple(
        Bar(name=f"{2012 + at}年", height=float(at * at), text=f"{at * at:,}.50万元")
        for at in range(99, 99 + count)
    )


@pytest.mark.parametrize("count", [2, 5, 6, 14])
def test_no_label_lies_on_another(count: int) -> None:
    figure = bars_to_figure("青山市临江区财政局三公经费实际支出", bars(count))
    figure.canvas.draw()
    (axes,) = figure.axes
    labels = [*axes.texts, *axes.get_xticklabels()]
    assert [label.get_text() for label in labels[:count]] == [bar.text for bar in bars(count)]
    extents = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
    assert all(box.y1 <= axes.get_window_extent().y1 + 1 for box in extents)


def test_chart_is_a_png() -> None:
    assert bars_to_png("支出", bars(2)).startswith(b"\x89PNG")
