"""The two searches on one machine: FAISS over the vectors, BM25 over the postings.

Owner of FAISS. All vectors are searched exactly (inner product of unit vectors); the index stands
in memory, is built from the library and is built anew when the library's generation has moved on.
"""

import functools
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.known_names import known_names
from index.lexical import PAIR, TITLE_STRENGTH, inverse_frequency, term_share
from index.library import IndexedPassage, Library
from index.names import Bodies, NameTable
from index.spelling import Spelling
from index.store import DenseMatch, Interpretation, LexicalMatch, SentenceMatch
from ingest.report import Span

if TYPE_CHECKING:
    import faiss
    import numpy
    from numpy.typing import NDArray

SHARES_CACHED = 4096
"""Terms whose paragraphs are kept in memory between questions."""
CORRECTED_SHARE = 0.8
"""What a term counts that stands for one which the library does not know, of its own weight."""
HEARD_SHARE = 0.5
"""What a term counts that only sounds like a word of the question."""
NAME_SHARE = 0.5
"""What a term of another name counts of its own weight."""
OVERSAMPLING = 8
"""Vectors looked at for each paragraph wanted: a paragraph has several of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vectors:
    """One kind of passage in FAISS: row number to paragraph and span, and back."""

    index: "faiss.IndexFlatIP"
    spans: list[Span]
    paragraphs: "NDArray[numpy.int64]"
    rows_of: dict[int, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """All that is derived from one generation of the library."""

    generation: int
    documents: dict[int, str]
    lengths: dict[int, int]
    order: dict[int, int]
    keys_by_document: dict[str, list[int]]
    shares: Callable[[str], Mapping[int, float]]
    windows: _Vectors | None
    sentences: _Vectors | None
    spelling: Callable[[], Spelling]
    names: NameTable


class FaissStore:
    """A `PassageStore` in the memory of one process."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._loading = threading.Lock()
        self._state: _State | None = None

    def dense_search(
        self, query: "NDArray[numpy.float32]", *, documents: Sequence[str], limit: int
    ) -> list[DenseMatch]:
        """See `PassageStore.dense_search`.

        A paragraph is missed only if neither a window nor a sentence of it is among the best
        ``limit * OVERSAMPLING`` ones; the scores are exact.
        """
        state = self._current()
        if state.windows is None or state.sentences is None:
            return []
        allowed = None
        if documents:
            allowed = {
                key for document in documents for key in state.keys_by_document.get(document, ())
            }
        windows = _best_by_paragraph(state.windows, query, allowed, limit * OVERSAMPLING)
        sentences = _best_by_paragraph(state.sentences, query, allowed, limit * OVERSAMPLING)
        for best, other, vectors in (
            (windows, sentences, state.windows),
            (sentences, windows, state.sentences),
        ):
            missing = other.keys() - best.keys()
            best.update({key: _best_score(vectors, query, key) for key in missing})
        matches = [
            DenseMatch(paragraph=key, score=(windows[key] + sentences[key]) / 2) for key in windows
        ]
        matches.sort(key=lambda match: (-match.score, state.order[match.paragraph]))
        return matches[:limit]

    def knows(self, term: str) -> bool:
        """See `PassageStore.knows`."""
        return bool(self._current().shares(term))

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """See `PassageStore.term_weights`; inverse paragraph frequency."""
        state = self._current()
        return {
            term: inverse_frequency(len(state.lengths), containing_count=len(state.shares(term)))
            for term in dict.fromkeys(terms)
        }

    def interpret(self, question: str) -> Interpretation:
        """See `PassageStore.interpret`."""
        state = self._current()
        spelling = state.spelling()
        text = spelling.respelled(question)
        asked = dict.fromkeys(self._library.search_terms(question))
        meant = dict.fromkeys(self._library.search_terms(text))
        near = spelling.one_letter_off(question)
        # What nobody knows and is read as something else is not asked for any more.
        shares = {
            term: 1.0
            for term in asked
            if (term in meant and term not in near) or state.shares(term)
        }
        for term in (*meant, *near.values()):
            if term not in near:
                shares.setdefault(term, CORRECTED_SHARE)
        names = self.other_names(text)
        for other, share in (
            *((word, HEARD_SHARE) for word in spelling.sounding_like(text)),
            *((name, NAME_SHARE) for name in names),
        ):
            terms = self._library.search_terms(other)
            if all(map(state.shares, terms)):  # else no text of the library calls it so
                for term in terms:
                    shares.setdefault(term, share)
        weights = self.term_weights(list(shares))
        return Interpretation(
            text=text, weights={term: weights[term] * share for term, share in shares.items()}
        )

    def other_names(self, name: str) -> list[str]:
        """See `PassageStore.other_names`."""
        return [*self._current().names.names_for(name), *known_names().names_for(name)]

    def lexical_search(
        self, query: Mapping[str, float], *, documents: Sequence[str], limit: int
    ) -> list[LexicalMatch]:
        """See `PassageStore.lexical_search`."""
        state = self._current()
        wanted = set(documents)
        possible = sum(query.values())
        earned: dict[int, float] = {}
        for term, weight in query.items():
            for key, share in state.shares(term).items():
                if not wanted or state.documents[key] in wanted:
                    earned[key] = earned.get(key, 0.0) + weight * share
        matches = [
            LexicalMatch(paragraph=key, score=score / possible) for key, score in earned.items()
        ]
        matches.sort(key=lambda match: (-match.score, state.order[match.paragraph]))
        return matches[:limit]

    def sentence_scores(
        self, query: "NDArray[numpy.float32]", *, paragraph: int
    ) -> list[SentenceMatch]:
        """See `PassageStore.sentence_scores`."""
        state = self._current()
        if state.sentences is None:
            return []
        return [
            SentenceMatch(
                span=state.sentences.spans[row],
                score=float(state.sentences.index.reconstruct(row) @ query),
            )
            for row in state.sentences.rows_of.get(paragraph, ())
        ]

    def _current(self) -> _State:
        generation = self._library.generation()
        with self._loading:
            if self._state is None or self._state.generation != generation:
                self._state = _derive(self._library, generation)
            return self._state


