"""Dense and lexical matches become one ranking of hits."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.lexical import PAIR
from index.library import Library
from index.store import PassageStore
from ingest.language import is_same_language
from ingest.report import Paragraph
from qa.glossary import TARGET_LANGUAGE, Gloss, glosses, synonyms, word_count
from qa.titles import split_titles

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

CANDIDATE_COUNT = 100
"""Matches taken from each of the two searches before they are fused."""
LEXICAL_WEIGHT = 0.4
"""What a full lexical match adds to a cosine, where question and document share a language.

Cosines of this model lie within about 0.1 of each other. Measured on the report's development
questions, DRCD, CMRC 2018, XQuAD and DRAGONBall: hit@1 rises up to 0.3 to 0.5 and is flat there.
"""
CROSS_LANGUAGE_WEIGHT = 0.1
"""The same across languages, where only names, numbers and chance are shared.

Measured on XQuAD questions in English, Spanish, Russian and Arabic over Chinese passages: up to
0.1 no language loses, at 0.4 English loses 10 points of hit@1.
"""
GLOSSED_WEIGHT = 0.35
"""What a full match of the question's glosses adds to a cosine across languages.

In full where every word of the question has a gloss, less the fewer have, nothing where hardly any
does (`GLOSSED_SHARE_FLOOR`), for then chance words would decide. Measured on XQuAD over Chinese
passages: hit@1 rises by about 15 points in English, 8 in Spanish and Russian, 3 in Arabic.
"""
SYNONYM_SHARE = 0.6
"""What a synonym counts for a word of the question that no document has."""
TITLED_GAIN = 0.04
"""What a paragraph gains whose document the question calls by its title.

Measured on every fourth question of DRAGONBall and every 14th of CMRC 2018, where hit@1 rises by
less than a point over 0.
"""
GLOSSED_SHARE_FLOOR = 0.25
"""Share of the question's words with a gloss up to which the glosses count nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A paragraph that was found.

    Attributes:
        key: of the paragraph in the library.
        document: id of its document.
        paragraph: the paragraph itself.
        rank: from 1.
        score: the fused score, 0..1, falling with the rank.
        shares_language: whether its document is in the question's language.
    """

    key: int
    document: str
    paragraph: Paragraph
    rank: int
    score: float
    shares_language: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question made ready for the searches.

    Attributes:
        text: what is searched for.
        language: of the text, in the form of `ingest.language`.
        vector: (d,) unit vector of the text.
        weights: its search terms with what each is worth in this library, above 0; synonyms stand
            in for words that no document has.
        synonyms: what its words that no document has may be called there, in their order.
        glossed: what its words may be called in the documents' language, best first; empty where
            they share one or no word is known.
        glossed_weights: search terms of the glosses with what each is worth, above 0.
        glossed_share: share of its words that have a gloss, 0..1.
        titled: ids of the documents that it calls by their titles.
        rest: the question without these titles; None where it names none or says nothing else.
    """

    text: str
    language: str
    vector: "NDArray[numpy.float32]"
    weights: Mapping[str, float]
    synonyms: tuple[str, ...]
    glossed: tuple[str, ...]
    glossed_weights: Mapping[str, float]
    glossed_share: float
    titled: frozenset[str]
    rest: "Query | None"

    def weights_in(self, *, shares_language: bool) -> Mapping[str, float]:
        """Return the terms to be met in a text of the question's own or of another language."""
        return self.weights if shares_language else self.glossed_weights

    @property
    def all_weights(self) -> Mapping[str, float]:
        """The terms to be met in texts of whatever language."""
        return {**self.glossed_weights, **self.weights}


class _Found(NamedTuple):
    """A paragraph that was found, with its fused score."""

    score: float
    key: int
    document: str
    paragraph: Paragraph


class _Known(NamedTuple):
    """What the library knows of the words that a question's may be called.

    Attributes:
        likeliest: the likeliest term of each gloss.
        weights: search terms of all glosses with what each is worth, above 0.
        word_count: words of the question that have such a term.
    """

    likeliest: tuple[str, ...]
    weights: Mapping[str, float]
    word_count: int


