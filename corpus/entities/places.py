"""Places at the head of a name (青山市临江区财政局 -> 青山市, 临江区), and how people name them."""

import re
from functools import lru_cache

# Whose body it is, where that stands before the place: 中共青山市委, 政协青山市委员会.
HOLDER = re.compile(
    r"中国共产党|中共|中国人民政治协商会议|政协|中国共产主义青年团|共青团"
    r"|(?:中国)?(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)"
)
# 城市管理, 社区, 园区, 地区性 and the like hold 市, 区 or 县 and are no place.
STEP = re.compile(
    r"(?!城市|都市|市场|市政|市容|区域|社区|园区|县域|地区)"
    r"(?:[^\W省市区县旗与及局委厅办处]{2,9}?(?:省|自治区|特别行政区)"
    r"|[^\W省市区县旗与及局委厅办处]{2,12}?(?:自治州|地区|自治县|盟|自治旗)"
    r"|[^\W省市区县旗与及局委厅办处]{1,7}?(?<!城)(?:(?<!都)|(?<=[成昌宜]都))市(?!场|政(?!府)|容|域)"
    r"|[^\W省市区县旗与及局委厅办处]{2,4}?州(?!市|区|县)(?=[^\W]{2,}(?:局|厅|委|县|市))"
    r"|[^\W省市区县旗与及局委厅办处]{2,8}?(?:工业|科技|产业)园区"
    r"|[^\W省市区县旗与及局委厅办处]{1,14}?(?<![社园小校片街景库营辖灾])(?:新区|区|县|旗)(?!域|块|间))"
)
MOST_STEPS = 4
LEVELS = "省市区县州旗盟"
SHORT_LEVELS = ("自治区", "自治州", "自治县", "自治旗", "特别行政区", "地区", "新区")


@lru_cache(maxsize=65536)
def name_to_place(name: str) -> tuple[str, tuple[str, ...]]:
    """Return whose body a name says it is ("" for a body of the government), and its places."""
    match = HOLDER.match(name)
    holder = match.group() if match else ""
    at = len(holder)
    steps: list[str] = []
    while len(steps) < MOST_STEPS and (step := STEP.match(name, at)):
        if step.end() >= len(name):
            break
        steps.append(step.group())
        at = step.end()
    return holder, tuple(steps)


def is_place(words: str) -> bool:
    """Tell whether words are a place and nothing more: 青山市临江区."""
    return not name_to_place(words + "局")[0] and "".join(name_to_place(words + "局")[1]) == words


@lru_cache(maxsize=65536)
def place_fits(words: str, steps: tuple[str, ...]) -> bool:
    """Tell whether words say the place that the steps lead down to: its last step, or its kind.

    临江区, 临江, 区 and 青山临江 stand for 青山市临江区; 青山市 is another place, the one above.
    """
    if not words:
        return True
    if not steps:
        return False
    if any(words == form for form in step_to_forms(steps[-1])):
        return True
    ends = (form for form in step_to_forms(steps[-1]) if words.endswith(form))
    above = steps[:-1]
    return bool(above) and any(
        leads_to(words[: -len(form)], above) for form in ends if len(words) > len(form)
    )


def leads_to(words: str, steps: tuple[str, ...]) -> bool:
    """Tell whether words are some of the steps, in their order: 某省, 某市 or both."""
    if not words:
        return True
    return any(
        words.startswith(form) and leads_to(words[len(form) :], steps[at + 1 :])
        for at, step in enumerate(steps)
        for form in step_to_forms(step)
        if len(form) > 1
    )


@lru_cache(maxsize=65536)
def step_to_forms(step: str) -> tuple[str, ...]:
    """Return how people say one place: whole, without its kind, by its kind alone, shortened."""
    kind = next((level for level in SHORT_LEVELS if step.endswith(level)), step[-1])
    forms = [step, step[-1]]
    if len(step) - len(kind) > 1:
        forms.append(step[: -len(kind)])
    if step.endswith("开发区"):
        forms += ["开发区", "经开区"] if "经济" in step else ["开发区"]
    if "高新" in step:
        forms += ["高新区", "高新"]
    if step.endswith("新区"):
        forms += ["新区"]
    return tuple(forms)
