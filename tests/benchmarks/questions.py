"""How long one warm question takes, beside a plain sentence-transformers + FAISS script.

Both answer the development questions on the bundled report with the same model on the same
machine in the same run; what counts is the ratio. The baseline embeds the question, searches, and
gives back the nearest paragraph, with no words, no sentences and no answer. A library of 3,000
paragraphs is the report many times over, under a symbol each: what grows is all that is searched.
"""

import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.default_model import prepared_folder
from index.embedder import load_embedder
from index.library import Library
from qa.service import Service
from ui.bootstrap import BUNDLED_REPORTS, build_service
from ui.settings import load_settings

QUESTIONS = BUNDLED_REPORTS.parent / "questions" / "ctoc-cop-2012-10.jsonl"
ROUNDS = 3
PARAGRAPH_COUNT = 3_000
"""Paragraphs of the larger library, at least."""


def main() -> None:
    """Print the medians and the ratios."""
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    settings = load_settings()
    embedder = load_embedder(None, cache_folder=settings.cache)
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name, "small"), Path(name, "large")
        library = Library.create(small, embedder=embedder, cache_folder=settings.cache)
        for path in BUNDLED_REPORTS.glob("*/*.txt"):
            library.add(path)
        service = build_service(library)
        paragraphs = [
            paragraph.text
            for summary in library.documents()
            for paragraph in library.document(summary.document).paragraphs
        ]
        timings = {
            "plain script: embed, search": _timed(_plain_script(paragraphs), questions),
            "report-qa: retrieval alone": _timed(_retrieval(service), questions),
            "report-qa: whole answer": _timed(service.ask, questions),
        }
        library.close()
        library = Library.create(large, embedder=embedder, cache_folder=settings.cache)
        for number in range(math.ceil(PARAGRAPH_COUNT / len(paragraphs))):
            for path in BUNDLED_REPORTS.glob("*/*.txt"):
                library.add(path, symbol=f"COPY/{number}/{path.stem}")
        timings["the same, 3,000 paragraphs"] = _timed(build_service(library).ask, questions)
        library.close()
    baseline = timings["plain script: embed, search"][0]
    print(f"{'one warm question':30}{'median':>10}{'95th':>10}{'ratio':>8}")
    for name, (median, late) in timings.items():
        print(f"{name:30}{median * 1000:>7.1f} ms{late * 1000:>7.1f} ms{median / baseline:>8.2f}")


def _timed(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile in seconds, after one round to warm up."""
    seconds: list[float] = []
    for round_number in range(ROUNDS + 1):
        for question in questions:
            started = time.perf_counter()
            ask(question)
            if round_number:
                seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def _retrieval(service: Service) -> Callable[[str], object]:
    def retrieve(question: str) -> object:
        query = service.retriever.query(question, language="zh")
        return service.retriever.retrieve(query, documents=(), limit=10)

    return retrieve


def _plain_script(paragraphs: Sequence[str]) -> Callable[[str], object]:
    import faiss
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(prepared_folder(load_settings().cache)), device="cpu")
    vectors = model.encode_document(list(paragraphs), normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def search(question: str) -> object:
        query = model.encode_query([question], normalize_embeddings=True, show_progress_bar=False)
        return paragraphs[index.search(query, 10)[1][0][0]]

    return search


if __name__ == "__main__":
    main()
