"""What a question names and an answer passes over: bodies, levels, months."""

import pytest

from bot.evidence.named_slots import is_reckoned_as_asked, leaves_out, stretches_in
from bot.parsing.annotations import AskedBase
from bot.types import Answer, Ask, Citation, Figure, Question
from corpus.model.types import Aspect, Base, Level
from scripts.toy_reports import FINANCE, WATER, toy_fact

WHOLE = toy_fact("5", "万元").model_copy(update={"id": "whole", "level": "部门"})
OFFICE = toy_fact("3", "万元").model_copy(update={"id": "office", "level": "单位"})
BEFORE = WHOLE.model_copy(update={"id": "before", "year": 2023})
CHANGE = WHOLE.model_copy(update={"id": "change", "base": Base(year=2023, aspect=None)})
FACTS = {fact.id: fact for fact in (WHOLE, OFFICE, BEFORE, CHANGE)}


def told(
    text: str = "5万元",
    quote: str = "会议费5万元。",
    facts: tuple[str, ...] = (),
    unit: str = "万元",
) -> Answer:
    shown = Citation(n=1, document="a.txt", title="", section="", page=None, quote=quote)
    figures = tuple(
        Figure(
            value="5", unit=unit, label="会议费", organisation=FINANCE, year=2024,
            aspect="决算", citation=1, fact=name,
        )
        for name in facts
    )  # fmt: skip
    return Answer(status="answered", text=text, citations=(shown,), figures=figures)


@pytest.mark.parametrize(
    ("words", "stretches"),
    [
        ("2024年12月三公经费多少", {(12, 12)}),
        ("十二月份的接待费", {(12, 12)}),
        ("1至9月收入", {(1, 9)}),
        ("1-6月收入", {(1, 6)}),
        ("上半年花了多少", {(1, 6)}),
        ("第三季度支付多少", {(7, 9)}),
        ("前三季度支付多少", {(1, 9)}),
        ("12月8日那场活动来了多少人", set()),
        ("干了12个月多少钱", set()),
        ("截至12月底有几辆车", set()),
        ("8月公布的决算", set()),
    ],
    ids=[
        "数字月份", "汉字月份", "几月至几月", "几月到几月", "半年", "季度", "前几季度",
        "某一天", "几个月", "月底", "公布的月份",
    ],
)  # fmt: skip
def test_a_month_is_a_stretch_of_the_year_and_no_day_of_it(
    words: str, stretches: set[tuple[int, int]]
) -> None:
    assert stretches_in(words) == stretches


@pytest.mark.parametrize(
    ("quote", "passed_over"),
    [("全年会议费5万元。", True), ("1至12月会议费5万元。", True), ("12月会议费5万元。", False)],
    ids=["全年的数", "累计的数", "当月的数"],
)
def test_the_figure_of_a_year_is_no_answer_to_a_month(quote: str, *, passed_over: bool) -> None:
    question = Question(words="2024年12月会议费多少")
    assert leaves_out(question, told(quote=quote), FACTS) is passed_over


@pytest.mark.parametrize(
    ("text", "passed_over"),
    [(f"{FINANCE}5万元", True), (f"{FINANCE}5万元，{WATER}7万元", False)],
    ids=["只说了一家", "两家都说了"],
)
def test_each_body_that_is_named_is_told_of(text: str, *, passed_over: bool) -> None:
    question = Question(words="两家各多少", organisations=(FINANCE, WATER))
    assert leaves_out(question, told(text), FACTS) is passed_over


@pytest.mark.parametrize(
    ("facts", "passed_over"),
    [(("whole",), True), (("whole", "office"), False)],
    ids=["只有部门的数", "部门和本级都有"],
)
def test_both_levels_that_are_named_are_told_of(
    facts: tuple[str, ...], *, passed_over: bool
) -> None:
    levels: tuple[Level, ...] = ("部门", "单位")
    question = Question(words="部门比单位多多少", levels=levels)
    answer = told("部门比单位多2万元", facts=facts)
    assert leaves_out(question, answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("quote", "passed_over"),
    [("会议费5万元。", True), ("其中港航管理局会议费5万元。", False)],
    ids=["别家的数", "说到它的句子"],
)
def test_a_body_without_reports_is_spoken_of_in_the_proof(quote: str, *, passed_over: bool) -> None:
    question = Question(words="港航管理局会议费多少", unknown_organisation="港航管理局")
    assert leaves_out(question, told(quote=quote), FACTS) is passed_over


