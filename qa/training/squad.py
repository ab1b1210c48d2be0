"""Read question files in SQuAD form."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import QuestionFileError
from ingest.report import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question beside the passage that answers it.

    Attributes:
        question: as the set has it.
        title: of the document; may be empty.
        context: the passage.
        answer: where the answer stands in `context`.
        answers: every accepted wording of the answer.
        near_misses: questions that `context` looks like answering and does not.
    """

    question: str
    title: str
    context: str
    answer: Span
    answers: Sequence[str]
    near_misses: Sequence[str] = ()


def read_squad(path: Path) -> list[Example]:
    """Return the answerable questions of a SQuAD file (``.json``, ``.gz`` allowed), in order.

    Those marked impossible are the near misses of the others of their paragraph. Answers that do
    not stand where the file says are left out.

    Raises:
        QuestionFileError: the file cannot be read or is not of this form.
    """
    try:
        raw = path.read_bytes()
        content = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
        examples: list[Example] = []
        for article in content["data"]:
            for paragraph in article["paragraphs"]:
                context = paragraph["context"]
                near_misses = tuple(
                    entry["question"].strip()
                    for entry in paragraph["qas"]
                    if entry.get("is_impossible")
                )
                for entry in paragraph["qas"]:
                    if entry.get("is_impossible") or not entry["answers"]:
                        continue
                    text = entry["answers"][0]["text"]
                    start = entry["answers"][0]["answer_start"]
                    if not text.strip() or context[start : start + len(text)] != text:
                        continue
                    examples.append(
                        Example(
                            question=entry["question"].strip(),
                            title=article.get("title") or "",
                            context=context,
                            answer=Span(start=start, end=start + len(text)),
                            answers=tuple({answer["text"] for answer in entry["answers"]}),
                            near_misses=near_misses,
                        )
                    )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionFileError(
            f"{path}: found {type(error).__name__} {error}; expected a SQuAD file, "
            "data[].paragraphs[].context and qas[].question, answers[].text, answer_start"
        ) from error
    return examples
