"""A chart as a picture: bars to one scale, everything within the edges, type of a readable size."""

import io

import pytest
from PIL import Image

from bot.telegram.pictures.charts import chart_to_png, wrapped
from bot.telegram.views.chart_figures import Bar, Chart

DARK, PALE, BELOW_ZERO, WHITE = (43, 108, 176), (156, 195, 230), (192, 86, 33), (255, 255, 255)
EDGE = 50  # pixels that stay white on either side


def drawn(*bars: Bar, key: tuple[str, ...] = ()) -> Image.Image:
    """Draw a chart of bars."""
    chart = Chart(
        title="青山市临江区人民政府财政局三公经费实际支出",
        bars=bars,
        key=key,
        sources=("《青山市临江区人民政府财政局2024年度部门整体支出绩效自评报告》第12页",),
        lines=(),
    )
    return Image.open(io.BytesIO(chart_to_png(chart))).convert("RGB")


def lengths(picture: Image.Image, colour: tuple[int, int, int]) -> list[int]:
    """Return the lengths of the bars of a colour, from the top."""
    found: list[int] = []
    inside = False
    for y in range(picture.height):
        row = [x for x in range(picture.width) if picture.getpixel((x, y)) == colour]
        if row and not inside:
            found.append(row[-1] - row[0] + 1)
        inside = bool(row)
    return found


@pytest.mark.parametrize(
    "names", [("2023年", "2024年"), ("公务用车购置及运行维护费", "公务接待费")]
)
def test_bars_are_to_one_scale_beside_short_names_and_below_long_ones(
    names: tuple[str, str],
) -> None:
    picture = drawn(
        Bar(name=names[0], length=40.0, text="40.00万元"),
        Bar(name=names[1], length=10.0, text="10.00万元"),
    )
    longer, shorter = lengths(picture, DARK)
    assert longer > 400
    assert longer / shorter == pytest.approx(4, rel=0.02)


def test_both_aspects_of_a_year_stand_together_and_are_told_apart() -> None:
    picture = drawn(
        Bar(name="2023年", length=2.0, text="2.00万元"),
        Bar(name="", length=4.0, text="4.00万元", pale=True),
        key=("实际", "预算"),
    )
    square, bar = lengths(picture, DARK)
    assert (square, lengths(picture, PALE)[0]) == (36, 36)  # of the key
    assert lengths(picture, PALE)[1] / bar == pytest.approx(2, rel=0.02)


def test_what_is_nothing_is_a_stroke_and_what_is_below_zero_is_of_another_colour() -> None:
    picture = drawn(
        Bar(name="2022年", length=0.0, text="0.00万元"),
        Bar(name="2023年", length=-5.0, text="-5.00万元"),
        Bar(name="2024年", length=10.0, text="10.00万元"),
    )
    nothing, whole = lengths(picture, DARK)
    assert nothing < 5
    assert whole / lengths(picture, BELOW_ZERO)[0] == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize("count", [2, 5, 14])
def test_nothing_reaches_the_edges(count: int) -> None:
    long = Bar(
        name="青山市临江区人民政府街道办事处（本级）" * 2, length=1e9, text="1,234,567,890.12元"
    )
    picture = drawn(*[long.model_copy(update={"length": 1e9 / n}) for n in range(1, count + 1)])
    assert picture.width == 1080
    for left in (0, picture.width - EDGE):
        strip = picture.crop((left, 0, left + EDGE, picture.height))
        assert strip.getcolors() == [(EDGE * picture.height, WHITE)]


def test_no_mark_begins_a_line() -> None:
    lines = list(wrapped("《二〇二四年度报告》，第12页" * 3, 40, 400))
    assert "".join(lines) == "《二〇二四年度报告》，第12页" * 3
    assert not any(line[0] in "，》" for line in lines)