@pytest.mark.parametrize(
    ("quote", "passed_over"),
    [
        ("全市一般公共预算收入完成715.5亿元。", True),
        ("市本级一般公共预算收入完成22.9亿元。", False),
        ("高新区一般公共预算收入完成7.9亿元。", True),
        ("在全区共建成20家司机之家。", False),
    ],
    ids=["全市的数", "本级的数", "高新区的数", "没有说预算"],
)
def test_the_budget_of_a_whole_region_is_not_its_own(quote: str, *, passed_over: bool) -> None:
    question = Question(words="市本级收入多少", levels=("单位",))
    assert leaves_out(question, told(quote=quote), FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "passed_over"),
    [("全市契税多少", True), ("契税多少", False), ("全市和市本级各多少", False)],
    ids=["问全市", "没说", "都问"],
)
def test_the_own_budget_is_not_that_of_the_whole_region(words: str, *, passed_over: bool) -> None:
    answer = told(quote="市本级契税完成22.9亿元。")
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


def test_a_body_and_a_level_may_be_named_in_passing() -> None:
    passing = Question(words="有没有向总工会拨款", organisations=(FINANCE, WATER))
    assert not leaves_out(passing, told(f"{FINANCE}5万元"), FACTS)
    document = Question(words="本级2025年部门预算三公经费多少", levels=("单位", "部门"))
    assert not leaves_out(document, told(facts=("office",)), FACTS)


def test_what_there_is_at_the_end_of_the_year_is_of_december() -> None:
    cars = toy_fact("6", "辆", measure="车辆", aspect="数量").model_copy(update={"id": "cars"})
    question = Question(words="2024年12月有几辆车")
    answer = told(quote="车辆6辆。", facts=("cars",), unit="辆")
    assert not leaves_out(question, answer, {"cars": cars})
    assert leaves_out(question, told(quote="会议费5万元。", facts=("whole",)), FACTS)


def test_a_refusal_passes_nothing_over() -> None:
    question = Question(words="2024年12月会议费多少", organisations=(FINANCE, WATER))
    assert not leaves_out(question, Answer(status="not_found", text="没有"), FACTS)


@pytest.mark.parametrize(
    ("places", "passed_over"),
    [(("石桥镇",), False), (("石桥镇", "白水乡"), True), (("白水乡",), True), ((), False)],
    ids=["是那一行", "两行只答一行", "是别的行", "没有说地方"],
)
def test_what_is_asked_of_the_row_of_a_place_is_told_from_it(
    places: tuple[str, ...], *, passed_over: bool
) -> None:
    quote = "分乡镇支出表\n乡镇 | 支出\n石桥镇 | 5"
    question = Question(words="石桥镇支出多少")
    assert leaves_out(question, told(quote=quote), FACTS, places) is passed_over


