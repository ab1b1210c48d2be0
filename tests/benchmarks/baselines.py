"""hit@1 and hit@5 of plain searches beside the product's, on the collections of a folder.

    .venv/bin/python tests/benchmarks/baselines.py FOLDER --only drcd --limit 200

The plain searches are what a short script does: *dense* compares one vector of the whole paragraph
with the question, *BM25* the words of both (jieba's, for Chinese), *fusion* adds up the reciprocals
of the ranks of both (k = 60; Cormack, Clarke and Büttcher, 2009). The model and the form of BM25
are the product's. Closed collections are left out: they are about reading, not about finding.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy

from index.lexical import inverse_frequency, term_share, words
from index.library import Library
from qa.answer import Answer, RankedPassage, failed
from qa.benchmark import Collection, find_collections
from qa.eval_table import LEGEND, render_rows, with_interval
from qa.evaluation import Examinee, evaluate
from qa.questions import Question
from qa.scoring import Figure
from ui.bootstrap import build_service
from ui.examination import KnownTexts, opened_library, service_examinee, text_of
from ui.settings import Settings, load_settings

DEPTH = 100
"""Places of each of the two rankings that are fused."""
RANK_OFFSET = 60
_RUN = re.compile(r"\w+")
_HAN = re.compile(r"[\u3400-\u9fff]")

Search = Callable[[str], list[int]]
"""Gives the paragraphs that a question finds by their place in the library, best first."""


def main() -> None:
    """Print a line a collection and search."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--distractors", type=Path)
    given = parser.parse_args()
    rows = []
    for collection in find_collections(given.folder, only=given.only):
        if not collection.is_closed and not collection.dropped_documents:
            rows += _rows(collection, load_settings(), given.limit, given.distractors)
    print(render_rows(["", "search", "questions", "hit@1", "hit@5"], rows))
    print(f"\n{LEGEND}")


def _rows(
    collection: Collection, settings: Settings, limit: int | None, distractors: Path | None
) -> Iterator[list[str]]:
    with opened_library(
        settings, collection, distractors=distractors, progress=lambda done, total: None
    ) as library:
        examinees = _plain_examinees(library)
        examinees["report-qa"] = service_examinee(build_service(library))
        for name, examinee in examinees.items():
            means = evaluate(
                collection.questions,
                examinee,
                name=f"{collection.name} {name}",
                references=collection.references,
                limit=limit,
            ).overall.means
            if Figure.HIT_AT_1 in means:
                yield [
                    collection.name,
                    name,
                    str(means[Figure.HIT_AT_1].count),
                    with_interval(means[Figure.HIT_AT_1]),
                    with_interval(means[Figure.HIT_AT_5]),
                ]


def _plain_examinees(library: Library) -> dict[str, Examinee]:
    places, texts = [], []
    for summary in library.documents():
        for paragraph in library.document(summary.document).paragraphs:
            places.append((summary.document, paragraph.label))
            texts.append(paragraph.text)
    dense, lexical = _dense_search(library, texts), _lexical_search(library, texts)
    searches = {"dense": dense, "BM25": lexical, "fusion": _fused_search(dense, lexical)}

    def asked(search: Search) -> Callable[[Question], Answer]:
        def ask(question: Question) -> Answer:
            ranking = tuple(
                RankedPassage(document=places[found][0], paragraph=places[found][1], score=0.0)
                for found in search(question.text)
            )
            record = failed(id=question.id, question=question.text, error="")
            return replace(record, status="answered", passages=ranking, error=None)

        return ask

    return {
        name: Examinee(ask=asked(search), text_of=text_of(library))
        for name, search in searches.items()
    }


def _dense_search(library: Library, texts: list[str]) -> Search:
    # What fits into one window is in the library already; of the rest the model sees the beginning.
    embedder = KnownTexts(library)
    vectors = embedder.embed_passages(texts)

    def search(question: str) -> list[int]:
        scores = vectors @ embedder.embed_queries([question])[0]
        return numpy.argsort(-scores, kind="stable")[:DEPTH].tolist()

    return search


def _lexical_search(library: Library, texts: list[str]) -> Search:
    def cut(text: str) -> list[str]:
        return [
            word
            for run in _RUN.findall(text.lower())
            for word in (
                words(run, cache_folder=library.cache_folder) if _HAN.search(run) else [run]
            )
        ]

    counts = [Counter(cut(text)) for text in texts]
    mean_length = sum(count.total() for count in counts) / len(counts)
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for place, count in enumerate(counts):
        for word, frequency in count.items():
            shares[word][place] = term_share(
                frequency, length=count.total(), mean_length=mean_length
            )

    def search(question: str) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for word in cut(question):
            found = shares.get(word, {})
            weight = inverse_frequency(len(texts), containing_count=len(found))
            for place, share in found.items():
                scores[place] += weight * share
        return sorted(scores, key=lambda place: (-scores[place], place))[:DEPTH]

    return search


def _fused_search(*searches: Search) -> Search:
    def search(question: str) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for one in searches:
            for rank, place in enumerate(one(question), start=1):
                scores[place] += 1 / (RANK_OFFSET + rank)
        return sorted(scores, key=lambda place: (-scores[place], place))

    return search


if __name__ == "__main__":
    main()
