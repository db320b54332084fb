"""What a term is: the sentence of a report that says "X：指…" or "X是…"."""

import re
from itertools import islice

from bot.evidence.quotation import Found, answer_with, sentences_of
from bot.query.retrieval.fact_pool import MOST_READ
from bot.query.retrieval.matching import names_of
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.lexicon.normalise import fold
from corpus.model.types import Report

NUMBERING = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)?"
MORE_PROOFS = 5


def defined(case: Case) -> Answer | None:
    """Answer what a term is, quoting one report and citing the others that define it."""
    names = [
        n for term in case.ask.terms for n in (*case.ask.said, *names_of(term, case.vocabulary))
    ]
    names = names or [piece for piece in case.ask.words.split() if len(piece) > 1]
    # What a term means is the same wherever it stands.
    some = case.reports[:MOST_READ]
    told = (one for report in some for one in definitions_in(report, names)[:1])
    found = [*islice(told, MORE_PROOFS)]
    answer = answer_with(case, found[:1])
    if answer is None:
        return None
    page = case.page()
    for item in found:
        page.cite_span(item.report, item.span, item.section)
    others = "".join(f"[{citation.n}]" for citation in page.citations[1:])
    more = f"其他报告的解释见{others}。" if others else ""
    return answer.model_copy(
        update={"text": answer.text + more, "citations": tuple(page.citations)}
    )


def definitions_in(report: Report, names: list[str]) -> list[Found]:
    """Return the sentences of a report that define one of the names, glossaries first."""
    found: list[Found] = []
    for sentence in sentences_of(report):
        text = fold(sentence.text)
        for rank, name in enumerate(names):
            if re.match(
                rf"{NUMBERING}{re.escape(fold(name))}(?:支出|经费)?[:：,，]?(?:是|指|即)", text
            ):
                glossary = "解释" in "".join(sentence.section)
                found.append(
                    Found(
                        report=report,
                        span=sentence.span,
                        section=sentence.section,
                        score=glossary - rank / 100,
                    )
                )
    return sorted(found, key=lambda item: -item.score)