@pytest.mark.parametrize(
    ("words", "unit", "passed_over"),
    [
        ("在编职工一共多少人", "万元", True),
        ("在编职工一共多少人", "人", False),
        ("职工花了多少人民币", "万元", False),
        ("几辆车", "元", True),
        ("一共多少钱", "万元", False),
        ("多少个亿", "万元", False),
        ("哪家接待的人次多", "万元", True),
        ("哪家接待的人次多", "人次", False),
    ],
)
def test_people_that_are_counted_are_not_answered_with_money(
    words: str, unit: str, *, passed_over: bool
) -> None:
    answer = told(facts=("whole",), unit=unit)
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "unit", "quote", "passed_over"),
    [
        ("一户发了多少块钱", "户", "为20户家庭发放助学金。", True),
        ("一共花了多少钱", "万元", "为20户家庭发放助学金5万元。", False),
        ("出国花了多少钱", "人", "本年未安排因公出国（境）。", False),
        ("帮了多少户", "户", "为20户家庭发放助学金。", False),
    ],
    ids=["没有金额", "有金额", "说没有", "不问钱"],
)
def test_who_asks_for_money_is_told_an_amount_or_that_there_is_none(
    words: str, unit: str, quote: str, *, passed_over: bool
) -> None:
    answer = told(facts=("whole",), unit=unit, quote=quote)
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "aspects", "passed_over"),
    [
        ("会议费年初预算多少，最后决算多少", ("决算",), True),
        ("会议费年初预算多少，最后决算多少", ("预算", "决算"), False),
        ("会议费年初预算多少，最后花掉多少", ("预算", "其他"), False),
        ("会议费决算比预算多多少", ("决算",), False),
    ],
    ids=["只说了一个", "两个都说了", "花掉的另有叫法", "只问一个数"],
)
def test_budget_and_account_are_both_told_where_each_is_asked_for(
    words: str, aspects: tuple[Aspect, ...], *, passed_over: bool
) -> None:
    one = told("5万元，比预算多1万元", facts=("whole",))
    figures = tuple(one.figures[0].model_copy(update={"aspect": own}) for own in aspects)
    answer = one.model_copy(update={"figures": figures})
    question = Question(words=words, aspects=("预算", "决算"))
    assert leaves_out(question, answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("自评得了多少分，什么等级", "自评得分91.8分。", True),
        ("自评得了多少分，什么等级", "自评得分91.8分，等级为“优”。", False),
        ("自评得了多少分", "自评得分91.8分。", False),
    ],
)
def test_who_asks_for_a_grade_is_told_one(words: str, text: str, *, passed_over: bool) -> None:
    assert leaves_out(Question(words=words), told(text), FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "quote", "passed_over"),
    [
        ("两个加一块儿多少", "会议费5万元。", True),
        ("在职加离退休一共多少人", "在职11人，离退休7人。", True),
        ("这几样加一块有几家", "共建成近20家。", False),
        ("公共服务加起来多少", "公共服务5万元。", True),
        ("追加了多少", "追加5万元。", False),
        ("有多少人加入了工会", "会员5人。", False),
        ("除开园区的还有多少人", "全年参保18480人，其中园区5000人。", True),
        ("年底还剩多少", "年末结余5万元。", False),
    ],
)
def test_what_is_to_be_reckoned_is_not_answered_with_one_of_its_figures(
    words: str, quote: str, *, passed_over: bool
) -> None:
    answer = told(quote, facts=("whole",), unit="人", quote=quote)
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over
    converted = answer.figures[0].model_copy(
        update={"formula": "50000元 / 10000 = 5万元", "label": "会议费（换算）"}
    )
    both = answer.model_copy(update={"figures": (*answer.figures, converted)})
    assert leaves_out(Question(words=words), both, FACTS) is passed_over
    worked = answer.figures[0].model_copy(update={"formula": "2 + 3 = 5"})
    assert not leaves_out(
        Question(words=words), answer.model_copy(update={"figures": (worked,)}), FACTS
    )


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("今年是去年的几倍", "今年5万元，去年2万元。", True),
        ("今年是去年的几倍", "今年是去年的2.5倍。", False),
        ("占总数的百分之几", "会议费5万元。", True),
        ("占总数的百分之几", "会议费占5%。", False),
        ("据增加额倒推预算", "会议费比预算增加5万元。", True),
    ],
)
def test_a_ratio_or_what_is_to_be_worked_back_is_told_as_such(
    words: str, text: str, *, passed_over: bool
) -> None:
    assert leaves_out(Question(words=words), told(text), FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("2023年跟2024年哪一年高", "2024年三公经费人均0.18万元。", True),
        ("2023年跟2024年哪一年高", "2023年0.02万元，2024年0.18万元。", False),
        ("2023年我看过了，2024年安排了多少", "2023年安排480万元。", False),
    ],
    ids=["少了一年", "两年都有", "不是两年相比"],
)
def test_each_year_that_is_held_against_another_is_told(
    words: str, text: str, *, passed_over: bool
) -> None:
    question = Question(words=words, years=(2023, 2024))
    assert leaves_out(question, told(text), FACTS) is passed_over


