"""Which figures have a name that can be said, and which are told by their own clause."""

from bot.presentation.names_said import figure_said, is_named, own_words
from scripts.toy_reports import toy_fact


def test_a_cell_of_a_form_is_told_by_its_name_and_not_by_its_row() -> None:
    row = "项目资金（万元） | 年度资金总额： | 8,720.00 | 执行率分值（10）"
    cell = toy_fact("8,720.00", "万元", measure="学科引导专项", quote=row)
    assert is_named(cell)
    assert own_words(cell) == ""


def test_a_figure_of_running_text_without_a_term_is_told_by_its_clause() -> None:
    told = toy_fact("3000", "名", measure="送去爱心营养餐", quote="为3000名司机送去爱心营养餐")
    assert not is_named(told)
    assert own_words(told).endswith("：为3000名司机送去爱心营养餐")


def test_an_amount_with_a_word_in_it_is_said_with_its_number_beside_its_unit() -> None:
    fact = toy_fact(
        "200", "万元", measure="投入共建驿站", vague="多", quote="投入200多万元共建驿站"
    )
    assert "投入200多万元（即超过200万元）共建驿站" in own_words(fact)
    assert figure_said(toy_fact("200", vague="多", quote="三公经费200多万元")) == (
        "200多万元（即超过200万元）"
    )
    assert figure_said(toy_fact("200")) == "200万元"
