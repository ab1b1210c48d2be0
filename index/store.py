"""The two searches that a library answers, as a protocol, and what they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.report import Span

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseMatch:
    """A paragraph found by meaning.

    Attributes:
        paragraph: key of the paragraph in the library.
        score: mean of the cosines of its best window and its best sentence, -1..1. The window
            knows what the paragraph is about, the sentence whether it says what is asked.
    """

    paragraph: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalMatch:
    """A paragraph found by its words.

    Attributes:
        paragraph: key of the paragraph in the library.
        score: BM25 as a share of the most that any paragraph could earn with these terms, above 0
            and up to 1. Terms that occur nowhere count in the whole, so the score says how much of
            what was asked the paragraph speaks of, and stays near 0 across languages.
    """

    paragraph: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceMatch:
    """One sentence of a paragraph and its cosine with the query, -1..1."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A question as a library understands it.

    Attributes:
        text: the question with what the library knows for what it does not: typing errors set
            right, short forms of names written out. The question itself where there is nothing.
        weights: search terms with what each is worth, above 0. Those that the question does not
            have itself are worth less.
    """

    text: str
    weights: Mapping[str, float]


class PassageStore(Protocol):
    """Dense and lexical search over the paragraphs of one library.

    Both searches give at most `limit` matches, best first, ties by the paragraphs' order in the
    library, each paragraph once. `documents` restricts them to these ids; empty means all of
    them. An empty library, an unknown id or no term at all give no match. A store notices by
    itself when the library has changed.
    """

    def dense_search(
        self, query: "NDArray[numpy.float32]", *, documents: Sequence[str], limit: int
    ) -> list[DenseMatch]:
        """Return the paragraphs nearest to `query`, a (d,) unit vector."""
        ...

    def knows(self, term: str) -> bool:
        """Return whether a search term occurs in any paragraph."""
        ...

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """Return what each different term is worth, above 0: the rarer in the library, the more."""
        ...

    def interpret(self, question: str) -> Interpretation:
        """Return how `question`, in Simplified script, is understood in this library."""
        ...

    def other_names(self, name: str) -> list[str]:
        """Return the other names of what `name` names, from the texts or commonly known."""
        ...

    def lexical_search(
        self, query: Mapping[str, float], *, documents: Sequence[str], limit: int
    ) -> list[LexicalMatch]:
        """Return the paragraphs that share most with `query`, terms and their weights."""
        ...

    def sentence_scores(
        self, query: "NDArray[numpy.float32]", *, paragraph: int
    ) -> list[SentenceMatch]:
        """Return every sentence of a paragraph in reading order with its score."""
        ...