RATE = "甲比乙下降27.81%（按公式计算：(8 - 6) / 8 = 27.81%）。"
PART = "甲占乙的72.19%（按公式计算：6 / 8 = 72.19%）。"
OWN = "拨款比上年减少为拨款的26.25%（按公式计算：2 / 8 = 26.25%）。"
DONE = "甲为乙的72.19%（按公式计算：6 / 8 = 72.19%）。"


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("比上年少了百分之几", RATE, False),
        ("比上年少了百分之几", PART, True),
        ("比上年的增幅，百分之几", DONE, True),
        ("跟上年比减了百分之几", OWN, True),
        ("占乙的百分之几", RATE, True),
        ("占乙的百分之几", PART, False),
        ("完成了预算的百分之几", DONE, False),
    ],
)
def test_a_change_in_percent_is_no_share_of_a_whole(
    words: str, text: str, *, passed_over: bool
) -> None:
    answer = told(text, facts=("whole",), unit="%")
    worked = answer.figures[0].model_copy(update={"formula": "6 / 8", "label": "甲"})
    answer = answer.model_copy(update={"figures": (worked,)})
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("times", "passed_over"), [("9.75", False), ("0.1", True)], ids=["几倍", "说反了"]
)
def test_a_tenth_is_no_answer_to_how_many_times(times: str, *, passed_over: bool) -> None:
    answer = told(f"今年是去年的{times}倍。", facts=("whole",), unit="倍")
    figure = answer.figures[0].model_copy(update={"value": times})
    answer = answer.model_copy(update={"figures": (figure,)})
    assert leaves_out(Question(words="今年是去年的几倍"), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("text", "passed_over"),
    [("平均每批次1092.86元", False), ("平均每人次121.43元", True), ("人均121.43元", False)],
)
def test_an_average_is_of_what_it_is_asked_of(text: str, *, passed_over: bool) -> None:
    answer = told(text, facts=("whole",))
    worked = answer.figures[0].model_copy(update={"formula": "1 / 2"})
    answer = answer.model_copy(update={"figures": (worked,)})
    assert leaves_out(Question(words="平均每接待一批客人花多少钱"), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("完成了百分之几？为什么超了", "完成106.25%。", True),
        ("完成了百分之几？为什么超了", "完成106.25%，主要原因是追加项目。", False),
        ("为什么超了", "完成106.25%。", False),
    ],
    ids=["没说原因", "说了原因", "只问原因的另有规矩"],
)
def test_a_reason_that_is_asked_for_beside_a_figure_is_told(
    words: str, text: str, *, passed_over: bool
) -> None:
    answer = told(text, facts=("whole",), unit="%")
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


