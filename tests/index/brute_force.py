"""The oracle: both searches by plain loops over everything, with nothing but NumPy."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy

from index.library import Library
from index.store import DenseMatch, LexicalMatch, SentenceMatch


class BruteForceStore:
    """A `PassageStore` that looks at every vector and every text for every query."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def dense_search(self, query, *, documents: Sequence[str], limit: int) -> list[DenseMatch]:
        best: dict[int, dict[str, float]] = {}
        for passage in self._library.indexed_passages():
            kinds = best.setdefault(passage.paragraph, {})
            score = float(numpy.dot(passage.vector, query))
            kinds[passage.kind] = max(kinds.get(passage.kind, -1.0), score)
        return self._first(
            [
                DenseMatch(
                    paragraph=paragraph.key,
                    score=(best[paragraph.key]["window"] + best[paragraph.key]["sentence"]) / 2,
                )
                for paragraph in self._paragraphs(documents)
            ],
            limit,
        )

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        counts = self._counts()
        titles = self._library.title_terms()
        weights = {}
        for term in terms:
            containing = sum(
                term in counts[paragraph.key] or term in titles[paragraph.document]
                for paragraph in self._paragraphs(())
            )
            weights[term] = math.log(1 + (len(counts) - containing + 0.5) / (containing + 0.5))
        return weights

    def lexical_search(
        self, query: Mapping[str, float], *, documents: Sequence[str], limit: int
    ) -> list[LexicalMatch]:
        counts = self._counts()
        titles = self._library.title_terms()
        mean = sum(sum(count.values()) for count in counts.values()) / max(1, len(counts))
        matches = []
        for paragraph in self._paragraphs(documents):
            count = counts[paragraph.key]
            length = 0.25 + 0.75 * sum(count.values()) / mean
            score = 0.0
            for term, weight in query.items():
                share = count[term] / (count[term] + 1.2 * length)
                if term in titles[paragraph.document]:
                    share = max(share, 0.6)
                score += weight * share
            if score > 0:
                matches.append(
                    LexicalMatch(paragraph=paragraph.key, score=score / sum(query.values()))
                )
        return self._first(matches, limit)

    def sentence_scores(self, query, *, paragraph: int) -> list[SentenceMatch]:
        return [
            SentenceMatch(span=passage.span, score=float(numpy.dot(passage.vector, query)))
            for passage in self._library.indexed_passages()
            if passage.paragraph == paragraph and passage.kind == "sentence"
        ]

    def _paragraphs(self, documents: Sequence[str]):
        return [
            paragraph
            for paragraph in self._library.indexed_paragraphs()
            if not documents or paragraph.document in documents
        ]

    def _counts(self) -> dict[int, Counter[str]]:
        return {
            paragraph.key: Counter(
                self._library.search_terms(
                    self._library.paragraphs_at([paragraph.key])[paragraph.key][1].text
                )
            )
            for paragraph in self._paragraphs(())
        }

    @staticmethod
    def _first(matches: list, limit: int) -> list:
        return sorted(matches, key=lambda match: -match.score)[:limit]
