"""Every text that the bot says of its own, in Chinese, as data; no logic beyond filling in."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.presentation.answer_text import formula_words

BEIJING = ZoneInfo("Asia/Shanghai")

RELATED = "相近的内容（不是所问的数）："
LINK = "此数的链接"
LINK_OF_FIRST = "第一个数的链接"
SEARCHING = "正在查…"
FORGOTTEN = "好，前面的话不再作数。请问新的问题。"
ASK_HOW = "请在 /ask 后面写上问题，例如：/ask 2024年“三公”经费决算是多少"
TOO_LONG = "这一问太长了，请用一两句话问一件事，例如：财政局2024年“三公”经费决算是多少"
WORDS_ONLY = "我只看得懂文字，请把问题写下来发给我。"
NOT_WORKED_OUT = "这一问没有查成，请再问一次。"
SUGGESTED_BEFORE = "这个问题已经答过，就在前面。"
GONE = "这条答复已过保存期，请再问一次。"
CHOICES_CHANGED = "已经选过了。"
NOT_YOURS = "这是别人的问题，请您自己再问一次。"


def source(number: int, document: str, page: int | None) -> str:
    """Say where a citation stands."""
    return sources([number], document, page)


def sources(numbers: Iterable[int], document: str, page: int | None) -> str:
    """Say where citations of one page stand."""
    at = f" 第{page}页" if page is not None else ""
    return f"{marks(numbers)}《{document}》{at}"


def marks(numbers: Iterable[int]) -> str:
    """Write the numbers of citations."""
    return "".join(f"[{number}]" for number in numbers)


def heads_from(page: int) -> str:
    """Say that the title of a table is from a page before."""
    return f"（表从第{page}页开始）"


def frameless(numbers: Iterable[int]) -> str:
    """Say that citations have no frame on the picture; without numbers that there is none."""
    which = marks(numbers) or "这张图"
    return f"{which}没有加框：在这一页上没能定位到它，请对照答复里的引文查看。"


def failed(error: str, said: str = "") -> str:
    """Say that something went wrong, with the id under which the log has the rest.

    What is `said` is a sentence that tells what to do; without one it is the same for all.
    """
    if said:
        return f"{said}（编号 {error}）"
    return f"抱歉，这一步没有办成，已记下（编号 {error}），请稍后再试或联系管理员。"


def slow_down(seconds: float) -> str:
    """Ask for patience."""
    return f"问得有点快，请过 {max(1, round(seconds))} 秒再问，谢谢。"


CONFLICT = (
    "另一个程序正在用同一个令牌收消息：同一个机器人一次只能开一个。"
    "请停掉另一个（或换一个令牌），这里会一直等着。"
)
UNKNOWN_COMMAND = "没有这个命令。/help 可以看到全部用法。"
WHY = "谢谢。哪里不对？点一下，或者直接回复这条消息说一句，我们会核对（不说也可以）。"
REASONS = ("数不对", "单位或年份不对", "不是我问的", "出处不对")
THANKS = "收到，谢谢您的意见。"
THANKS_UP = "谢谢！"
TAKEN_DOWN = "这份报告已经撤下或被替换，只留有当时的引文："
CONTRADICTED = "注意：报告中另有与此不一致的数，请用“原文”核对。"
NO_FIGURE = "这条答复没有可以这样查看的数字。"
FACT_GONE = "这个数所在的报告已经撤下。"
ONE_YEAR = "已收录的报告里只有一年的数，画不出趋势。"
SOURCE = "来源："
AND_PARTS = "及其组成"
WHOLE_AND_PART = ("合计", "其中")
CONVERTED = "换算（原数在前文）："


def doubt() -> str:
    """Add to a figure of a list that its report has another one."""
    return f"（{CONTRADICTED}）"


def thanks_for(reason: str) -> str:
    """Thank for a word why."""
    return f"{THANKS}（{reason}）"


def computed(statement: str, formula: str) -> str:
    """State a computed figure with its formula."""
    return f"{statement}{formula_words(formula)}。"


def no_year_before(whose: str, label: str) -> str:
    """Say that the year before is missing."""
    return f"已收录的报告里没有可与“{whose}{label}”相比的上年同口径的数。"


def formal_figure(statement: str, place: str, date: str) -> str:
    """Word a reply of the inquiry desk."""
    end = "" if place.startswith("\n") else "。"
    return f"经查公开报告，{statement}\n来源：{place}{end}\n答复日期：{date}。"


def formal_source(title: str, section: str, page: int | None) -> str:
    """Name a source in a formal reply."""
    at = f"，第{page}页" if page is not None else ""
    inside = f"“{section}”" if section else ""
    return f"《{title}》{inside}{at}"


def date_in_words(year: int, month: int, day: int) -> str:
    """Write a date."""
    return f"{year}年{month}月{day}日"


TOKENLESS = "还没有机器人的令牌：向 @BotFather 领取后，写进 WENSHU_TOKEN（环境变量或 .env）。"
NO_UNIT = "没有找到这个单位。/units 可以看到全部已收录的单位。"
COMPARE_HOW = "请写上要比的数，例如：/compare 2024年“三公”经费决算"
TREND_HOW = "请写上单位和项目，例如：/trend 财政局“三公”经费决算；也可以直接回复某条答复。"
SOURCE_HOW = "请回复某条答复，或写上问题，例如：/source 财政局2024年“三公”经费决算"
EXPORT_HOW = "请写上单位、年份或项目，例如：/export 财政局 2024 三公"
EXPORT_NAME = "问数导出.xlsx"
NOTHING_TO_EXPORT = "没有符合条件的数据，请换一个单位、年份或项目。"


def exported(rows: int, reports: int, found: int) -> str:
    """Say what a table holds, and that it does not hold everything."""
    text = f"{rows} 个数，来自 {reports} 份报告，每个数都带出处。"
    if rows == found:
        return text
    return f"{text}符合条件的有 {found} 个，一张表放不下；请加上单位、年份或项目分几次导出。"


def units_found(count: int) -> str:
    """Head a list of organisations."""
    return f"找到 {count} 个单位："


def and_more(count: int) -> str:
    """End a list that a message does not hold."""
    return f"……还有 {count} 行列不下，请在命令后面写上单位名称。"


def coverage_head(count: int) -> str:
    """Head the coverage."""
    return f"已收录 {count} 份报告："


def coverage_line(kind: str, years: list[int], missing: list[int]) -> str:
    """Say which years of a kind are there, and which are not."""
    text = f"　{kind}：{'、'.join(map(str, years))}"
    return f"{text}（缺 {'、'.join(map(str, missing))}）" if missing else text


def findings(count: int, shown: int) -> str:
    """Head the findings of the audit."""
    if not count:
        return "没有发现合计不符、前后矛盾或单位可疑的地方。"
    more = f"，先列 {shown} 处" if shown < count else ""
    return f"发现 {count} 处需要核对{more}："


def source_short(title: str, page: int | None) -> str:
    """Say where a figure of a list stands."""
    return f"《{title}》第{page}页" if page is not None else f"《{title}》"


TRY_BELOW = "直接发问就行，也可以先试试下面的问题。/help 有全部用法。"
GROUP_GREETING = (
    "大家好，我是问数，回答公开的部门报告里的数字，并附上出处。在群里这样问：/ask "
    "2024年“三公”经费决算是多少，或者 @我、回复我的消息。/help 有全部用法。"
)
HELP = """直接发问，例如：财政局2024年“三公”经费决算是多少
接着问：那2023年呢？ 人均呢？
群里请用 /ask 问题、回复我的消息，或 @我；没有反应时多半是群里的“隐私模式”只让我看到命令和回复。
任何会话里输入 @我 加几个字（如“三公 2024”），可以直接选数字发出去。

