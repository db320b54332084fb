"""Patterns with Chinese belong to the grammar: those in code may only grow fewer."""

from collections import Counter

from scripts.patterns import count, sources

# How many still stand in code, by package; lower a number with every pattern that goes.
STILL_IN_CODE = {"corpus": 23, "bot": 6, "scripts": 7}


def test_no_more_patterns_with_chinese_stand_in_code() -> None:
    found: Counter[str] = Counter()
    modules = count(sources())
    for module, patterns in modules.items():
        found[module.split(".")[0]] += patterns
    told = "\n".join(f"{patterns:4} {module}" for module, patterns in sorted(modules.items()))
    assert all(most <= STILL_IN_CODE.get(package, 0) for package, most in found.items()), told


def test_a_pattern_is_counted_whatever_it_was_put_together_from() -> None:
    planted = {
        "bot.words": 'RISE = "增" + "加"\nLATIN = r"\\d+"\n'
        "def build(words):\n    return re.compile(words)",
        "bot.a": "from bot.words import RISE\nA = re.compile(rf'{RISE}$')",
        "bot.b": "B = re.search('|'.join(WORDS), text)\nWORDS = ('甲', '乙')",
        "bot.c": "KINDS = (('甲', 1), ('乙', 2), ('x', 3))\n"
        "C = [re.compile(words) for words, _ in KINDS]",
        "bot.d": "from bot.words import build\nD = build('甲|乙')",
        "bot.e": "from re import compile as made\nE = made('甲')",
        "bot.f": "from bot.a import A\nF = re.compile(rf'(?:{A.pattern})+')",
        "bot.g": "from bot.words import LATIN\nG = re.compile(LATIN)\n"
        "H = re.sub(LATIN, '甲', text)",
        "corpus.lexicon.h": "H = re.compile('甲')",
    }
    assert count(planted) == {
        "bot.a": 1,
        "bot.b": 1,
        "bot.c": 2,
        "bot.d": 1,
        "bot.e": 1,
        "bot.f": 1,
    }