@pytest.mark.parametrize(
    ("years", "base", "facts", "passed_over"),
    [
        ((2025, 2024), None, ("whole", "office"), True),
        ((2024, 2023), None, ("whole", "before"), False),
        ((2024,), AskedBase(year=2023, aspect=None), ("whole", "office"), True),
        ((2024,), AskedBase(year=2023, aspect=None), ("whole", "before"), False),
        ((2024,), AskedBase(year=2023, aspect=None), ("change",), False),
        ((2024,), None, ("whole", "office"), False),
    ],
    ids=["少一年", "两年都有", "少所比的一年", "两年都用", "印出的增减", "只问一年"],
)
def test_what_is_reckoned_rests_on_each_year_that_is_named(
    years: tuple[int, ...], base: AskedBase | None, facts: tuple[str, ...], *, passed_over: bool
) -> None:
    answer = told("比2023年多2万元", facts=facts)
    worked = answer.figures[0].model_copy(update={"formula": "5 - 3 = 2", "fact": None})
    answer = answer.model_copy(update={"figures": (worked, *answer.figures)})
    question = Question(words="多多少", years=years)
    assert leaves_out(question, answer, FACTS, base=base) is passed_over


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("三公为什么不降反升", "减少的原因是压缩了用车。", True),
        ("三公为什么不降反升", "增加的原因是更新了执法车。", False),
        ("三公为什么少了", "增加的原因是更新了执法车。", True),
        ("三公为什么少了", "比上年减少，没有安排出国。", False),
        ("三公为什么少了", "主要是压缩了用车。", False),
        ("三公少了多少", "比上年增加1万元。", False),
    ],
    ids=["涨的说成降", "涨", "降的说成涨", "降", "没说涨降", "不问原因"],
)
def test_who_asks_why_it_rose_is_not_told_why_it_fell(
    words: str, text: str, *, passed_over: bool
) -> None:
    assert leaves_out(Question(words=words), told(text), FACTS) is passed_over


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("办出国手续找哪个科", "审核因公临时出国的报批手续。", True),
        ("办出国手续找哪个科", "（八）外事科。审核因公临时出国的报批手续。", False),
        ("一人一年补助多少钱", "补助预算86.40万元。", True),
        ("一人一年补助多少钱", "每人每年9000元。", False),
        ("园区以外的参保人数", "全年参保18480人，其中园区5000人。", True),
    ],
    ids=["没说哪个科", "说了哪个科", "总数不是一人的", "一人的", "没有扣除"],
)
def test_what_is_asked_of_an_office_a_head_or_the_rest_is_told(
    words: str, text: str, *, passed_over: bool
) -> None:
    answer = told(text, facts=("whole",), quote=text)
    assert leaves_out(Question(words=words), answer, FACTS) is passed_over


def test_a_reason_that_is_asked_for_is_no_sum_and_its_figure_no_reason_alone() -> None:
    worked = told("比预算少1万元", facts=("whole",))
    figure = worked.figures[0].model_copy(update={"formula": "5 - 4 = 1"})
    worked = worked.model_copy(update={"figures": (figure,)})
    assert leaves_out(Question(words="为啥没用完"), worked, FACTS)
    reason = told("减少的主要原因是项目调整。")
    assert leaves_out(Question(words="少了多少？主要原因是什么"), reason, FACTS)
    assert not leaves_out(Question(words="主要原因是什么"), reason, FACTS)


WATER_FEE, POWER_FEE, STAFF_COST = (
    WHOLE.model_copy(update={"id": name, "measure": name}) for name in ("水费", "电费", "人员经费")
)
THINGS = {fact.id: fact for fact in (WATER_FEE, POWER_FEE, STAFF_COST)}


@pytest.mark.parametrize(
    ("terms", "facts", "passed_over"),
    [
        (("水费", "电费"), ("水费", "电费"), False),
        (("水费", "电费"), ("电费", "人员经费"), True),
        (("水费",), ("电费",), True),
        (("在职人员",), ("人员经费",), False),
    ],
    ids=["两项都说了", "少一项", "另一项", "人员另有规矩"],
)
def test_each_subject_that_is_looked_up_is_spoken_of(
    terms: tuple[str, ...], facts: tuple[str, ...], *, passed_over: bool
) -> None:
    asks = tuple(Ask(terms=(name,), said=(name,)) for name in terms)
    answer = told("、".join(facts), quote="", facts=facts)
    question = Question(words="各多少", asks=asks)
    assert leaves_out(question, answer, THINGS) is passed_over


def test_what_is_reckoned_is_of_the_very_thing() -> None:
    asks = (Ask(terms=("基本支出",), said=("基本支出",)),)
    answer = told("平均每人5万元", quote="", facts=("人员经费",))
    figure = answer.figures[0].model_copy(update={"formula": "60 / 12 = 5"})
    answer = answer.model_copy(update={"figures": (figure,)})
    assert leaves_out(Question(words="基本支出人均多少", asks=asks), answer, THINGS)


