"""``python -m qa.training.reports``: question files over reports, in SQuAD form for the reader.

A paragraph becomes a context, under its heading as its title. Questions that it answers stand with
the words that answer; unanswerable ones that name it as the nearest (`near`) are impossible.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.read import read_reports
from ingest.report import Paragraph, Span
from qa.benchmark import find_collections
from qa.questions import FailedRow, Question, read_questions
from qa.scoring import Gold, gold_of

LONGEST_LIST = 200
"""Code points from the first to the last item of a list that are taken for one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question that a paragraph answers, and where; None for one that it does not answer."""

    question: str
    span: Span | None


def squad_articles(folder: Path) -> Iterator[dict[str, object]]:
    """Yield an entry of SQuAD's ``data`` for each report in `folder` or its sub-folders.

    Left out are questions that need the ones before, that are answered by the place of a paragraph
    alone, or whose answers do not stand near each other in one paragraph.

    Raises:
        InputError: there are no questions, or a file cannot be read.
    """
    for collection in find_collections(folder):
        if collection.passages is None:
            continue
        (report,) = read_reports(collection.passages)
        asked = _asked(read_questions(collection.questions), report.paragraphs)
        for paragraph in report.paragraphs:
            entries = asked[paragraph.label]
            if any(entry.span is not None for entry in entries):
                yield {
                    "title": paragraph.section[-1] if paragraph.section else report.title,
                    "paragraphs": [{"context": paragraph.text, "qas": _qas(paragraph, entries)}],
                }


def _asked(
    rows: Sequence[Question | FailedRow], paragraphs: Sequence[Paragraph]
) -> Mapping[str, list[_Asked]]:
    """Return what is asked of each paragraph, by its label."""
    texts = {paragraph.label: paragraph.text for paragraph in paragraphs}
    asked: dict[str, list[_Asked]] = defaultdict(list)
    for row in rows:
        gold = gold_of(row.input)
        if gold is None or isinstance(row, FailedRow) or row.context:
            continue
        for label in gold.paragraphs:
            span = answer_span(gold, texts[label])
            if span is not None:
                asked[label].append(_Asked(question=row.text, span=span))
        near = row.input.get("near")
        if not gold.answerable and isinstance(near, list):
            for label in near:
                asked[label].append(_Asked(question=row.text, span=None))
    return asked


def answer_span(gold: Gold, text: str) -> Span | None:
    """Return where the gold answers stand in `text`: from the first to the last that it has.

    None where it has none of them or they lie far apart.
    """
    longest = (
        max((answer for answer in alternatives if answer in text), key=len, default="")
        for alternatives in gold.answers
    )
    found = [
        Span(start=text.index(answer), end=text.index(answer) + len(answer))
        for answer in longest
        if answer
    ]
    if not found:
        return None
    whole = Span(start=min(s.start for s in found), end=max(s.end for s in found))
    return whole if whole.end - whole.start <= LONGEST_LIST else None


def _qas(paragraph: Paragraph, entries: Sequence[_Asked]) -> list[dict[str, object]]:
    return [
        {
            "id": f"{paragraph.label}-{number}",
            "question": entry.question,
            "is_impossible": entry.span is None,
            "answers": []
            if entry.span is None
            else [
                {
                    "text": paragraph.text[entry.span.start : entry.span.end],
                    "answer_start": entry.span.start,
                }
            ],
        }
        for number, entry in enumerate(entries, start=1)
    ]


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.reports", description=__doc__)
    parser.add_argument("folder", type=Path, help="sub-folders with report.* and questions.jsonl")
    parser.add_argument("--output", type=Path, required=True, help="SQuAD file, .json.gz")
    options = parser.parse_args()
    content = {"data": list(squad_articles(options.folder))}
    text = json.dumps(content, ensure_ascii=False)
    options.output.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
