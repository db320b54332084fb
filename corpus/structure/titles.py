"""Names of organisations in titles, on covers and in file names: what is left between the rest.

A title says year, kind and audience around the name (某局2024年度部门决算公开); the name is the
piece between them that ends as the names of bodies do. A heading (第一部分, 部门概况) never is one.
"""

import re

from corpus.entities.body_names import ends_as_body
from corpus.entities.numbers import half_width
from corpus.entities.places import STEP, is_place
from corpus.model.types import Noun

ZERO = "〇○零OoＯ0"
YEAR = (
    rf"(?:(?:19|20)\d\d|[一二][{ZERO}九][{ZERO}一二三四五六七八九]{{2}}|(?<!\d)\d\d(?=年))"
    r"(?:年度?)?(?:\d{1,2}月)?(?:\d{1,2}日)?"
)
# What surrounds a name in a title. 绩效, 决算 and 公开 may also stand in the name of a body
# (预算绩效中心, 政务公开办公室).
AROUND = re.compile(
    rf"{YEAR}|第[一二三四五六七八九十]+(?:部分|章|节)|附件[\d一二三]*|附表|关于|目录|公章|盖章"
    r"|[省市区县州]?本级|(?<=[委局厅办府院会])机关(?![事服保工])|(?:[省市区县州乡镇]级)?(?:部门|单位)?(?:[（(](?:部门|单位)[）)])?"
    r"(?:整体支出|项目支出|整体绩效|财政支出|财政拨款|财政资金|财政专项|“?三公”?经?费?|收支"
    r"|预算(?!编审|绩效.*[局中]|评审|管理.*[局中]|审核|单位|部门)|决算(?!审核|中心|评审)"
    r"|绩效(?!评价中心|评价局|中心|管理局|管理处)|自评|评价(?!中心|局|处)|概况|主要职[责能]|职能|职责|机构设置"
    r"|公开(?!办|中心|局)|公示|说明|公告|情况|报告|报表|草案|批复|执行|信息公开|文本|表$)"
    r"|(?<=[\u4e00-\u9fff])(?:部门|单位)(?=$|[^\u4e00-\u9fff])"
    r"|[^\u4e00-\u9fff]+"
)
LABEL = re.compile(
    r"(?P<role>(?<!项目)(?<!预算)主管部门|预算主管部门|(?:预算|编制|编报|填报|公开|报送|被评价)?(?:部门|单位)(?:（单位）|\(单位\))?"
    r"(?:名称)?|编制机构)(?:[（(](?:盖章|公章|签章)[）)])?\s*[：:]\s*"
    r"(?P<name>[^\s：:，。；]{3,40})"
)
# In these a project or a contract says whose it is: a unit below, or a firm.
OTHERS_LABEL = re.compile(r"(?:实施|项目|承担|牵头|责任|采购|代理|评价|用款)$")
SUPERIOR_LABEL = re.compile(r"主管部门")
NO_NAME = re.compile(
    r"^(?:第|其他|本|各|该|全|下属|所属|纳入)|^(?:基本|行政|事业|参公|公益).*单位$|万元|金额|的|是|^部分|内设|^[一二三四五六七八九十]+、"
)
SHORTEST, SHORTEST_PLAIN = 3, 4
# Bodies that running text names so clearly that a name can be cut from it.
CLEAR_END = (
    r"(?:委员会办公室|人民政府办公室|街道办事处|委员会|人民政府|办公室|总工会|联合会|联合社|人民法院"
    r"|人民检察院|(?:组织|宣传|统战|社会工作)部|医院|中学|小学|学校|大学|学院|党校|研究[院所]|中心"
    r"|[总支大]队|厅|局)"
)
IN_TEXT = re.compile(
    rf"(?:^|[，。、：；（(“\s]|纳入|包括|反映)(?P<name>(?:中共|政协|共青团)?(?:{STEP.pattern}){{1,4}}"
    rf"[^\W]{{1,20}}?{CLEAR_END})(?![\u4e00-\u9fff]{{0,6}}(?:局|委员会|办公室|中心|[总支大]队|[分支]院))"
)

BEFORE_NAME = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|章|节)|纳入|包括|反映|对|经|由|按照?|根据|其中|我是|现将)"
)


class Label(Noun):
    """A name after a label (编制部门：某局); `superior` where it may be the body above."""

    name: str
    superior: bool


def text_to_pieces(text: str) -> tuple[str, ...]:
    """Return what stands between the words that surround names in a title."""
    bare = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", half_width(text))
    return tuple(piece for piece in AROUND.split(bare) if piece)


def is_name(piece: str) -> bool:
    """Tell whether a piece is worded as the name of one body."""
    return (
        len(piece) >= SHORTEST
        and ends_as_body(piece)
        and not NO_NAME.search(piece)
        and not is_place(piece)
    )


def title_to_name(text: str) -> str:
    """Return the organisation that a title or a file name is of, "" where it names none."""
    return max((piece for piece in text_to_pieces(text) if is_name(piece)), key=len, default="")


def title_to_plain_name(text: str) -> str:
    """Return what may be a name of no known kind of body: to be believed if repeated elsewhere."""
    plain = (
        piece
        for piece in text_to_pieces(text)
        if len(piece) >= SHORTEST_PLAIN and not NO_NAME.search(piece) and not is_place(piece)
    )
    return max(plain, key=len, default="")


def text_to_labels(text: str) -> tuple[Label, ...]:
    """Return the names that labels in a line give: 编制部门：某局, 预算单位：某中心."""
    labels = []
    for match in LABEL.finditer(text):
        name = title_to_name(match["name"])
        if name and not OTHERS_LABEL.search(text[: match.start()]):
            labels.append(Label(name=name, superior=bool(SUPERIOR_LABEL.search(match["role"]))))
    return tuple(labels)


def text_to_names(text: str) -> tuple[str, ...]:
    """Return the bodies that running text names with their places."""
    names = (BEFORE_NAME.sub("", match["name"]) for match in IN_TEXT.finditer(text))
    return tuple(name for name in names if is_name(name))
