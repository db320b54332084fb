"""Invented reports whose figures can be worked by hand, read by the real rules: for tests of `bot`.

The bodies do not exist. The library is a real one with a toy encoder, so no model is loaded.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from bot.assistant import Assistant
from bot.types import Answer, Memory
from corpus.model.types import Fact, Span
from index.encoder.encoder import Encoder
from index.library import Library
from scripts.toy_library import ToyEncoder

UNION = "河口县总工会"
FINANCE = "青山市临江区财政局"
WATER = "青山市临江区水务局"
FOREST = "石桥市林业局"

UNION_2024 = """2024年度河口县总工会部门整体支出绩效自评报告
一、部门概况
（一）主要职责
河口县总工会维护职工合法权益，组织职工劳动竞赛，服务全县基层工会。
（二）机构设置
机关内设机构2个，分别是办公室和权益保障部。
（三）人员情况
2024年末在职人员12名。
二、支出情况
（一）“三公”经费
2024年“三公”经费预算支出3万元，实际支出2.4万元，人均支出0.2万元；2023年“三公”经费预算支出2.8万元，实际支出2万元，人均支出0.16万元。
（二）人员经费
2024年度人员经费决算支出150万元，比预算增加20万元，原因是年中新增2名工作人员。
（三）公用经费
2024年度公用经费决算支出80.5万元，比预算增加5.5万元，原因是补缴以前年度的物业费。
（四）项目支出
2024年度项目支出0万元。
（五）政府性基金
2024年度没有政府性基金预算支出。
三、工作成效
举办技能竞赛4场次，发放消费券300万元。慰问困难职工500名，送去价值10万元的物资。
职工互助全年参保8000人，覆盖率80%。
四、存在的问题
预算编制不够精细。
五、下一步措施
加强预算管理，细化预算编制。
"""

FINANCE_2024 = """青山市临江区财政局2024年度部门决算
一、收入支出决算总体情况说明
2024年度支出合计1000万元，其中：基本支出800万元，占80%；项目支出200万元，占20%。
二、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为5万元，完成年初预算的50%。其中：公务接待费支出决算为2万元，接待40批次、320人次。公务用车运行维护费支出决算为3万元。
三、机关运行经费支出情况说明
2024年度机关运行经费支出60.5万元，比2023年度减少4.5万元，下降6.92%，主要原因是办公场所搬迁后水电费减少。
四、政府采购支出情况说明
2024年度政府采购支出总额90万元，其中：政府采购货物支出20万元、政府采购工程支出30万元、政府采购服务支出40万元。
五、国有资产占用情况说明
截至2024年12月31日，本部门共有车辆6辆。
六、培训费支出情况说明
2024年度培训费支出8.5万元。
七、其他重要事项说明
2024年度培训费支出8.6万元。
八、名词解释
机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。

财政拨款“三公”经费支出决算表
单位：万元
项目 | 预算数 | 决算数
合计 | 10.00 | 5.00
公务接待费 | 4.00 | 2.00
公务用车运行维护费 | 6.00 | 3.00
"""

FINANCE_2023 = """青山市临江区财政局2023年度部门决算
一、收入支出决算总体情况说明
2023年度支出合计900万元，其中：基本支出750万元，占83.33%；项目支出150万元，占16.67%。
二、“三公”经费支出决算情况说明
2023年度“三公”经费支出决算为8万元，完成年初预算的80%。其中：公务接待费支出决算为3万元，公务用车运行维护费支出决算为5万元。
三、机关运行经费支出情况说明
2023年度机关运行经费支出65万元。
"""

WATER_2024 = """青山市临江区水务局2024年度部门决算
一、收入支出决算总体情况说明
2024年度支出合计2000万元，其中：基本支出500万元，占25%；项目支出1500万元，占75%。
二、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为7.5万元，完成年初预算的75%。
三、项目情况
南湖泵站项目第一季度支付100万元，第二季度支付150万元，第三季度支付200万元，第四季度支付250万元。
"""

FOREST_DEPARTMENT = """石桥市林业局2025年部门预算
一、2025年收支预算情况说明
2025年支出预算1200万元。
二、2025年“三公”经费预算情况说明
2025年“三公”经费预算6万元，其中：公务接待费2万元，公务用车运行费4万元。
"""

FOREST_UNIT = """石桥市林业局2025年单位预算
一、2025年收支预算情况说明
2025年支出预算700万元。
二、2025年“三公”经费预算情况说明
2025年“三公”经费预算2万元，其中：公务接待费0.5万元，公务用车运行费1.5万元。
"""

REPORTS = {
    "工会2024.txt": UNION_2024,
    "财政2024.txt": FINANCE_2024,
    "财政2023.txt": FINANCE_2023,
    "水务2024.txt": WATER_2024,
    "林业部门2025.txt": FOREST_DEPARTMENT,
    "林业单位2025.txt": FOREST_UNIT,
}


def open_reports(folder: Path, names: Iterable[str] = tuple(REPORTS)) -> Library:
    """Write some of the reports into a folder and open a library of them."""
    return open_texts(folder, {name: REPORTS[name] for name in names})


def open_texts(folder: Path, texts: Mapping[str, str], encoder: Encoder | None = None) -> Library:
    """Write reports, each under its name, into a folder and open a library of them."""
    paths = [folder / name for name in texts]
    for path in paths:
        path.write_text(texts[path.name], encoding="utf-8")
    used = encoder or ToyEncoder()
    library = Library.open(folder / "library", encoder=lambda: used)
    library.add(paths)
    return library


def talk(assistant: Assistant, *turns: str) -> Answer:
    """Hold a talk of these messages; return the last answer."""
    memory, answer = Memory(), None
    for turn in turns:
        reply = assistant.answer(turn, memory)
        memory, answer = reply.memory, reply.answer
    if answer is None:
        raise ValueError("a talk has at least one message")
    return answer


def toy_fact(
    printed: str, unit: str = "万元", *, at: int = 0, measure: str = "三公经费", **slots: object
) -> Fact:
    """Return a fact of 2024 by hand; its quote is the measure and the figure unless one is given.

    `at` is the place of the number; every other slot of a fact may be given by its name.
    """
    made: dict[str, object] = {
        "id": f"{measure}{printed}{unit}{at}",
        "report": "toy",
        "organisation": FINANCE,
        "level": "部门",
        "kind": "决算",
        "year": 2024,
        "report_year": 2024,
        "measure": measure,
        "aspect": "决算",
        "value": Decimal(printed.replace(",", "")),
        "printed": printed,
        "unit": unit,
        "quote": f"{measure}{printed}{unit}",
        "spans": (Span(report="toy", page=None, start=at, end=at + len(printed)),),
        "section": (),
    }
    return Fact.model_validate(made | slots)