class Retriever:
    """Searches one library both ways and fuses what it finds."""

    def __init__(self, library: Library, *, store: PassageStore) -> None:
        self._library = library
        self._store = store

    def other_names(self, name: str) -> list[str]:
        """Return what else is called what `name` names."""
        return self._store.other_names(name)

    def query(self, text: str, *, language: str) -> Query:
        """Return `text` made ready for searching."""
        understood = self._store.interpret(text)
        languages = self._library.languages().values()
        foreign: list[Gloss] = []
        if not all(is_same_language(language, other) for other in languages):
            foreign = glosses(text, language=language)
        glossed = self._known(foreign)
        weights = dict(understood.weights)
        same: list[Gloss] = []
        if is_same_language(language, TARGET_LANGUAGE):
            unknown = [
                term
                for term in self._library.search_terms(understood.text)
                if not term.startswith(PAIR) and not self._store.knows(term)
            ]
            same = synonyms(unknown)
        own = self._known(same)
        titled, rest = self._without_titles(understood.text, language=language)
        for term, weight in own.weights.items():
            weights[term] = max(weights.get(term, 0.0), weight * SYNONYM_SHARE)
        return Query(
            text=understood.text,
            language=language,
            vector=self._library.embedder.embed_queries([understood.text])[0],
            weights=weights,
            synonyms=own.likeliest,
            glossed=glossed.likeliest,
            glossed_weights=glossed.weights,
            glossed_share=min(1.0, glossed.word_count / max(1, word_count(text))),
            titled=titled,
            rest=rest,
        )

    def _without_titles(self, text: str, *, language: str) -> tuple[frozenset[str], Query | None]:
        """Return the documents that a question calls by their titles, and the rest of it."""
        by_title = self._library.documents_by_title()
        named, rest = split_titles(text, titles=by_title)
        titled = frozenset(document for title in named for document in by_title[title])
        if not named or not self._library.search_terms(rest):
            return titled, None
        return titled, self.query(rest, language=language)

    def _known(self, glosses: Sequence[Gloss]) -> _Known:
        """Return what the library knows of glosses: what no document says is not meant here."""
        likeliest: list[str] = []
        weights: dict[str, float] = {}
        count = 0
        for gloss in glosses:
            terms = [term for term in gloss.terms if self._store.knows(term)]
            known = self._store.term_weights(terms)
            count += gloss.word_count if known else 0
            likeliest.extend(gloss.likeliest(known))
            possible = sum(gloss.terms[term] for term in known)
            for term, weight in known.items():
                share = math.sqrt(gloss.terms[term] / possible)
                weights[term] = max(weights.get(term, 0.0), weight * share)
        return _Known(tuple(likeliest), weights, count)

    def retrieve(
        self,
        query: Query,
        *,
        documents: Sequence[str],
        limit: int,
        named: Sequence[tuple[str, Paragraph]] = (),
    ) -> list[Hit]:
        """Return the best `limit` paragraphs, best first; none from an empty library.

        Paragraphs that the question calls by name, `named` with their document ids, stand in
        front with score 1, in the order given.

        The fused score is the dense score plus the weighted lexical score, not a fusion of ranks:
        each leg's score says how much it knows. A paragraph that only the words found gets the
        dense score of the last paragraph that was found by meaning, which is the most it can have.

        Within a document that the question calls by its title, the title tells nothing: the rest of
        the question ranks its paragraphs, if it says anything that stands there.
        """
        found = self._found(query, documents=documents)
        if query.rest is not None:
            found |= self._found_within(query, query.rest, among=found)
        ranked = sorted(found.values(), key=lambda entry: (-entry.score, entry.key))
        certain = [
            _Found(1 + LEXICAL_WEIGHT, self._library.key_of(document, p.label), document, p)
            for document, p in named
        ]
        keys = {one.key for one in certain}
        ranking = certain + [one for one in ranked if one.key not in keys]
        languages = self._library.languages()
        return [
            Hit(
                key=one.key,
                document=one.document,
                paragraph=one.paragraph,
                rank=rank,
                score=min(1.0, max(0.0, one.score / (1 + LEXICAL_WEIGHT))),
                shares_language=is_same_language(query.language, languages[one.document]),
            )
            for rank, one in enumerate(ranking[:limit], start=1)
        ]

    def _found(self, query: Query, *, documents: Sequence[str]) -> dict[int, _Found]:
        """Return what either search finds, by key, with the fused score."""
        dense = self._store.dense_search(query.vector, documents=documents, limit=CANDIDATE_COUNT)
        lexical = self._store.lexical_search(
            query.weights, documents=documents, limit=CANDIDATE_COUNT
        )
        glossed = (
            self._store.lexical_search(
                query.glossed_weights, documents=documents, limit=CANDIDATE_COUNT
            )
            if query.glossed_weights
            else []
        )
        known = max(0.0, query.glossed_share - GLOSSED_SHARE_FLOOR) / (1 - GLOSSED_SHARE_FLOOR)
        glossed_weight = GLOSSED_WEIGHT * known
        floor = dense[-1].score if dense else 0.0
        dense_scores = {match.paragraph: match.score for match in dense}
        lexical_scores = {match.paragraph: match.score for match in lexical}
        glossed_scores = {match.paragraph: match.score for match in glossed}
        found: dict[int, _Found] = {}
        paragraphs = self._library.paragraphs_at(
            list({**dense_scores, **lexical_scores, **glossed_scores})
        )
        languages = self._library.languages()
        for key, (document, paragraph) in paragraphs.items():
            shares_language = is_same_language(query.language, languages[document])
            weight = LEXICAL_WEIGHT if shares_language else CROSS_LANGUAGE_WEIGHT
            score = dense_scores.get(key, floor) + weight * lexical_scores.get(key, 0.0)
            if not shares_language:
                score += glossed_weight * glossed_scores.get(key, 0.0)
            found[key] = _Found(score, key, document, paragraph)
        return found

    def _found_within(
        self, query: Query, rest: Query, *, among: Mapping[int, _Found]
    ) -> dict[int, _Found]:
        """Return the paragraphs of the documents that a question names, as its rest finds them.

        The best of each document keeps the score that the whole question gave the document's best.

        Args:
            query: the question.
            rest: the same without the titles.
            among: what the whole question found, by key.
        """
        best: dict[str, float] = {}
        for one in among.values():
            if one.document in query.titled:
                best[one.document] = max(best.get(one.document, one.score), one.score)
        found: dict[int, _Found] = {}
        for document, score in best.items():
            if not self._store.lexical_search(rest.weights, documents=[document], limit=1):
                continue  # "tell me about the ferry company": only the name is looked for
            within = self._found(rest, documents=[document])
            gain = score + TITLED_GAIN - max((one.score for one in within.values()), default=0.0)
            found |= {key: one._replace(score=one.score + gain) for key, one in within.items()}
        return found
