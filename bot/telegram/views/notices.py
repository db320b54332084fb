"""What administrators are told: files, removals, people, the digest; beside `texts`, as data."""

from collections.abc import Iterator

from bot.telegram.views import texts
from bot.telegram.views.rich_text import shorten
from corpus.model.types import Report

ADMIT = "批准"
DENY = "拒绝"
DECIDED = "这个申请已经处理过了。"
BY_SETTINGS = "这个人是设置里写明的管理员，只能在设置里改。"
NO_SUCH_CODE = "没有这个配对码或编号。"
USERS_HOW = "用法：/users 批准 配对码　/users 管理员 编号　/users 拒绝 编号"
_ROLE_NAMES = {"asker": "可以提问", "administrator": "管理员", "refused": "已拒绝"}
ADD_HOW = (
    "把报告文件（PDF、Word、文本）发给我就行。在群里请在文件的说明里 @我，"
    "或者用 /add 回复群里已有的文件。"
)
RECEIVED = "收到，正在读…"
KEEP = "确认"
UNDO = "撤销"
REPLACED = "它替换了先前同一份报告的文件；按“撤销”会把先前那份放回来，“确认”之后就不再留着。"
PUTTING_BACK = "正在把先前那份放回来…"
NOT_FETCHED = (
    "从 Telegram 取不到这个文件（可能太大，机器人最多取 20 MB），请在服务器上用 wenshu add 收录。"
)
REPORT_GONE = "这份报告已经不在了。"
REMOVE_HOW = "请写上报告名称里的几个字，例如：/remove 财政局2023"
NO_REPORT = "没有名称里有这几个字的报告。/coverage 可以看到收录了什么。"
KEPT_AS_IT_IS = "好，没有撤下。"
YES_REMOVE = "确定撤下"
CANCEL = "取消"
_MOST_LISTED = 15
_LONGEST_LISTED = 120


def wants_in(name: str, person: int, code: str) -> str:
    """Tell an administrator who wants to be let in."""
    whole = "批准后群里的人都可以问。" if person < 0 else ""
    return f"{name}（编号 {person}）申请提问，配对码 {code}。{whole}"


def decided(name: str, role: str) -> str:
    """Say what became of a request."""
    return f"{name}：{_ROLE_NAMES[role]}。"


def person_line(name: str, person: int, role: str) -> str:
    """List a person."""
    return f"{name}（编号 {person}）{_ROLE_NAMES[role]}"


def and_more_people(count: int) -> str:
    """End a list of people that a message does not hold."""
    return f"……还有 {count} 人列不下。"


def waiting_line(name: str, code: str) -> str:
    """List a request."""
    return f"{name} 等待批准，配对码 {code}"


def too_big(megabytes: int) -> str:
    """Refuse a file."""
    return f"文件超过 {megabytes} MB，请在服务器上用 wenshu add 收录。"


def progress(stage: str, done: int, total: int) -> str:
    """Say how far the reading has come."""
    return f"{stage} {done}/{total}…" if total else f"{stage}…"


def already(title: str) -> str:
    """Say that there is nothing to do."""
    return f"《{title}》已经收录过，内容一字不差，不用再收。"


def understood(report: Report, passages: int, facts: int, findings: list[str], most: int) -> str:
    """Say what was understood of a report."""
    lines = [
        f"已收录，现在就可以问：《{report.title}》",
        f"单位：{report.organisation or texts.UNKNOWN}"
        + (f"（{report.level}）" if report.level else ""),
        f"年度：{report.year or texts.UNKNOWN}　类型：{report.kind}",
        f"{passages} 段，{facts} 个数",
    ]
    if findings:
        lines.append(f"对不上的地方 {len(findings)} 处：")
        lines += [f"· {text}" for text in findings[:most]]
    else:
        lines.append("没有发现对不上的数。")
    lines.append("认得不对请撤销。")
    return "\n".join(lines)


def undone(title: str) -> str:
    """Confirm that a report was taken away again."""
    return f"已撤销《{title}》，问答里不再有它。"


def put_back(title: str, file: str) -> str:
    """Confirm that a report was undone and the one before is there again."""
    return f"已撤销《{title}》，先前那份（{file}）已经放回来，问答里用的又是它。"


def not_put_back(title: str) -> str:
    """Confirm that a report was undone, and say that the one before could not be put back."""
    return f"{undone(title)}先前那份的文件已经不在，没能放回来，要用得重新收录。"


def kept(title: str) -> str:
    """Confirm that a report stays."""
    return f"已确认《{title}》。"


def removed(title: str) -> str:
    """Confirm that a report was taken away."""
    return f"已撤下《{title}》。"


def remove_which(count: int, shown: int) -> str:
    """Ask which report."""
    more = f"（有 {count} 份，先列 {shown} 份；没有要找的就多写几个字）" if count > shown else ""
    return f"要撤下哪一份？{more}"


def with_file(name: str, file: str) -> str:
    """Name a report of which another has the same name."""
    return f"{file}　{name}"


def remove_sure(report: Report) -> str:
    """Ask once more, with all that tells the report from its like."""
    whose = f"单位：{report.organisation or texts.UNKNOWN}\n文件：{report.name}"
    after = "撤下后问答里不再有它，要再用得重新收录。"
    return f"确定撤下《{report.title}》？\n{whose}\n{after}"


def health(seconds: int, reports: int, answers: int, errors: int) -> str:
    """Tell how the run is doing."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    work = f"{reports} 份报告，答复 {answers} 次，出错 {errors} 次"
    return f"运行正常：已开 {hours} 小时 {minutes} 分，{work}。"


def mark_line(mark: str, question: str, why: str) -> str:
    """List a mark."""
    if question and why:
        question = shorten(question, _LONGEST_LISTED // 3)
        return f"{mark} {question}（{why}）"
    return f"{mark} {question or why}"


def digest(
    since: str, counts: dict[str, int], good: int, unanswered: list[str], bad: list[str]
) -> str:
    """Write the digest."""
    lines = [
        f"自 {since} 以来：答出 {counts.get('answered', 0)}，没有 {counts.get('not_found', 0)}，"
        f"反问 {counts.get('clarify', 0)}，👍 {good}，👎和意见 {len(bad)}"
    ]
    if unanswered:
        lines += ["", "没有答出的问题：", *_listed(unanswered)]
    if bad:
        lines += ["", "👎和意见：", *_listed(bad)]
    return "\n".join(lines)


def _listed(entries: list[str]) -> Iterator[str]:
    """List what fits, so that the second list has room beside the first."""
    for text in entries[:_MOST_LISTED]:
        yield f"· {shorten(text, _LONGEST_LISTED)}"
    if len(entries) > _MOST_LISTED:
        yield f"……还有 {len(entries) - _MOST_LISTED} 条"
