"""Who may ask, and how often, over real HTTP: open, list, pairing codes, roles, limits."""

import re

from bot.telegram.limits import Limits
from scripts.tgrig import BOT, Json, labels
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
        assert (await admin.reply())["text"] == "小林：可以提问。"  # the request, and the command
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


async def test_every_way_of_asking_is_counted(stage: Stage) -> None:
    async with stage.bot(user_per_minute=3):
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        for _ in range(2):
            await person.asks("/compare 2024年三公经费实际支出")
        for command in ("/compare 2024年三公经费", "/export 财政局", "/audit 财政局", "你好"):
            assert "问得有点快" in (await person.asks(command))["text"]
        assert "问得有点快" in (await person.press(answer, "原文")).params["text"]
        guest = await person.ask_as_guest(f"@{BOT['username']} {QUESTION}")
        assert "问得有点快" in guest.params["result"]["input_message_content"]["message_text"]
        typed = [await person.inline("三公 2024") for _ in range(10)]
        assert [bool(call.params["results"]) for call in typed] == [True] * 9 + [False]
        assert "问得有点快" in typed[9].params["button"]["text"]


async def test_talk_between_people_of_a_group_is_not_counted(stage: Stage) -> None:
    async with stage.bot(user_per_minute=2):
        person = stage.rig.person(1, chat=GROUP)
        for _ in range(4):
            await person.send("大家好")
        assert "1.95" in (await person.asks(f"/ask {QUESTION}"))["text"]


async def test_cards_are_not_shared_where_access_is_restricted(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot(access="list", allowed=(1,)):
        assert (await person.inline("三公 2024")).params["is_personal"] == "true"
        refused = (await stage.rig.person(2).inline("三公 2024")).params
        assert (refused["results"], refused["is_personal"]) == ([], "true")
        assert "没有提问的权限" in refused["button"]["text"]
        guest = await stage.rig.person(2).ask_as_guest(QUESTION)
        assert "没有提问的权限" in guest.params["result"]["input_message_content"]["message_text"]
    async with stage.bot():
        assert (await person.inline("三公 2024")).params["is_personal"] == "false"


async def test_anonymous_administrators_of_two_groups_are_not_one_person(stage: Stage) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    other: Json = {"id": -1007770001, "type": "supergroup", "title": "另一个群"}
    async with stage.bot(access="approval"):
        admin = stage.rig.person(900)
        for group in (GROUP, other):
            writer = stage.rig.person(1, chat=group)
            writer.who = anonymous
            told = await writer.asks(f"/ask {QUESTION}", sender_chat=group)
            assert "配对码" in told["text"]
            request = await admin.reply()
            assert request["text"].startswith(f"{group['title']}（编号 {group['id']}）申请提问")
            await admin.press(request, "批准")
            assert "管理员已批准" in (await writer.reply())["text"]
            await admin.reply()
            answer = await writer.asks(f"/ask {QUESTION}", sender_chat=group)
            assert "1.95" in answer["text"]


async def test_decision_takes_the_buttons_off_every_request(stage: Stage) -> None:
    async with stage.bot(access="approval", admins=(900, 901)):
        first, second = stage.rig.person(900), stage.rig.person(901)
        await stage.rig.person(2).asks(QUESTION)
        request, other = await first.reply(), await second.reply()
        await first.press(request, "拒绝")
        for admin, message in ((first, request), (second, other)):
            decided = await admin.reply()
            assert decided["message_id"] == message["message_id"]
            assert (decided["text"], labels(decided)) == ("小林：已拒绝。", [])


async def test_new_administrator_is_told_so_and_gets_the_menu(stage: Stage) -> None:
    def scopes() -> list[int]:
        calls = stage.rig.made("setMyCommands")
        return [c.params["scope"]["chat_id"] for c in calls if len(c.params["commands"]) == 20]

    async with stage.bot():
        await stage.rig.person(900).send("/users 管理员 2")
        assert "您现在是管理员" in (await stage.rig.person(2).reply())["text"]
        await stage.rig.person(900).reply()
        assert scopes() == [900, 2]
    async with stage.bot():
        assert scopes() == [900, 2, 900, 2]


async def test_administrator_of_the_settings_is_not_turned_away(stage: Stage) -> None:
    async with stage.bot(admins=(900, 901)):
        admin = stage.rig.person(900)
        assert "只能在设置里改" in (await admin.asks("/users 拒绝 901"))["text"]
        await stage.rig.person(901).silence(0.1)
        assert "没有这个配对码" in (await admin.asks(f"/users 批准 {'9' * 23}"))["text"]


async def test_approved_group_may_ask_after_it_became_a_supergroup(stage: Stage) -> None:
    async with stage.bot(access="approval"):
        old = stage.rig.person(1, chat={"id": -55, "type": "group", "title": "办公室"})
        admin, new = stage.rig.person(900), stage.rig.person(1, chat=GROUP)
        await admin.send("/users 批准 -55")
        await admin.reply()
        await old.reply()
        await old.update(message=old.compose(migrate_to_chat_id=GROUP["id"]))
        await new.silence(0.1)
        assert "1.95" in (await new.asks(f"/ask {QUESTION}"))["text"]
