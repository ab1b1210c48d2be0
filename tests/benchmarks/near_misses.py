"""How well the reader tells what a paragraph answers from what it only looks like answering.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/near_misses.py data/training/reports/verdict

Each question is read beside the first paragraph that answers it, or beside the one that is named as
the nearest where none does (`near`). AUC: how often, of one question of either kind, the reader is
surer of the answered one. F1: of its likeliest span. Nothing is searched for and nothing refused.
Each `--reader` is measured beside the shipped one, in the same run.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from sklearn.metrics import roc_auc_score

from ingest.language import detect_language, is_same_language
from qa.answer import failed
from qa.benchmark import find_collections
from qa.eval_table import render_rows
from qa.questions import FailedRow, Question, read_questions
from qa.reader import MODEL_FILE, Page, Reader
from qa.reranker import as_read, heading_of
from qa.scoring import Figure, Gold, gold_of, score
from ui.bootstrap import build_service
from ui.examination import opened_library
from ui.settings import Settings, load_settings

WITHOUT_SPAN = {"comparison", "locate", "summary"}
"""Types of questions that no single span answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question, as it is read, beside the paragraph to be read."""

    question: Question
    gold: Gold
    asked: str
    page: Page
    shares_language: bool


def main() -> None:
    """Print a line a reader, for questions in the report's own language and in others."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="sub-folders with report.* and questions.jsonl")
    parser.add_argument("--reader", action="append", default=[], type=Path, metavar="FILE")
    given = parser.parse_args()
    settings = load_settings()
    readings = list(_readings(given.folder, settings))
    rows = []
    for path in (MODEL_FILE, *given.reader):
        reader = Reader(cache_folder=settings.cache, model_file=path)
        groups = _measured(reader, readings)
        for name in sorted(groups, reverse=True):
            rows.append(["shipped" if path == MODEL_FILE else str(path), name, *groups[name]])
    print(render_rows(["reader", "questions", "answered", "near misses", "AUC", "F1"], rows))


def _readings(folder: Path, settings: Settings) -> Iterator[Reading]:
    for collection in find_collections(folder):
        with opened_library(settings, collection, progress=lambda done, count: None) as library:
            retriever = build_service(library).retriever
            ((document, title),) = library.titles().items()
            paragraphs = {one.label: one for one in library.document(document).paragraphs}
            for row in read_questions(collection.questions):
                gold = gold_of(row.input)
                if isinstance(row, FailedRow) or row.context or gold is None:
                    continue
                labels = row.input["gold"] or row.input.get("near")
                if gold.type in WITHOUT_SPAN or not isinstance(labels, list) or not labels:
                    continue
                paragraph = paragraphs[labels[0]]
                language = detect_language(row.text)
                query = retriever.query(row.text, language=language)
                yield Reading(
                    question=row,
                    gold=gold,
                    asked=as_read(query, latest=query.text),
                    page=Page(title=heading_of(paragraph, title=title), text=paragraph.text),
                    shares_language=is_same_language(language, library.languages()[document]),
                )


def _measured(reader: Reader, readings: list[Reading]) -> Mapping[str, list[str]]:
    """Return counts, AUC and F1 of each group of questions."""
    sure: dict[str, list[float]] = defaultdict(list)
    answered: dict[str, list[bool]] = defaultdict(list)
    f1: dict[str, list[float]] = defaultdict(list)
    for one in readings:
        name = "own language" if one.shares_language else "another"
        (reading,) = reader.read(one.asked, [one.page])
        sure[name].append(reading.answerable)
        answered[name].append(one.gold.answerable)
        if one.gold.answerable:
            spans = [one.page.text[found.span.start : found.span.end] for found in reading.spans]
            record = failed(id=one.question.id, question=one.question.text, error="")
            record = replace(record, status="answered", short_answers=tuple(spans[:1]), error=None)
            figures = score(one.gold, record)
            if Figure.SHORT_ANSWER in figures:
                f1[name].append(figures[Figure.SHORT_ANSWER])
    return {
        name: [
            str(sum(answered[name])),
            str(len(answered[name]) - sum(answered[name])),
            f"{roc_auc_score(answered[name], sure[name]):.3f}",
            f"{fmean(f1[name]):.3f}",
        ]
        for name in sure
    }


if __name__ == "__main__":
    main()
