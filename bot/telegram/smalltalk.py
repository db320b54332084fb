"""What people say that asks nothing: greetings, thanks, 好的, emoji. Not what is said back."""

import re
import unicodedata
from typing import Literal

SmallTalk = Literal["greeting", "thanks", "nod", "puzzled"]

_SAID: dict[SmallTalk, tuple[str, ...]] = {
    "greeting": (
        "你好", "您好", "大家好", "早上好", "上午好", "中午好", "下午好", "晚上好", "早安", "早",
        "晚安", "嗨", "哈喽", "哈啰", "喂", "hi", "hello", "hey", "在吗", "在不在", "在么",
        "有人吗", "你是谁", "您是谁", "你是什么", "你会什么", "你会做什么", "你能做什么",
        "你能干什么", "怎么用", "如何使用", "怎么使用", "帮助", "help",
    ),
    "thanks": (
        "非常感谢", "十分感谢", "万分感谢", "太感谢", "感谢", "谢谢", "多谢", "谢", "辛苦",
        "麻烦你", "麻烦您", "有劳", "thanks", "thankyou", "thank", "thx", "3q",
    ),
    "nod": (
        "好的", "好", "行", "可以", "嗯嗯", "嗯", "哦哦", "哦", "噢", "喔", "对的", "对", "是的",
        "没错", "明白", "知道", "了解", "懂", "收到", "清楚", "ok", "okay", "没问题", "没事",
        "不客气", "不用", "不用谢", "再见", "拜拜", "bye", "哈哈", "呵呵", "嘿嘿", "厉害", "真棒",
        "太棒", "棒", "太好", "很好", "不错", "赞", "牛", "666", "原来如此", "这样", "测试", "test",
    ),
}  # fmt: skip
_FILLER = (
    "你们", "您们", "大家", "各位", "老师", "同志", "机器人", "问数", "小助手", "助手", "朋友",
    "你", "您", "我", "啦", "了", "啊", "呀", "哈", "呢", "吧", "哦", "嘛", "哟", "的", "很", "那",
    "非常", "太", "都", "就", "先", "you", "so", "much", "very", "there",
)  # fmt: skip


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ALL = re.compile(f"(?:{_any_of((*(w for said in _SAID.values() for w in said), *_FILLER))})+")
_KINDS = {kind: re.compile(_any_of(said)) for kind, said in _SAID.items()}


def small_talk(text: str) -> SmallTalk | None:
    """Return which small talk a message is all made of, None where it says something else.

    Of several kinds thanks come before a greeting, and both before 好的. Emoji and marks alone
    are a nod, with a question mark among them they are puzzled.
    """
    bare = "".join(char for char in text.lower() if unicodedata.category(char)[0] in "LN")
    if not bare:
        return "puzzled" if {"?", "？"} & set(text) else "nod" if text else None
    if not _ALL.fullmatch(bare):
        return None
    kinds: tuple[SmallTalk, ...] = ("thanks", "greeting", "nod")
    return next((kind for kind in kinds if _KINDS[kind].search(bare)), None)
