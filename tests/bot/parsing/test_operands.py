"""What a message reckons with: each side as a question of its own."""

import pytest

from bot.parsing.clauses import Operands, operands_of


@pytest.mark.parametrize(
    ("words", "kind", "asked"),
    [
        ("高中教育比小学教育多多少万", "difference", ("高中教育多少万", "小学教育多少万")),
        (
            "环境卫生那项,2024年预算比2023年执行数少多少",
            "difference",
            ("环境卫生,2024年预算多少", "2023年执行数多少"),
        ),
        ("全市教育支出减去市本级的是多少", "difference", ("全市教育支出多少", "市本级的多少")),
        (
            "城关镇和东城镇,谁的支出多,多多少",
            "difference",
            ("城关镇支出多少", "东城镇支出多少"),
        ),
        ("预算和决算差多少万", "difference", ("预算多少万", "决算多少万")),
        (
            "帮我比较,甲街道和乙街道的培训费差多少",
            "difference",
            ("甲街道多少", "乙街道的培训费多少"),
        ),
        ("公用经费决算比预算涨了百分之几", "growth", ("公用经费决算多少", "预算多少")),
        ("人员经费占支出合计的比重", "share", ("人员经费多少", "支出合计多少")),
        ("教师里面教授占百分之几", "share", ("教授多少", "教师多少")),
        ("公用经费是人员经费的几倍", "times", ("公用经费多少", "人员经费多少")),
        ("接待费除以接待人次", "per", ("接待费多少", "接待人次多少")),
        (
            "城市低保和农村低保两项决算加起来多少万",
            "sum",
            ("城市低保决算多少万", "农村低保决算多少万"),
        ),
        ("在职加离退休一共多少人", "sum", ("在职多少人", "离退休多少人")),
        ("电费、水费和邮电费加起来多少", "sum", ("电费多少", "水费多少", "邮电费多少")),
    ],
)
def test_both_sides_are_asked_for(words: str, kind: str, asked: tuple[str, ...]) -> None:
    assert operands_of(words)[0] == Operands(kind, asked)


@pytest.mark.parametrize(
    "words",
    [
        "商品和服务支出多少",
        "三公经费多少",
        "人员经费和公用经费加起来,年初预算一共多少",
        "中小企业占百分之几",
    ],
    ids=["和在名称里", "查数", "后面还有限定", "中在名称里"],
)
def test_what_reckons_nothing_has_no_sides(words: str) -> None:
    assert operands_of(words) == ()