/ask 提问
/compare 各单位比同一个数
/trend 历年趋势图
/source 看原文（答复之后直接发，就接着那条答复）
/units 找单位（名称、简称、拼音首字母）
/coverage 收录了哪些报告
/audit 报告里对不上的数
/export 导出表格（带出处）
/home 本会话默认单位
/subscribe 新报告提醒
/feedback 提意见
/new 重新开始
/privacy 我保存了什么
/forget 清除您的记录

答复下面的按钮：原文、出处图、对比上年、趋势图、组成图、各单位对比图、换单位、换口径、复制答复、👍👎。点一下数字就能复制。
在答复上点表情 👍👎 也算意见。“问：”后面是接着可以问的。"""
HELP_ADMIN = """

管理员：把报告文件（PDF、Word、文本）直接发给我即可收录。
/add 说明
/remove 撤下报告
/users 谁可以问
/stats 统计
/health 状态"""
DESCRIPTION = (
    "用平常的话问政府公开的部门报告（预算、决算、绩效自评），得到准确的数字，"
    "以及证明它的原文、章节和页码。报告里没有的会直说没有。\n\n"
    "例如：财政局去年的“三公”经费决算是多少"
)
SHORT_DESCRIPTION = "查政府公开报告里的数字，每个都带出处。"
PRIVACY = (
    "我保存的：您的提问、我的答复和您的意见，好让按钮、追问和永久链接能用，"
    "也让管理员看到哪些问题没有答上。提问和答复{days}天后自动删除；意见一直保留，不带姓名。\n"
    "不保存：您的电话、照片和别的消息；除了 Telegram，不发给任何人。\n"
    "/forget 马上清除您的提问、答复和意见。"
)
FORGOT_YOU = "已清除您的提问、答复和意见。以前答复下面的按钮不再有效，直接再问就行。"
CLEAR = ("清除", "取消", "无", "clear")
NO_HOME = "本会话还没有默认单位。写上名称来设，例如：/home 财政局；清除用：/home 清除"
HOME_CLEARED = "已清除本会话的默认单位。"
NO_SUCH_NAME = "这不像一个单位的名称，请写全一点，例如：/subscribe 财政局"
BAD_LINK = "这个链接不完整，打不开；请从原来的答复里再点一次。"
FEEDBACK_HOW = (
    "请直接回复这条消息写上意见，或者写在 /feedback 后面，例如：/feedback 希望收录2022年的决算"
)
FEEDBACK_FIELD = "写上您的意见"
NOT_ALLOWED = "抱歉，您还没有提问的权限，请联系管理员。"
ADMIN_ONLY = "这件事只有管理员可以做。"
WELCOME_IN = "管理员已批准，您可以提问了。/help 有全部用法。"
WELCOME_ADMIN = "您现在是管理员：可以收录和撤下报告、批准提问。/help 有全部用法。"


def told_of_role(role: str) -> str:
    """Tell someone what they may do from now on."""
    return {"asker": WELCOME_IN, "administrator": WELCOME_ADMIN}.get(role, NOT_ALLOWED)


def home_is(unit: str) -> str:
    """Tell the unit of a chat."""
    return f"本会话没有说单位时，指的是：{unit}"


def which_unit(count: int) -> str:
    """Ask which of several organisations is meant."""
    return f"这个名称对得上 {count} 个单位，请选一个，或者把名称写全一点："


def subscribed(unit: str) -> str:
    """Confirm a subscription."""
    return f"好，{unit}有新报告时会在这里告诉您。再发一次同样的命令可以取消。"


def unsubscribed(unit: str) -> str:
    """Confirm that a subscription has ended."""
    return f"已取消，{unit}有新报告时不再提醒。"


def subscribed_to(units: tuple[str, ...]) -> str:
    """List subscriptions."""
    if not units:
        return "本会话没有订阅。例如：/subscribe 财政局"
    return "本会话订阅了：\n" + "\n".join(units)


def pairing(code: str) -> str:
    """Tell someone their pairing code."""
    return f"这个机器人要管理员批准才能提问。您的配对码是 {code}，请报给管理员；批准后会通知您。"


OPEN_BOT = "打开问数，看出处和原文"
ADD_ADMIN_ONLY = "收录报告只有管理员可以做。您可以直接提问，或用 /feedback 提出想要的报告。"
UNKNOWN = "没有认出"


def new_report(unit: str, title: str) -> str:
    """Tell subscribers."""
    return f"您订阅的{unit}有新报告：《{title}》，现在就可以问。"


def card_title(label: str, figure: str) -> str:
    """Title an inline card."""
    return f"{figure}　{label}"


def card_source(whose: str, title: str, page: int | None) -> str:
    """Say whose figure an inline card shows, and where it stands."""
    return f"{whose}　{source_short(title, page)}"


UNKNOWN_BOT = "Telegram 不认这个令牌：请核对 WENSHU_TOKEN，或向 @BotFather 重新领取。"
NOT_ALONE = "已经有一个机器人在用这个数据文件夹：一个文件夹同时只能开一个，请先停掉它。"
ODD_LETTERS = "WENSHU_WEBHOOK_SECRET 只能用英文字母、数字、“_”和“-”，最多 256 个。"
SECRETLESS = "用 webhook 时请设置 WENSHU_WEBHOOK_SECRET，否则谁都可以冒充 Telegram。"


def webhook_refused(reason: str) -> str:
    """Say that Telegram does not take the address of the webhook."""
    return f"Telegram 不接受这个 webhook 地址（{reason}）：请核对 WENSHU_WEBHOOK_URL。"


def out_of_reach(error: str) -> str:
    """Say why the start takes long."""
    return f"连不上 Telegram（{error}），会一直再试；总是连不上时请检查网络和代理。"
