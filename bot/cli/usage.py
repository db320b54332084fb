"""What was typed wrongly, said in Chinese in one sentence, and what a disk or a folder refuses.

The library that reads the command line speaks English only; its sentences are known by their form,
and tests hold it to them.
"""

import errno
import re

SEE = "{said}；用法见 {command} --help。"
UNKNOWN = "命令写得不对"
MISTAKES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.DOTALL), said)
    for form, said in (
        (
            r"No such option: (\S+?) \(Possible options: (.*)\)",
            "没有 {0} 这个选项，要写的可能是 {1}",
        ),
        (r"No such option: (\S+)(?: Did you mean (\S+?)\?)?.*", "没有 {0} 这个选项"),
        (r"No such command '(.*?)'.*", "没有 {0} 这个命令"),
        (r"Missing argument '(.*?)'.*", "还没有写 {0}"),
        (r"Missing option '(.*?)'.*", "还没有写 {0}"),
        (r"Option '(.*?)' requires.*", "{0} 后面要写一个值"),
        (r"Option '(.*?)' does not take a value.*", "{0} 后面不能写值"),
        (
            r"Got unexpected extra argument(?:s|\(s\))? \((.*)\).*",
            "多写了 {0}，一句话里有空格时请加引号",
        ),
        (r"Invalid value for '(.*?)'.*", "{0} 的值不对"),
    )
)
FULL = "磁盘满了{path}：请腾出空间再试。"
NOT_A_FOLDER = "“{path}”是文件，不是文件夹：请用 WENSHU_DATA 指定一个文件夹。"
NOT_ALLOWED = (
    "没有权限写“{path}”：请检查权限，或换一个能写的地方（数据文件夹由 WENSHU_DATA 指定）。"
)
BAD_NAME = "“{path}”用不了，名字太长或者链接绕成了圈：请换一个。"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
NO_FOLDER = frozenset({errno.ENOTDIR, errno.EEXIST})
NO_NAME = frozenset({errno.ENAMETOOLONG, errno.ELOOP})


def mistake_to_sentence(message: str, command: str) -> str:
    """Return what is wrong with what was typed; `command` is the part that was understood."""
    for form, said in MISTAKES:
        if found := form.fullmatch(message.strip()):
            groups = [group or "" for group in found.groups()]
            return SEE.format(said=said.format(*groups), command=command)
    return SEE.format(said=UNKNOWN, command=command)


def os_error_to_sentence(error: OSError) -> str:
    """Return what a disk or a folder refuses, "" for an error that is no such refusal."""
    path = error.filename or ""
    if error.errno in NO_ROOM:
        return FULL.format(path=f"（{path}）" if path else "")
    if error.errno in FORBIDDEN:
        return NOT_ALLOWED.format(path=path)
    if error.errno in NO_NAME:
        return BAD_NAME.format(path=path)
    return NOT_A_FOLDER.format(path=path) if error.errno in NO_FOLDER else ""
