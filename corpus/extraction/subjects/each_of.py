"""What each figure of a list after 分别 is of: the names before it, or the figures before it.

`corpus.structure.segmentation` finds the lists; here their figures are given to their things.
"""

from corpus.entities.comparisons import YEAR_WORDS, strip_words
from corpus.entities.quantities import Amount
from corpus.entities.years import YearMention
from corpus.extraction.discourse import Scene
from corpus.extraction.statements import LEVELS, Statement
from corpus.extraction.subject_terms import GENERIC, Subject
from corpus.lexicon.grammar import patterns
from corpus.structure.segmentation import Each, head_to_names

PATTERNS = patterns("extraction.each_of")
RATES = PATTERNS["rates"]
BOTH_SIDES = PATTERNS["both_sides"]


def one_of_each(scene: Scene, amount: Amount) -> Subject | None:
    """Return the subject of one figure of a list: 人员经费、公用经费分别为2万元、3万元."""
    each = scene.each.get(amount.start)
    if each is None:
        return None
    words = strip_words(each.head)
    if not words or GENERIC.match(words) or RATES.fullmatch(words):
        if years_of_head(scene, each):
            return scene.subject or scene.names.heading()
        return of_level(scene, each, amount)
    return of_name(scene, each)


def of_name(scene: Scene, each: Each) -> Subject | None:
    """Return the name before 分别 that one figure of its list is of; a single name is of all."""
    if sides := BOTH_SIDES.fullmatch(each.head):
        side = sides["of"] + ("收入", "支出")[each.at] + sides["tail"] if each.count == 2 else ""
        return scene.names.of_any(side, each.start)
    for name, place in head_to_names(each.head, each.count)[each.at : each.at + 1]:
        at = each.start + place
        if named := scene.names.of_any(name, at):
            return named
    mentions = scene.vocabulary.mentions(each.head)
    if len(mentions) == 1 and not years_of_head(scene, each):
        mention = mentions[0]
    elif len(mentions) == each.count:
        mention = mentions[each.at]
    else:
        bare = YEAR_WORDS.sub("", each.head).strip("、和与及")
        return scene.names.of(bare, each.start) if years_of_head(scene, each) else None
    start, end = each.start + mention.start, each.start + mention.end
    return Subject(measure=mention.term, known=True, start=start, end=end)


def of_level(scene: Scene, each: Each, amount: Amount) -> Subject | None:
    """Return what the figure before 分别 that stands in the same place of its list is of."""
    sentence = scene.text.rfind("。", 0, each.start) + 1
    if sentence == each.start:  # the list opens its sentence: what it is of was said before
        sentence = scene.text.rfind("。", 0, max(sentence - 1, 0)) + 1
    levels = [each for each in scene.statements if is_level(each) and each.start >= sentence]
    if len(levels) < each.count:
        return None
    level = levels[-each.count :][each.at]
    alike = level.amount is not None and level.amount.kind == amount.kind
    return level.subject if alike or amount.kind in ("percent", "points") else None


def is_level(statement: Statement) -> bool:
    """Tell whether a statement is of an amount or a number that a list can go back to."""
    return statement.amount is not None and statement.aspect in (*LEVELS, "数量")


def years_of_head(scene: Scene, each: Each) -> list[YearMention]:
    """Return the years before 分别 where each figure has one of its own, else none."""
    end = each.start + len(each.head)
    years = [year for year in scene.years if each.start <= year.start < end]
    return years if len(years) == each.count else []


def year_of_each(scene: Scene, amount: Amount) -> YearMention | None:
    """Return the year that one figure of a list has of its own: 2023年、2024年分别为."""
    each = scene.each.get(amount.start)
    years = years_of_head(scene, each) if each else []
    return years[each.at] if each and years else None
