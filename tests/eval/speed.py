"""How long all checks of one report take, by the length of the article.

An article of any length is made of those of the corpus, each in its turn; the report is of
fourteen statements spread over it. The time is from the article as it was read to the last
finding, the checks made ready and everything after import included.
"""

from __future__ import annotations

import time
from statistics import median

from summ.checks._wording.clauses import clauses
from summ.checks.article import Article
from summ.checks.grounding import evidence_for
from summ.checks.hidden import hidden_findings
from summ.checks.instructions import instruction_findings
from summ.checks.registry import Auditor
from summ.model import Claim, Document, Source, Statement
from summ.tasks.repair import audited
from summ.text.document import annotate
from tests.eval.corpus_files import CORPUS, load

STATEMENTS = 14
WORDS = (800, 1_000, 10_000, 100_000)
BAR_MS = 20


def made(words: int, language: str) -> tuple[Document, list[Statement], list[Claim]]:
    """An article of about so many words, and statements about it: five, and nine claims."""
    articles = load(CORPUS / "dev", language) + load(CORPUS / "held", language)
    texts: list[str] = []
    while sum(len(text.split()) for text in texts) < words:
        texts.append(articles[len(texts) % len(articles)].document.text)
    text = " ".join("\n\n".join(texts).split(" ")[:words])
    document = annotate(Source("-", "text/plain", text), language)
    cases = [(article, case) for article in articles for case in article.cases]
    found: list[Claim] = []
    for article, case in cases:
        # Each cites the sentence of the same words, wherever it stands in this article.
        quotes = [article.document.sentence(number) for number in case.evidence]
        starts = [text.rfind(quote) for quote in quotes]
        if min(starts) < 0 or len(found) == STATEMENTS:
            continue
        ends = [span.end for span in document.sentences]
        numbers = [next(n for n, end in enumerate(ends, 1) if end > start) for start in starts]
        evidence = tuple(evidence_for(document, number) for number in numbers)
        found.append(
            Claim(
                case.text,
                evidence,
                "supported",
                speaker=case.speaker,
                speaker_as_written=case.speaker,
            )
        )
    return document, list(found[:5]), found[5:]


def seconds(words: int, language: str, rounds: int = 7) -> float:
    """Median CPU seconds of all checks of one report: other work on the machine counts little."""
    document, summary, claims = made(words, language)
    times = []
    for _ in range(rounds + 1):
        clauses.cache_clear()  # another report is of another article
        started = time.process_time()
        audited(Auditor(Article(document)), summary, claims)
        hidden_findings(document)
        instruction_findings(document)
        times.append(time.process_time() - started)
    return median(times[1:])


def report() -> str:
    """The table, in Markdown."""
    lines = ["\n### Milliseconds of all checks of one report\n"]
    lines.append("| language | " + " | ".join(f"{words:,} words" for words in WORDS) + " |")
    lines.append("|---|" + "---|" * len(WORDS))
    for language in ("en", "uk", "de", "fr"):
        cells = [f"{1000 * seconds(words, language):.1f}" for words in WORDS]
        lines.append(f"| {language} | {' | '.join(cells)} |")
    return "\n".join(lines)
