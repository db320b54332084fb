"""Who may ask, and how often, over real HTTP: open, list, pairing codes, roles, limits."""

import re

from bot.telegram.limits import Limits
from scripts.tgrig import Json, labels
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


async def test_list_lets_only_those_on_it_ask(stage: Stage) -> None:
    async with stage.bot(access="list", allowed=(1, GROUP["id"])):
        assert "1.95" in (await stage.rig.person(1).asks(QUESTION))["text"]
        stranger = stage.rig.person(2)
        assert "没有提问的权限" in (await stranger.asks(QUESTION))["text"]
        assert (await stranger.inline("三公")).params["results"] == []
        in_group = stage.rig.person(2, chat=GROUP)  # the group as a whole is on the list
        assert "1.95" in (await in_group.asks(f"/ask {QUESTION}"))["text"]


async def test_stranger_in_a_group_is_refused_only_when_talking_to_the_bot(stage: Stage) -> None:
    async with stage.bot(access="list"):
        person = stage.rig.person(2, chat=GROUP)
        await person.send("大家好")
        await person.silence()
        assert "没有提问的权限" in (await person.asks("/ask 三公"))["text"]


async def test_pairing_code_is_approved_by_a_button(stage: Stage) -> None:
    async with stage.bot(access="approval"):
        person, admin = stage.rig.person(2, name="小周"), stage.rig.person(900)
        told = (await person.asks(QUESTION))["text"]
        code = re.search(r"配对码是 ([A-Z2-9]{6})", told)
        assert code
        request = await admin.reply()
        assert request["text"] == f"小周（编号 2）申请提问，配对码 {code[1]}。"
        assert labels(request) == [["批准", "拒绝"]]
        assert code[1] in (await person.asks("再问"))["text"]  # the same code, no second request
        await admin.silence()
        await admin.press(request, "批准")
        assert "管理员已批准" in (await person.reply())["text"]
        assert (await admin.reply())["text"] == "小周：可以提问。"
    async with stage.bot(access="approval"):  # roles outlive a restart
        assert "1.95" in (await person.asks(QUESTION))["text"]


async def test_pairing_code_is_approved_by_command_and_taken_back(stage: Stage) -> None:
    async with stage.bot(access="approval"):
        person, admin = stage.rig.person(2), stage.rig.person(900)
        told = (await person.asks(QUESTION))["text"]
        await admin.reply()
        code = told.split("配对码是 ")[1][:6]
        await admin.send(f"/users 批准 {code.lower()}")
        assert "可以提问" in (await admin.reply())["text"]
        assert "管理员已批准" in (await person.reply())["text"]
        assert "1.95" in (await person.asks(QUESTION))["text"]
        assert "小林（编号 2）可以提问" in (await admin.asks("/users"))["text"]
        await admin.send("/users 拒绝 2")
        assert "没有提问的权限" in (await person.reply())["text"]
        await admin.reply()
        assert "没有提问的权限" in (await person.asks(QUESTION))["text"]


async def test_only_an_administrator_approves(stage: Stage) -> None:
    async with stage.bot(access="approval", allowed=(3,)):
        person, admin, other = (stage.rig.person(n) for n in (2, 900, 3))
        await person.asks(QUESTION)
        request = await admin.reply()
        stage.rig.messages[3, request["message_id"]] = {**request, "chat": other.chat}
        pressed = await other.press(request, "批准")
        assert pressed.params["text"] == "这件事只有管理员可以做。"
        assert "配对码" in (await person.asks(QUESTION))["text"]


async def test_role_of_administrator_can_be_given(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(2), stage.rig.person(900)
        await admin.send("/users 管理员 2")
        await admin.reply()
        await person.reply()
        assert (await person.asks("/health"))["text"].startswith("运行正常")


async def test_too_many_questions_get_a_friendly_word(stage: Stage) -> None:
    async with stage.bot(user_per_minute=2):
        person, other = stage.rig.person(1), stage.rig.person(2)
        for _ in range(2):
            assert "1.95" in (await person.asks(QUESTION))["text"]
        assert re.match(
            r"问得有点快，请过 \d+ 秒再问，谢谢。", (await person.asks(QUESTION))["text"]
        )
        assert "1.95" in (await other.asks(QUESTION))["text"]


def test_limits_slide_and_count_chats_too() -> None:
    moment = [0.0]
    limits = Limits(person=2, chat=3, clock=lambda: moment[0])
    assert [limits.wait(person=1, chat=9) for _ in range(3)] == [0.0, 0.0, 60.0]
    assert limits.wait(person=2, chat=9) == 0.0
    assert limits.wait(person=2, chat=9) == 60.0  # the chat has had its three
    moment[0] = 45.0
    assert limits.wait(person=1, chat=9) == 15.0
    moment[0] = 60.0
    assert limits.wait(person=1, chat=9) == 0.0
