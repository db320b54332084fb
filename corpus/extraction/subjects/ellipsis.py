"""What a figure leaves out because the figure before it said it: 国家级项目1个、省级3个.

Also what belongs to an item of a list beside its money: 道路维修48万元，维修12处，每处4万元.
"""

from corpus.entities.comparisons import strip_words
from corpus.extraction.discourse import Scene
from corpus.extraction.figures import Figure
from corpus.extraction.statements import EACH, Statement
from corpus.extraction.subject_terms import VALUED, Subject
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("extraction.ellipsis")
RANK = PATTERNS["rank"]
RANKED = PATTERNS["ranked"]
SO_FAR = PATTERNS["so_far"]
NEW = PATTERNS["new"]
SO_FAR_SAID = "累计"
LONGEST_EACH = 10
FEW = 4  # characters of a word that repeats a name


def echoed(scene: Scene, figure: Figure) -> Subject | None:
    """Return the subject of a figure that says only how it differs from the one before."""
    last = scene.statements[-1] if scene.statements else None
    if last is None or last.amount is None:
        return None
    words = figure.bare
    if ranked := of_rank(words, figure, last):
        return ranked
    fresh = NEW.match(last.subject.measure)
    if fresh and SO_FAR.match(figure.lead) and last.amount.unit == figure.amount.unit:
        name = last.subject.measure[fresh.end() :]
        return last.subject.model_copy(update={"measure": name, "facet": SO_FAR_SAID})
    return of_asset(words, figure, last)


def of_rank(words: str, figure: Figure, last: Statement) -> Subject | None:
    """Return 省级项目 for 省级 after 国家级项目."""
    rank, named = RANK.fullmatch(words), RANKED.search(last.subject.measure)
    if rank is None or named is None or last.amount is None:
        return None
    if last.amount.unit != figure.amount.unit:
        return None
    return Subject(
        measure=rank["rank"] + named["of"],
        row=last.subject.row,
        known=False,
        start=figure.place,
        end=figure.amount.start,
    )


def of_asset(words: str, figure: Figure, last: Statement) -> Subject | None:
    """Return the asset whose 净值 or 累计折旧 follows its 原值."""
    valued = VALUED.match(words)
    if valued is None or valued["rest"] or not VALUED.match(last.subject.facet):
        return None
    at = {"start": figure.place, "end": figure.amount.start}
    return last.subject.model_copy(update={"facet": valued["part"], **at})


def of_item(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the item of a list for what repeats its name or is said per piece of it."""
    head = scene.item.subject if scene.item else scene.group
    bare = strip_words(words)
    if head is None or not bare or figure.kind.aspect is not None:
        return None
    if EACH.match(bare) and len(bare) <= LONGEST_EACH and not head.known:
        return head.model_copy(update={"facet": bare, "known": False})
    used = [each for each in scene.statements if each.subject.measure == head.measure]
    again = not head.known and len(bare) <= FEW and bare in head.measure
    again = again and any(each.end <= figure.clause.start for each in used)
    if again and figure.amount.unit not in {each.amount.unit for each in used if each.amount}:
        return head.model_copy(update={"known": False})
    return None