@pytest.mark.parametrize(
    ("words", "terms", "text", "passed"),
    [
        ("增值税为什么少了", ("增值税",), "基金收入下降主要是土地出让减少。", True),
        ("增值税为什么少了", ("增值税",), "增值税下降主要是产品跌价。", False),
        ("增值税收了多少", ("增值税",), "基金收入下降。", False),
        ("为什么少了", (), "基金收入下降主要是土地出让减少。", False),
    ],
    ids=["说的是别的", "说的就是它", "没问原因", "没说是什么"],
)
def test_a_reason_is_of_what_is_named(
    words: str, terms: tuple[str, ...], text: str, *, passed: bool
) -> None:
    asks = (Ask(terms=terms, said=terms),)
    question = Question(words=words, operation="原因", asks=asks)
    answer = told(text, text)
    assert leaves_out(question, answer, {}) is passed


@pytest.mark.parametrize(
    ("words", "text", "passed"),
    [
        ("再加上公用经费的，一共多少", "公用经费预算3万元（按公式计算：5 - 2 = 3万元）。", True),
        ("再加上公用经费的，一共多少", "合计8万元（按公式计算：5 + 3 = 8万元）。", False),
        ("评上的是哪家企业", "获评省级食堂1家。", True),
        ("评上的是哪家企业", "江城水务有限公司获评省级食堂。", False),
        ("一个月一个人给多少钱", "低保支出830万元。", True),
        ("一个月一个人给多少钱", "每人每月608元。", False),
        ("比预算超了百分之几", "实际为预算的111.92%（按公式计算：138 / 123 = 111.92%）。", True),
        ("比预算超了百分之几", "比预算增长11.92%（按公式计算：15 / 123 = 11.92%）。", False),
    ],
    ids=[
        "没有加上", "加上了", "没说哪家企业", "说了哪家企业", "不是每人每月", "每人每月",
        "是完成率", "是超出的",
    ],
)  # fmt: skip
def test_what_is_asked_of_an_amount_is_told(words: str, text: str, *, passed: bool) -> None:
    answer = told(text, text, ("whole",))
    formula = text.partition("按公式计算：")[2].rstrip("）。") or None
    (figure,) = answer.figures
    figures = (figure.model_copy(update={"formula": formula, "fact": None}),)
    question = Question(words=words, operation="查数", asks=())
    assert leaves_out(question, answer.model_copy(update={"figures": figures}), {}) is passed


@pytest.mark.parametrize(
    ("words", "text", "passed_over"),
    [
        ("退休的一个人发多少慰问金", "为800名职工送去价值20万元的慰问物资", True),
        ("退休的一个人发多少慰问金", "慰问金每人300元", False),
        ("接待每人次多少", "接待26人次", False),
    ],
    ids=["没有说每人", "说了每人", "问的是人次"],
)
def test_what_one_person_gets_is_not_told_by_what_all_of_them_do(
    words: str, text: str, *, passed_over: bool
) -> None:
    assert leaves_out(Question(words=words), told(text=text), FACTS) is passed_over


def test_where_two_accounts_differ_is_not_told_by_their_sums_alone() -> None:
    question = Question(words="部门和单位的三公经费差在哪一项")
    assert leaves_out(question, told(facts=("whole", "office")), FACTS)


WORKED = "5 - 3 = 2万元"


@pytest.mark.parametrize(
    ("words", "formulas", "aspects", "passed_over"),
    [
        ("会议费年初预算跟决算差多少", (WORKED,), ("决算", "决算"), True),
        ("会议费年初预算跟决算差多少", (WORKED,), ("决算", "预算"), False),
        ("两项预算加起来多少", ("5 - 3 = 2万元", "6 - 3 = 3万元"), ("预算", "预算"), True),
        ("两项预算加起来多少", ("5 + 3 = 8万元",), ("预算", "预算"), False),
    ],
    ids=["两年的差", "预算和决算的差", "各推各的", "加了"],
)
def test_what_is_worked_out_is_what_was_to_be(
    words: str, formulas: tuple[str, ...], aspects: tuple[str, ...], *, passed_over: bool
) -> None:
    printed = told("会议费预算3万元，决算5万元，相差2万元", facts=("whole", "office"))
    stated = tuple(
        figure.model_copy(update={"aspect": aspect})
        for figure, aspect in zip(printed.figures, aspects, strict=True)
    )
    worked = tuple(stated[0].model_copy(update={"formula": one, "fact": None}) for one in formulas)
    answer = printed.model_copy(update={"figures": (*worked, *stated)})
    asked: tuple[Aspect, ...] = ("预算", "决算") if "决算" in words else ("预算",)
    question = Question(words=words, aspects=asked)
    assert leaves_out(question, answer, FACTS) is passed_over


def test_what_is_named_within_a_whole_is_told_of() -> None:
    """三公里面的接待费 is not answered with the whole."""
    whole = toy_fact("9", "万元", measure="三公经费").model_copy(update={"id": "a"})
    part = toy_fact("2", "万元", measure="公务接待费").model_copy(update={"id": "b"})
    ask = Ask(terms=("三公经费", "公务接待费"), said=("三公", "接待费"))
    question, facts = Question(words="三公里面的接待费多少", asks=(ask,)), {"a": whole, "b": part}
    assert leaves_out(question, told("三公9万元", facts=("a",)), facts)
    assert not leaves_out(question, told("接待费2万元", facts=("b",)), facts)


@pytest.mark.parametrize(
    ("told_of", "passed_over"),
    [(("a",), True), (("a", "b"), True), (("a", "b", "sum"), False), (("sum",), False)],
    ids=["只说一项", "各说各的", "连合计一起", "只说合计"],
)
def test_what_is_to_be_added_up_is_not_told_one_by_one(
    told_of: tuple[str, ...], *, passed_over: bool
) -> None:
    names = {"a": ("印刷费", "2"), "b": ("培训费", "3"), "sum": ("两项", "5")}
    facts = {
        key: toy_fact(printed, "万元", measure=measure).model_copy(update={"id": key})
        for key, (measure, printed) in names.items()
    }
    question = Question(words="印刷费和培训费加起来多少")
    answer = told("两项", facts=told_of)
    assert is_reckoned_as_asked(question, answer, facts) is not passed_over


@pytest.mark.parametrize(
    ("words", "quote", "passed_over"),
    [
        ("做了检查的里面，查出毛病来的有多少个", "为6000名职工免费检查。", True),
        ("检查的人里面，困难职工有多少", "检查6000名，其中困难职工200名。", False),
        ("三公里面公务接待吃掉多少", "三公经费9万元。", True),
        ("三公里面接待费多少", "公务接待费2万元。", False),
    ],
    ids=["没有说到", "说到了", "没有说到那项", "叫法不同"],
)
def test_what_is_asked_for_within_a_whole_is_spoken_of(
    words: str, quote: str, *, passed_over: bool
) -> None:
    assert leaves_out(Question(words=words), told(quote, quote=quote), {}) is passed_over


@pytest.mark.parametrize(
    ("formula", "value", "between"),
    [("7 - 5 = 2万元", "2", True), ("5 - 4 = 1万元", "1", False), (None, "", False)],
    ids=["两家相差", "一家比自己上年", "没有算"],
)
def test_of_two_bodies_it_is_told_how_far_they_are_apart(
    formula: str | None, value: str, *, between: bool
) -> None:
    question = Question(words="甲局和乙局哪家高，高多少", organisations=(FINANCE, WATER))
    one = told(facts=("whole",)).figures[0]
    other = one.model_copy(update={"value": "7", "organisation": WATER, "fact": None})
    made = one.model_copy(update={"value": value, "formula": formula, "fact": None})
    figures = (one, other, *([made] if formula else []))
    answer = told("两家").model_copy(update={"figures": figures})
    assert is_reckoned_as_asked(question, answer, FACTS) is between
