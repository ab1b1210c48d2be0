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

from ingest.errors import QuestionFileError
from ingest.read import read_reports
from ingest.report import Paragraph, Span
from qa.benchmark import find_collections
from qa.questions import FailedRow, Question, read_questions
from qa.reranker import heading_of
from qa.scoring import Gold, gold_of

LONGEST_LIST = 200
"""Code points from the first to the last item of a list that are taken for one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question that a paragraph is to answer; without gold where it is not to."""

    question: str
    gold: Gold | None


def squad_articles(folder: Path) -> Iterator[dict[str, object]]:
    """Yield an entry of SQuAD's ``data`` for each report in `folder` or its sub-folders.

    Left out are questions that need the ones before, that are answered by the place of a paragraph
    alone, or whose answers do not stand near each other in one paragraph.

    Raises:
        InputError: there are no questions, a file cannot be read, or a question names a paragraph
            that its report does not have.
    """
    for collection in find_collections(folder):
        if collection.passages is None:
            continue
        (report,) = read_reports(collection.passages)
        asked = _asked(read_questions(collection.questions))
        texts = {paragraph.label: paragraph.text for paragraph in report.paragraphs}
        if unknown := sorted(asked.keys() - texts.keys()):
            raise QuestionFileError(
                f"{collection.questions}: {collection.passages.name} has no paragraph "
                f"{', '.join(unknown)}; correct gold and near"
            )
        for paragraph in report.paragraphs:
            qas = _qas(paragraph, asked.get(paragraph.label, ()))
            if any(entry["answers"] for entry in qas):
                yield {
                    "title": heading_of(paragraph, title=report.title),
                    "paragraphs": [{"context": paragraph.text, "qas": qas}],
                }


def _asked(rows: Sequence[Question | FailedRow]) -> Mapping[str, list[_Asked]]:
    """Return what is asked of each paragraph, by the label that the questions give."""
    asked: dict[str, list[_Asked]] = defaultdict(list)
    for row in rows:
        gold = gold_of(row.input)
        if gold is None or isinstance(row, FailedRow) or row.context:
            continue
        for label in gold.paragraphs:
            asked[label].append(_Asked(question=row.text, gold=gold))
        near = row.input.get("near")
        if not gold.answerable and isinstance(near, list):
            for label in near:
                asked[label].append(_Asked(question=row.text, gold=None))
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


def _qas(paragraph: Paragraph, asked: Sequence[_Asked]) -> list[dict[str, object]]:
    """Return SQuAD's entries for a paragraph, without the questions that it has no answer to."""
    entries: list[dict[str, object]] = []
    for number, one in enumerate(asked, start=1):
        span = answer_span(one.gold, paragraph.text) if one.gold else None
        if span is None and one.gold is not None:
            continue
        entries.append(
            {
                "id": f"{paragraph.label}-{number}",
                "question": one.question,
                "is_impossible": span is None,
                "answers": [
                    {"text": paragraph.text[span.start : span.end], "answer_start": span.start}
                ]
                if span
                else [],
            }
        )
    return entries


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
