"""A full name of an organisation in its parts: places, superior, its own name, the kind of body.

The kinds of bodies and the short names that follow from no rule stand in organisations.toml.
"""

import re
from functools import cache, lru_cache

from corpus.entities.places import name_to_place
from corpus.lexicon.data_files import read_data
from corpus.model.types import Noun

# A department before the name of its unit. An office of a committee is no unit of it.
SUPERIOR = re.compile(
    r"[^\W]{2,}?(?:委员会|局|厅|总工会|联合会|人民政府|街道办事处|法院|检察院)(?=[^\W]{3,})(?!办公室$)"
)
PARTY_HEAD = re.compile(r"^(?:委员会|委)(?=.+(?:部|办公室|委员会|校|馆|会|中心|室)$)(?!办公室$)")
GOVERNMENT_HEAD = re.compile(r"^人民政府(?=.+(?:街道|镇|乡))")
LEAGUES = ("政协", "共青团")
FULL_HOLDERS = {"中国人民政治协商会议": "政协", "中国共产主义青年团": "共青团"}


class Body(Noun):
    """A full name in its parts: the places at its head, its superior ("" for none), and its own.

    `core` is the name without the places; `shorts` how its own part may end when it is shortened.
    """

    name: str
    places: tuple[str, ...]
    region: str
    core: str
    superior: str
    own: str
    shorts: tuple[str, ...]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = read_data("organisations")
    return tables


@cache
def kinds_of_bodies() -> dict[str, tuple[str, ...]]:
    """Return how names of bodies end -> how their short names end, the longest ending first."""
    raw = _tables()["kinds"]
    return {end: tuple(raw[end]) for end in sorted(raw, key=len, reverse=True)}


@cache
def irregular_names() -> dict[str, tuple[str, ...]]:
    """Return the short names that follow from no rule: core name -> how people say it."""
    names = {core: tuple(shorts) for core, shorts in _tables()["short"].items()}
    provincial = {
        core[:-1] + "厅": tuple(short[:-1] + "厅" for short in shorts if short.endswith("局"))
        for core, shorts in names.items()
        if core.endswith("局")
    }
    return provincial | names


def ends_as_body(name: str) -> bool:
    """Tell whether a name ends as the names of bodies do."""
    return name.endswith(tuple(kinds_of_bodies()))


@lru_cache(maxsize=65536)
def name_to_body(name: str) -> Body:
    """Take a full name apart."""
    holder, places = name_to_place(name)
    region = holder + "".join(places)
    rest = name[len(region) :]
    core = PARTY_HEAD.sub("", GOVERNMENT_HEAD.sub("", rest))
    league = FULL_HOLDERS.get(holder, holder)
    core = league + core if league in LEAGUES else core
    match = SUPERIOR.match(core)
    split = match is not None and ends_as_body(core) and not core[match.end() :].startswith("会")
    cut = match.end() if match and split else 0
    own = core[cut:] or name
    kind = next((end for end in kinds_of_bodies() if own.endswith(end)), "")
    return Body(
        name=name,
        places=places,
        region=region if core else "",
        core=core or name,
        superior=core[:cut],
        own=own,
        shorts=kinds_of_bodies().get(kind, ()),
    )
