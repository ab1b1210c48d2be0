"""How good the answers are: gold questions asked, and the figures counted.

Every figure is counted per question (`qa.scoring`) and averaged over the questions to which it
applies, so each mean says over how many.
"""

import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from ingest.errors import InputError, NotFoundError
from qa.answer import Answer, Citation
from qa.batch import ask_or_fail
from qa.calibration import Calibration, Outcome, calibrate
from qa.intervals import Estimate, estimate_mean
from qa.questions import FailedRow, Question, read_questions
from qa.scoring import Figure, Gold, gold_of, is_right_answer, score

logger = logging.getLogger(__name__)

SAMPLE_SEED = 2012


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredQuestion:
    """A question with its answer and the figures that apply to it, each 0..1.

    Attributes:
        is_right: whether the answer is right as a whole; None where nobody can tell.
    """

    question: Question | FailedRow
    gold: Gold
    answer: Answer
    scores: Mapping[Figure, float]
    is_right: bool | None

    @property
    def is_wrong(self) -> bool:
        """Whether it failed, was refused or answered wrongly, or cites or says the wrong thing."""
        wanted = (Figure.REFUSED_RIGHTLY, Figure.FIRST_CITATION, Figure.CONTAINS)
        return (
            self.answer.status == "error"
            or self.scores.get(Figure.REFUSED_WRONGLY, 0.0) > 0
            or any(self.scores.get(figure, 1.0) < 1 for figure in wanted)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of some questions.

    Attributes:
        name: of the language or type, or ``all``.
        unanswerable_count: questions to be refused.
        mean_confidence: over all questions, 0..1.
        means: only of the figures that apply to any of the questions.
        calibration: None where of no answer it can be told whether it is right.
    """

    name: str
    question_count: int
    unanswerable_count: int
    answered_count: int
    not_found_count: int
    error_count: int
    mean_confidence: float
    means: Mapping[Figure, Estimate]
    calibration: Calibration | None

    @property
    def calibration_error(self) -> Estimate | None:
        """The expected calibration error; None as for `calibration`."""
        return self.calibration.error if self.calibration else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What became of one question file.

    Attributes:
        name: what the file is called in the report.
        questions: in the order of the file, those without gold left out.
        no_gold_count: how many were left out because of that.
        citation_count: how many citations the answers have together.
        verbatim_count: of these, how many quote their paragraph to the letter.
        overall: all questions together.
        by_language: one group a language, in alphabetical order.
        by_type: one group a type, in alphabetical order.
    """

    name: str
    questions: tuple[ScoredQuestion, ...]
    no_gold_count: int
    citation_count: int
    verbatim_count: int
    overall: Group
    by_language: tuple[Group, ...]
    by_type: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examinee:
    """What is examined: `ask` answers, `text_of` gives (document, label) its paragraph's text."""

    ask: Callable[[Question], Answer]
    text_of: Callable[[str, str], str]


Progress = Callable[[int, int], None]
"""Told how many questions are done, and of how many."""


def evaluate(
    questions: Path,
    examinee: Examinee,
    *,
    name: str | None = None,
    references: Path | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask the questions of a file that have gold and count the figures.

    Args:
        questions: a question file; the gold fields stand beside each question.
        examinee: what is asked.
        name: what to call it; by default its file name.
        references: a question file whose gold counts for the questions of the same ids, in place
            of their own.
        limit: ask so many at most, drawn by chance but the same ones in every run; those of a
            smaller limit are among those of a larger one.
        progress: called after each question.

    Raises:
        QuestionFileError: a file cannot be read.
        InputError: no question has gold.
    """
    rows = read_questions(questions)
    gold_fields = [row.input for row in rows]
    if references is not None:
        by_id = {row.id: row.input for row in read_questions(references)}
        gold_fields = [
            {**by_id.get(row.id, {}), "lang": row.input.get("lang", "-")} for row in rows
        ]
    gold_rows = [
        (row, gold)
        for row, fields in zip(rows, gold_fields, strict=True)
        if (gold := gold_of(fields)) is not None
    ]
    no_gold_count = len(rows) - len(gold_rows)
    if not gold_rows:
        raise InputError(
            f"{references or questions} has no gold; expected JSON lines with `answerable`, `gold` "
            "and `answers`"
        )
    if no_gold_count:
        logger.warning("%s: %d questions without gold left out", questions.name, no_gold_count)
    gold_rows = _sample(gold_rows, limit)
    scored = []
    for done_count, (row, gold) in enumerate(gold_rows, start=1):
        answer = ask_or_fail(row, examinee.ask)
        scored.append(
            ScoredQuestion(
                question=row,
                gold=gold,
                answer=answer,
                scores=score(gold, answer),
                is_right=is_right_answer(gold, answer),
            )
        )
        if progress is not None:
            progress(done_count, len(gold_rows))
    name = name or questions.name
    # No part of the tables: they are the same in every run, the time is not.
    mean_seconds = fmean(one.answer.seconds for one in scored)
    logger.info("%s: %d questions, %.3f seconds each", name, len(scored), mean_seconds)
    citations = [citation for one in scored for citation in one.answer.citations]
    return Evaluation(
        name=name,
        questions=tuple(scored),
        no_gold_count=no_gold_count,
        citation_count=len(citations),
        verbatim_count=sum(_is_verbatim(citation, examinee.text_of) for citation in citations),
        overall=_group("all", scored),
        by_language=_groups(scored, lambda one: one.gold.language),
        by_type=_groups(scored, lambda one: one.gold.type),
    )


def _sample(
    gold_rows: list[tuple[Question | FailedRow, Gold]], limit: int | None
) -> list[tuple[Question | FailedRow, Gold]]:
    if limit is None:
        return gold_rows
    places = list(range(len(gold_rows)))
    random.Random(SAMPLE_SEED).shuffle(places)
    return [gold_rows[place] for place in sorted(places[:limit])]


def _groups(
    questions: Sequence[ScoredQuestion], name_of: Callable[[ScoredQuestion], str]
) -> tuple[Group, ...]:
    names = sorted({name_of(one) for one in questions})
    return tuple(_group(name, [one for one in questions if name_of(one) == name]) for name in names)


def _group(name: str, questions: Sequence[ScoredQuestion]) -> Group:
    answers = [one.answer for one in questions]
    status_counts = Counter(answer.status for answer in answers)
    means = {}
    for figure in Figure:
        values = [one.scores[figure] for one in questions if figure in one.scores]
        if values:
            means[figure] = estimate_mean(values)
    outcomes = [
        Outcome(confidence=one.answer.confidence, is_right=one.is_right)
        for one in questions
        if one.is_right is not None
    ]
    return Group(
        name=name,
        question_count=len(questions),
        unanswerable_count=sum(not one.gold.answerable for one in questions),
        answered_count=status_counts["answered"],
        not_found_count=status_counts["not_found"],
        error_count=status_counts["error"],
        mean_confidence=fmean(answer.confidence for answer in answers),
        means=means,
        calibration=calibrate(outcomes) if outcomes else None,
    )


def _is_verbatim(citation: Citation, text_of: Callable[[str, str], str]) -> bool:
    try:
        text = text_of(citation.document, citation.paragraph)
    except NotFoundError:
        return False
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote
