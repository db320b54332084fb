"""Facts of running text whose subject is told by the words around it, on toys worked by hand."""

from corpus.extraction.facts import report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Fact, Paragraph, Segment
from corpus.structure.outline import draft_to_report

TITLE = "2024年度石桥区残疾人联合会部门整体支出绩效自评报告"
Told = tuple[str, str, str, str, tuple[str, ...]]


def facts_of(*paragraphs: str) -> tuple[Fact, ...]:
    pieces = tuple(
        Paragraph(segments=(Segment(page=None, text=text),)) for text in (TITLE, *paragraphs)
    )
    draft = Draft(pages=None, pieces=pieces)
    report = draft_to_report(draft, name=f"{TITLE}.txt", digest="0" * 64)
    return report_to_sentence_facts(report, load_vocabulary())


def told(*paragraphs: str) -> list[Told]:
    return [
        (fact.measure, fact.facet, fact.aspect, fact.printed + fact.unit, fact.row)
        for fact in facts_of(*paragraphs)
    ]


# ---------------------------------------------------------------- totals


def test_a_clause_with_a_head_of_its_own_is_about_that_head() -> None:
    assert told(
        "2024年年初预算300万元。全年收入500万元，年初结转20万元；全年支出480万元，"
        "年末结转结余40万元。预算执行率96%。",
    ) == [
        ("支出合计", "", "预算", "300万元", ()),
        ("收入合计", "", "决算", "500万元", ()),
        ("年初结转和结余", "", "余额", "20万元", ()),
        ("支出合计", "", "决算", "480万元", ()),
        ("年末结转和结余", "", "余额", "40万元", ()),
        ("部门预算执行率", "", "完成率", "96%", ()),
    ]


def test_spending_at_the_head_of_a_sentence_is_all_spending() -> None:
    found = facts_of(
        "决算支出90万元。其中基本支出60万元，项目支出30万元。支出较上年80万元增加10万元。",
        "与2023年支出80万元相比，增加10万元。",
    )
    assert [(fact.year, fact.measure, fact.aspect, fact.printed) for fact in found[3:]] == [
        (2023, "支出合计", "决算", "80"),
        (2024, "支出合计", "增减额", "10"),
        (2023, "支出合计", "决算", "80"),
        (2024, "支出合计", "增减额", "10"),
    ]


def test_spending_of_something_narrower_is_not_all_spending() -> None:
    assert told(
        "（一）公务接待费", "公务接待费预算4万元。全年支出3万元，支出较上年2万元增加1万元。"
    ) == [
        ("公务接待费", "", "预算", "4万元", ()),
        ("公务接待费", "", "决算", "3万元", ()),
        ("公务接待费", "", "决算", "2万元", ()),
        ("公务接待费", "", "增减额", "1万元", ()),
    ]


def test_what_has_happened_before_an_adjustment_names_nothing() -> None:
    assert told("年初预算数300万元，年中追加及上级转移支付后调整预算数为450万元。") == [
        ("支出合计", "", "预算", "300万元", ()),
        ("支出合计", "", "调整预算", "450万元", ()),
    ]


def test_a_quarter_may_be_shared_in_all_spending() -> None:
    assert told("资金结算较晚，第四季度支出占全年的40%。") == [
        ("支出合计", "第四季度", "占比", "40%", ()),
    ]


def test_for_a_share_of_the_budget_it_is_met() -> None:
    assert told("“三公”经费实际支出3万元，为预算的75%。")[1] == (
        "三公经费", "", "完成率", "75%", (),
    )  # fmt: skip


# ---------------------------------------------------------------- units and ages


def test_money_without_a_unit_takes_that_of_the_money_before_it_and_says_so() -> None:
    found = facts_of("全年支出决算数90万元，其中基本支出60万元，占66.67%；项目支出30.0，占33.33%。")
    project, share = found[-2:]
    assert (project.measure, project.printed, project.unit) == ("项目支出", "30.0", "万元")
    assert project.vague == "（原文未印单位）"
    assert (share.measure, share.aspect, share.printed) == ("项目支出", "占比", "33.33")


def test_an_age_counts_nothing() -> None:
    assert told("全年为30名0-6岁儿童提供筛查，为60岁以上老人体检50人次。") == [
        ("0-6岁儿童提供筛查", "", "数量", "30名", ()),
        ("60岁以上老人体检", "", "数量", "50人次", ()),
    ]


# ---------------------------------------------------------------- items of a list


def test_items_are_parts_of_the_money_that_the_list_opens_with() -> None:
    assert told(
        "3、项目支出情况",
        "项目支出60万元，按项目分列如下：",
        "（1）道路无障碍改造40万元，改造80处，平均每处5000元。",
        "（2）辅具适配20万元，适配各类辅具100件，受益90人次，人均2222元。",
    ) == [
        ("项目支出", "", "决算", "60万元", ()),
        ("道路无障碍改造", "", "决算", "40万元", ("项目支出",)),
        ("道路无障碍改造", "", "数量", "80处", ("项目支出",)),
        ("道路无障碍改造", "平均每处", "其他", "5000元", ("项目支出",)),
        ("辅具适配", "", "决算", "20万元", ("项目支出",)),
        ("适配各类辅具", "", "数量", "100件", ("项目支出", "辅具适配")),
        ("受益", "", "数量", "90人次", ("项目支出", "辅具适配")),
        ("辅具适配", "", "人均", "2222元", ("项目支出",)),
    ]


def test_what_is_said_per_piece_is_of_what_was_counted() -> None:
    assert told("完成户厕改造300座，每座补助2000元。举办技能培训6期，培训200人次。") == [
        ("完成户厕改造", "", "数量", "300座", ()),
        ("完成户厕改造", "每座补助", "其他", "2000元", ()),
        ("举办技能培训", "", "数量", "6期", ()),
        ("举办技能培训", "", "数量", "200人次", ()),
    ]


# ---------------------------------------------------------------- people and things of one's own


def test_a_body_speaks_of_itself_in_many_words() -> None:
    assert told(
        "我会核定全额拨款事业编制12名，年末在职10人，其中专业技术人员6人（高级2人，中级3人）。"
        "退休5人。另聘用编外人员2名。本会内设综合股、康复股2个股室。",
        "区残联编制12名，实有在职人员10人（参公6人，事业4人），比上年减少1人。",
    ) == [
        ("事业编制", "", "数量", "12名", ()),
        ("在职人员", "", "数量", "10人", ()),
        ("专业技术人员", "", "数量", "6人", ("在职人员",)),
        ("高级", "", "数量", "2人", ("在职人员", "专业技术人员")),
        ("中级", "", "数量", "3人", ("在职人员", "专业技术人员")),
        ("退休人员", "", "数量", "5人", ()),
        ("编外人员", "", "数量", "2名", ()),
        ("内设机构", "", "数量", "2个", ()),
        ("编制人数", "", "数量", "12名", ()),
        ("在职人员", "", "数量", "10人", ()),
        ("参公人员", "", "数量", "6人", ("在职人员",)),
        ("事业人员", "", "数量", "4人", ("在职人员",)),
        ("在职人员", "", "增减额", "1人", ()),
    ]


def test_posts_in_short_are_posts() -> None:
    assert told("核定编制12名（行政7名，事业5名）。") == [
        ("编制人数", "", "数量", "12名", ()),
        ("行政编制", "", "数量", "7名", ("编制人数",)),
        ("事业编制", "", "数量", "5名", ("编制人数",)),
    ]


def test_an_asset_has_what_it_cost_and_what_it_is_worth() -> None:
    assert told("我会固定资产原值80万元，累计折旧30万元，净值50万元。年末资产总额95万元。") == [
        ("固定资产", "原值", "其他", "80万元", ()),
        ("固定资产", "折旧", "其他", "30万元", ()),
        ("固定资产", "净值", "其他", "50万元", ()),
        ("资产总额", "", "其他", "95万元", ()),
    ]


# ---------------------------------------------------------------- what is left out


def test_a_rank_alone_is_of_what_the_rank_before_was_of() -> None:
    assert told("现有国家级非遗项目1个、省级3个；新增区级传承人6名，累计45名。") == [
        ("国家级非遗项目", "", "数量", "1个", ()),
        ("省级非遗项目", "", "数量", "3个", ()),
        ("新增区级传承人", "", "数量", "6名", ()),
        ("区级传承人", "累计", "数量", "45名", ()),
    ]


def test_from_and_to_are_two_figures_of_one_thing() -> None:
    found = facts_of("支出增长的原因是任务增加和每户补助标准由800元提高到900元。")
    assert [(f.measure, f.facet, f.printed) for f in found] == [
        ("每户补助标准", "变化前", "800"),
        ("每户补助标准", "", "900"),
    ]


def test_a_judgement_before_a_rate_names_it() -> None:
    assert told("三是防治资金执行率偏低，仅87.12%，主要是招标流标。") == [
        ("防治资金", "", "完成率", "87.12%", ()),
    ]


def test_what_is_carried_over_to_the_next_year_is_of_this_one() -> None:
    (left,) = facts_of("余下工程结转下年实施，导致资金结余96万元。")
    assert (left.year, left.measure, left.printed) == (2024, "资金结余", "96")


# ---------------------------------------------------------------- points


def test_points_taken_off_are_no_score() -> None:
    assert told(
        "部门整体支出绩效自评得分为93.5分。共扣6.5分：预算调整率偏高扣3.5分，"
        "群众满意度未达到95%的目标值扣3分。",
    ) == [
        ("绩效自评得分", "", "得分", "93.5分", ()),
        ("扣分", "", "其他", "6.5分", ()),
        ("预算调整率偏高", "扣分", "其他", "3.5分", ()),
        ("群众满意度", "目标值", "其他", "95%", ()),
        ("群众满意度未达到95%的目标值", "扣分", "其他", "3分", ()),
    ]


def test_full_marks_stand_before_the_points_got() -> None:
    assert told("自评得分91分，其中投入类10分得9分，过程类90分得82分。")[1:] == [
        ("投入类", "分值", "其他", "10分", ()),
        ("投入类", "", "得分", "9分", ()),
        ("过程类", "分值", "其他", "90分", ()),
        ("过程类", "", "得分", "82分", ()),
    ]


def test_points_got_stand_beside_full_marks_in_a_bracket() -> None:
    assert told(
        "绩效得分为94分，其中：预算执行10分（满分10分），产出指标84分（满分90分）。",
        "绩效自评总分100分，得分94分。具体为：投入指标（满分10分）得10分。",
    )[1:] == [
        ("预算执行", "", "得分", "10分", ()),
        ("预算执行", "分值", "其他", "10分", ()),
        ("产出指标", "", "得分", "84分", ()),
        ("产出指标", "分值", "其他", "90分", ()),
        ("绩效自评得分", "分值", "其他", "100分", ()),
        ("绩效自评得分", "", "得分", "94分", ()),
        ("投入指标", "分值", "其他", "10分", ()),
        ("投入指标", "", "得分", "10分", ()),
    ]


def test_a_bound_and_a_plan_beside_the_figure_are_no_new_subject() -> None:
    found = facts_of(
        "“三公”经费支出12万元，控制在年初预算15万元以内，较2023年的14万元下降14.29%。"
        "其中：公车运行维护费9万元（加油5万元、维修4万元），公务接待费3万元，接待40批、300人次，"
        "人均100元。",
        "会议费决算数6万元，比预算数8万元节约2万元。",
    )
    assert [(f.year, f.measure, f.aspect, f.printed, f.row) for f in found] == [
        (2024, "三公经费", "决算", "12", ()),
        (2024, "三公经费", "预算", "15", ()),
        (2023, "三公经费", "决算", "14", ()),
        (2024, "三公经费", "增减率", "14.29", ()),
        (2024, "公务用车运行维护费", "决算", "9", ("三公经费",)),
        (2024, "加油", "决算", "5", ("三公经费", "公务用车运行维护费")),
        (2024, "维修", "决算", "4", ("三公经费", "公务用车运行维护费")),
        (2024, "公务接待费", "决算", "3", ("三公经费",)),
        (2024, "国内公务接待批次", "数量", "40", ()),
        (2024, "国内公务接待人次", "数量", "300", ()),
        (2024, "公务接待费", "人均", "100", ("三公经费",)),
        (2024, "会议费", "决算", "6", ()),
        (2024, "会议费", "预算", "8", ()),
        (2024, "会议费", "增减额", "2", ()),
    ]


def test_an_item_that_opens_with_a_project_is_its_account() -> None:
    assert told(
        "一是疾病防控项目，支出20万元，接种疫苗8万剂次。",
        "二是能力提升项目。投资50万元，购置设备6台。",
    ) == [
        ("疾病防控项目支出", "", "决算", "20万元", ("疾病防控项目",)),
        ("接种疫苗", "", "数量", "8万剂次", ("疾病防控项目",)),
        ("能力提升项目", "投资", "其他", "50万元", ()),
        ("购置设备", "", "数量", "6台", ("能力提升项目",)),
    ]


def test_what_there_was_at_the_start_of_the_year_is_no_plan() -> None:
    assert told("年末结转结余12万元，较年初8万元增加4万元。本年总收入50万元。")[:3] == [
        ("年末结转和结余", "", "余额", "12万元", ()),
        ("年末结转和结余", "年初", "余额", "8万元", ()),
        ("年末结转和结余", "", "增减额", "4万元", ()),
    ]


def test_a_fund_alone_is_of_the_side_that_is_divided() -> None:
    assert told("本年总收入50万元。按来源分：财政拨款40万元，占80%；其他收入10万元。")[1:3] == [
        ("财政拨款收入", "", "决算", "40万元", ()),
        ("财政拨款收入", "", "占比", "80%", ()),
    ]


def test_a_target_and_its_result_are_of_one_thing() -> None:
    assert told("辅具适配目标45件，实际完成42件。新改建公路56公里，占计划任务的112%。") == [
        ("辅具适配", "目标值", "数量", "45件", ()),
        ("辅具适配", "", "数量", "42件", ()),
        ("新改建公路", "", "数量", "56公里", ()),
        ("新改建公路", "", "完成率", "112%", ()),
    ]


def test_a_time_is_a_figure_where_its_phrase_ends_with_it() -> None:
    assert told("平均到场时间8.6分钟。", "连续降雨，停工38天。", "建成15分钟生活圈。") == [
        ("平均到场时间", "", "数量", "8.6分钟", ()),
        ("停工", "", "数量", "38天", ()),
    ]


def test_rarer_counters_count_as_well() -> None:
    assert told("馆藏档案526000卷。", "赠送春联15000副。", "局领导班子有副局长3名。") == [
        ("馆藏档案", "", "数量", "526000卷", ()),
        ("赠送春联", "", "数量", "15000副", ()),
        ("局领导班子有副局长", "", "数量", "3名", ()),
    ]