def _derive(library: Library, generation: int) -> _State:
    paragraphs = library.indexed_paragraphs()
    passages = library.indexed_passages()
    keys_by_document: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        keys_by_document.setdefault(paragraph.document, []).append(paragraph.key)
    documents_titled: dict[str, list[str]] = {}
    for document, found in library.title_terms().items():
        for term in found:
            documents_titled.setdefault(term, []).append(document)
    lengths = {paragraph.key: paragraph.term_count for paragraph in paragraphs}
    mean_length = max(1.0, sum(lengths.values()) / max(1, len(lengths)))

    @functools.lru_cache(maxsize=SHARES_CACHED)
    def shares(term: str) -> Mapping[int, float]:
        """Return what share of a term's weight each paragraph earns, where it is above 0.

        What the title of a document says holds for each of its paragraphs: a term of the title
        counts in all of them alike, at least `TITLE_STRENGTH`.
        """
        found = {
            key: term_share(frequency, length=lengths[key], mean_length=mean_length)
            for key, frequency in library.postings(term)
            if key in lengths
        }
        for document in documents_titled.get(term, ()):
            for key in keys_by_document.get(document, ()):
                found[key] = max(found.get(key, 0.0), TITLE_STRENGTH)
        return found

    @functools.cache
    def bodies() -> Bodies:
        return Bodies(library.texts())

    @functools.cache
    def spelling() -> Spelling:
        titled = {term: 1 for term in documents_titled if not term.startswith(PAIR)}
        return Spelling(
            titled | library.known_words(),
            is_known=lambda term: bool(shares(term)),
            bodies=bodies,
            cut=library.words,
            is_listed=library.is_listed,
        )

    return _State(
        generation=generation,
        spelling=spelling,
        names=NameTable(library.names()),
        documents={paragraph.key: paragraph.document for paragraph in paragraphs},
        lengths=lengths,
        shares=shares,
        order={paragraph.key: place for place, paragraph in enumerate(paragraphs)},
        keys_by_document=keys_by_document,
        windows=_vectors(passage for passage in passages if passage.kind == "window"),
        sentences=_vectors(passage for passage in passages if passage.kind == "sentence"),
    )


def _vectors(passages: Iterable[IndexedPassage]) -> _Vectors | None:
    import faiss
    import numpy

    listed = list(passages)
    if not listed:
        return None
    matrix = numpy.stack([passage.vector for passage in listed])
    index = faiss.IndexFlatIP(matrix.shape[1])
    index.add(matrix)
    rows_of: dict[int, list[int]] = {}
    for row, passage in enumerate(listed):
        rows_of.setdefault(passage.paragraph, []).append(row)
    return _Vectors(
        index=index,
        spans=[passage.span for passage in listed],
        paragraphs=numpy.array([passage.paragraph for passage in listed], dtype=numpy.int64),
        rows_of=rows_of,
    )


def _best_by_paragraph(
    vectors: _Vectors, query: "NDArray[numpy.float32]", allowed: set[int] | None, limit: int
) -> dict[int, float]:
    """Return the best cosine of each paragraph among the `limit` best vectors."""
    import faiss
    import numpy

    parameters = None
    if allowed is not None:
        rows = numpy.array(
            [row for key in allowed for row in vectors.rows_of.get(key, ())], dtype=numpy.int64
        )
        parameters = faiss.SearchParameters()
        parameters.sel = faiss.IDSelectorBatch(rows)
    scores, rows = vectors.index.search(
        query[None, :], min(limit, vectors.index.ntotal), params=parameters
    )
    best: dict[int, float] = {}
    for score, row in zip(scores[0].tolist(), rows[0].tolist(), strict=True):
        if row >= 0:  # FAISS fills up with -1 where fewer rows are allowed
            key = int(vectors.paragraphs[row])
            best[key] = max(best.get(key, -1.0), score)
    return best


def _best_score(vectors: _Vectors, query: "NDArray[numpy.float32]", key: int) -> float:
    return max(
        (float(vectors.index.reconstruct(row) @ query) for row in vectors.rows_of.get(key, ())),
        default=-1.0,
    )
