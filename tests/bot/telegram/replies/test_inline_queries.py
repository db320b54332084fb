"""Figures in any chat over real HTTP: inline cards, permanent links, guests."""

from scripts.tgrig import BOT, html_to_text, labels
from scripts.tgstage import Stage, title_of
from scripts.toy_library import CULTURE, FINANCE


async def test_inline_gives_cards_of_figures_with_their_source(stage: Stage) -> None:
    async with stage.bot():
        answer = await stage.rig.person(1).inline("三公 2024")
        cards = answer.params["results"]
        assert 3 <= len(cards) <= 10
        assert cards[0]["title"] == "1.95万元　三公经费实际支出"
        assert cards[0]["description"] == f"{FINANCE}2024年　《{title_of(FINANCE, 2024)}》"
        assert cards[1]["description"].startswith(CULTURE)
        sent = cards[0]["input_message_content"]
        assert sent["parse_mode"] == "HTML"
        assert "1.95" in html_to_text(sent["message_text"])
        assert answer.params["button"]["start_parameter"] == "inline"
        assert int(answer.params["cache_time"]) <= 60


async def test_inline_with_nothing_typed_gives_cards_to_begin_with(stage: Stage) -> None:
    async with stage.bot():
        first = (await stage.rig.person(1).inline("")).params["results"]
        assert "青山市临江区" in first[0]["description"]  # something to begin with


async def test_permanent_link_reopens_the_very_figure(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        answer = await person.asks(f"{FINANCE}2023年三公经费实际支出多少")
        link = answer["text"].split('href="')[1].split('"')[0]
        assert link.startswith(f"https://t.me/{BOT['username']}?start=f_")
    async with stage.bot():
        other = stage.rig.person(2)
        reopened = await other.asks(f"/start {link.partition('start=')[2]}")
        assert "2.60" in reopened["text"]
        assert labels(reopened)[0] == ["原文", "出处图"]
        assert (await other.asks("/start f_0000000000000000"))["text"].startswith(
            "这个数所在的报告"
        )


async def test_guest_is_answered_where_the_bot_is_no_member(stage: Stage) -> None:
    async with stage.bot():
        group = {"id": -1005550001, "type": "supergroup", "title": "会议"}
        person = stage.rig.person(1, chat=group)
        call = await person.ask_as_guest(f"@{BOT['username']} {FINANCE}2024年三公经费多少")
        content = call.params["result"]["input_message_content"]
        assert "1.95" in html_to_text(content["message_text"])
        await person.silence()


async def test_inline_with_a_bodys_name_gives_its_card_first(stage: Stage) -> None:
    async with stage.bot():
        cards = (await stage.rig.person(1).inline("文化局")).params["results"]
        assert cards[0]["title"] == f"{CULTURE}2024年绩效自评概况"
        assert cards[0]["description"].startswith("· 基本支出")
        sent = html_to_text(cards[0]["input_message_content"]["message_text"])
        assert sent.startswith(f"{CULTURE}2024年绩效自评概况：\n· ")
        assert [card["title"] for card in cards[1:]][-1] == "9人　在职人员"
        assert len({card["id"] for card in cards}) == len(cards)
