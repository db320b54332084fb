"""Reports as lines and rows: what was understood of each, and what a person should know of it."""

from corpus.model.types import Report
from index.library import Added

NO_FIGURES = "没有读出一个数字，请打开原文核对"
NO_REPORT = "看上去不是预算、决算或绩效自评报告，请核对是不是加错了"
ID_SHOWN = 8  # characters of an id: enough to tell reports apart


def report_to_line(report: Report) -> str:
    """Return what was understood of a report: whose, level, year, kind, and its file."""
    year = f"{report.year}年" if report.year else "年份不明"
    whose = report.organisation or "单位不明"
    return " ".join(part for part in (whose, report.level, year, report.kind) if part) + (
        f"（{report.name}）"
    )


def report_to_row(report: Report, counts: tuple[int, int]) -> list[str]:
    """Return a report as a row of `wenshu list`."""
    return [
        report.id[:ID_SHOWN],
        report.organisation,
        report.level or "",
        str(report.year or ""),
        report.kind,
        *(str(count) for count in counts),
        report.name,
    ]


def report_to_json(report: Report, counts: tuple[int, int]) -> dict[str, object]:
    """Return a report as an object of `wenshu list --json`."""
    passages, facts = counts
    named = ("id", "name", "title", "organisation", "level", "year", "kind", "pages")
    return {
        **{name: getattr(report, name) for name in named},
        "passages": passages,
        "facts": facts,
    }


def added_to_line(added: Added, replaced: str = "") -> str:
    """Return what adding a file came to; `replaced` names the file it took the place of."""
    line = f"{report_to_line(added.report)}：{added.passages} 段，{added.facts} 个数字"
    if added.already:
        return f"{line}，已经在库里"
    line = f"{line}，取代了旧文件“{replaced}”" if replaced else line
    return "；".join([line, *report_to_notices(added.report, facts=added.facts)])


def report_to_notices(report: Report, *, facts: int) -> list[str]:
    """Return what a person should know of a file: its source, and what of it was not read."""
    day = report.origin.published
    source = [f"发布于{day.year}年{day.month}月{day.day}日"] if day else []
    source += [f"来自 {report.origin.address}"] if report.origin.address else []
    odd = [NO_REPORT] if is_odd(report) else []
    return [*source, *report.notices, *odd, *([] if facts else [NO_FIGURES])]


def is_odd(report: Report) -> bool:
    """Tell whether a file is of no known kind and of nobody: it may not be a report at all."""
    return report.kind == "其他" and not report.organisation
