"""Short-answer F1 of the reader alone: its likeliest span of a passage that holds the answer.

    .venv/bin/python tests/benchmarks/spans.py FOLDER --only drcd --limit 200 --reader before.onnx

Nothing is searched, no sentence is chosen and nothing is refused, so this is what the reader leaves
for the rest to lose. Each `--reader` is read beside the shipped one, in the same run.
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from qa.answer import Answer, failed
from qa.benchmark import find_collections, passage_rows
from qa.eval_table import LEGEND, render_rows, with_interval
from qa.evaluation import Examinee, evaluate
from qa.questions import Question
from qa.reader import MODEL_FILE, Page, Reader
from qa.scoring import Figure
from ui.settings import load_settings


def main() -> None:
    """Print a line a collection and reader."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--reader", action="append", default=[], type=Path, metavar="FILE")
    given = parser.parse_args()
    files = {"shipped": MODEL_FILE, **{path.name: path for path in given.reader}}
    cache_folder = load_settings().cache
    readers = {
        name: Reader(cache_folder=cache_folder, model_file=path) for name, path in files.items()
    }
    rows = []
    for collection in find_collections(given.folder, only=given.only):
        if collection.passages is None or collection.is_closed or collection.dropped_documents:
            continue
        passages = passage_rows(collection.passages)
        for name, reader in readers.items():
            means = evaluate(
                collection.questions,
                _examinee(reader, passages),
                references=collection.references,
                limit=given.limit,
            ).overall.means
            if found := means.get(Figure.SHORT_ANSWER):
                rows.append([collection.name, name, str(found.count), with_interval(found)])
    print(render_rows(["", "reader", "questions", "short F1"], rows))
    print(f"\n{LEGEND}")


def _examinee(reader: Reader, passages: Mapping[str, str]) -> Examinee:
    def ask(question: Question) -> Answer:
        record = failed(id=question.id, question=question.text, error="")
        gold = question.input.get("gold")
        if not isinstance(gold, list) or not gold:
            return record
        passage = json.loads(passages[gold[0]])
        page = Page(title=passage["title"], text=passage["text"])
        (reading,) = reader.read(question.text, [page])
        spans = [page.text[one.span.start : one.span.end] for one in reading.spans[:1]]
        return replace(record, status="answered", short_answers=tuple(spans), error=None)

    return Examinee(ask=ask, text_of=lambda document, label: "")


if __name__ == "__main__":
    main()
