"""hit@1 and hit@5 of the two searches alone and fused, by language, on the development questions.

The legs are those of the product: dense search over windows and sentences, BM25 over jieba's words
and pairs of characters. Follow-up questions are left out: they are searched with their context.
"""

import json
import tempfile
from collections import defaultdict
from pathlib import Path

from index.dense import FaissStore
from index.embedder import load_embedder
from index.lexical import simplified
from index.library import Library
from ingest.language import detect_language
from qa.retriever import Retriever
from ui.bootstrap import BUNDLED_REPORTS
from ui.settings import load_settings

QUESTIONS = BUNDLED_REPORTS.parent / "questions" / "ctoc-cop-2012-10.jsonl"


def main() -> None:
    """Print a line a language: questions, then hit@1 / hit@5 of each search."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["answerable"] and not row["context"]]
    settings = load_settings()
    embedder = load_embedder(None, cache_folder=settings.cache)
    right: dict[str, dict[str, list[tuple[bool, bool]]]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        library = Library.create(Path(folder), embedder=embedder, cache_folder=settings.cache)
        for path in BUNDLED_REPORTS.glob("*/*.txt"):
            library.add(path)
        store = FaissStore(library)
        retriever = Retriever(library, store=store)
        for row in rows:
            language = detect_language(row["question"])
            query = retriever.query(simplified(row["question"]), language=language)
            dense = store.dense_search(query.vector, documents=(), limit=5)
            lexical = store.lexical_search(query.weights, documents=(), limit=5)
            hits = retriever.retrieve(query, documents=(), limit=5)
            rankings = {
                "dense": [match.paragraph for match in dense],
                "lexical": [match.paragraph for match in lexical],
                "fused": [hit.key for hit in hits],
            }
            for name, keys in rankings.items():
                found = library.paragraphs_at(keys)
                labels = [found[key][1].label for key in keys]
                first = bool(labels) and labels[0] in {*row["gold"], *row["also_ok"]}
                hit = (first, bool(set(labels) & set(row["gold"])))
                right[row["lang"]][name].append(hit)
                right["all"][name].append(hit)
        library.close()
    print(f"{'language':10}{'questions':>10}{'dense':>16}{'lexical':>16}{'fused':>16}")
    for language in sorted(right):
        cells = "".join(
            f"{_share(hits, 0):>8.3f} /{_share(hits, 1):>6.3f}" for hits in right[language].values()
        )
        print(f"{language:10}{len(right[language]['dense']):>10}{cells}")


def _share(hits: list[tuple[bool, bool]], part: int) -> float:
    return sum(hit[part] for hit in hits) / len(hits)


if __name__ == "__main__":
    main()
