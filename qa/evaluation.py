"""How good the answers are: gold questions asked, and the figures counted.

Every figure is counted per question and averaged over the questions to which it applies, so a
mean says over how many. The figures are defined in ``data/questions/README.md``; a question that
failed counts as wrong everywhere.
"""

import json
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product
from pathlib import Path
from statistics import fmean
from typing import TypeGuard, TypeVar

from ingest.errors import InputError, NotFoundError
from qa.answer import Answer, Citation
from qa.batch import ask_or_fail
from qa.questions import FailedRow, Question, read_questions

logger = logging.getLogger(__name__)

# In these types the references are key phrases to be quoted, or free text to be compared by
# content: no short answer is expected.
_WITHOUT_SHORT_ANSWER = frozenset({"definition", "how", "why", "summary", "long"})

_MARKER = re.compile(r"\[\d+\]")
_SPACE = re.compile(r"\s+")
# Keeps two parts of a text apart when white space is gone, so that nothing is found across them.
_APART = "\0"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


Entry = TypeVar("Entry")


class Figure(StrEnum):
    """What is measured; the value is its name in the reports."""

    HIT_AT_1 = "hit@1"
    HIT_AT_5 = "hit@5"
    RECALL_AT_5 = "recall@5"
    RECIPROCAL_RANK = "MRR@10"
    FIRST_CITATION = "first citation"
    CITATION_PRECISION = "citation precision"
    CITATION_RECALL = "citation recall"
    CONTAINS = "contains"
    SHORT_ANSWER = "short F1"
    REFUSED_RIGHTLY = "refused rightly"
    REFUSED_WRONGLY = "refused wrongly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a right answer is.

    Attributes:
        language: of the question; ``-`` where the file does not say.
        type: kind of question; ``-`` where the file does not say.
        answerable: whether the documents hold the answer.
        known: whether `paragraphs` and `answers` are known; else only refusing is counted.
        paragraphs: labels that a perfect answer cites.
        also_ok: further labels that may be cited.
        answers: strings to be found; of each entry one alternative is enough.
    """

    language: str
    type: str
    answerable: bool
    known: bool
    paragraphs: frozenset[str]
    also_ok: frozenset[str]
    answers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over `count` questions."""

    value: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredQuestion:
    """A question with its answer and the figures that apply to it, each 0..1."""

    question: Question | FailedRow
    gold: Gold
    answer: Answer
    scores: Mapping[Figure, float]

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
    """The figures of some questions; `means` has only those that apply to any of them."""

    name: str
    question_count: int
    answered_count: int
    not_found_count: int
    error_count: int
    mean_confidence: float
    mean_seconds: float
    means: Mapping[Figure, Mean]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What became of one question file.

    Attributes:
        name: what the file is called in the report.
        questions: in the order of the file, those without gold left out.
        no_gold_count: how many were left out.
        citation_count: how many citations the answers have together.
        verbatim_count: of these, how many quote their paragraph to the letter.
    """

    name: str
    questions: tuple[ScoredQuestion, ...]
    no_gold_count: int
    citation_count: int
    verbatim_count: int

    @property
    def overall(self) -> Group:
        """All questions together."""
        return _group("all", self.questions)

    @property
    def by_language(self) -> list[Group]:
        """One group a language, in alphabetical order."""
        return self._groups(lambda scored: scored.gold.language)

    @property
    def by_type(self) -> list[Group]:
        """One group a type, in alphabetical order."""
        return self._groups(lambda scored: scored.gold.type)

    def _groups(self, name_of: Callable[[ScoredQuestion], str]) -> list[Group]:
        names = sorted({name_of(scored) for scored in self.questions})
        return [
            _group(name, [scored for scored in self.questions if name_of(scored) == name])
            for name in names
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Passages, and the question files that are asked of them.

    Attributes:
        name: path below the folder, such as ``xquad.zh``.
        passages: the passage file to be loaded as a library.
        dropped_documents: ids of the documents to be left out of it.
        questions: the question file.
    """

    name: str
    passages: Path
    dropped_documents: tuple[str, ...]
    questions: Path


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
    progress: Progress | None = None,
) -> Evaluation:
    """Ask the questions of a file that have gold and count the figures.

    Args:
        questions: a question file; the gold fields stand beside each question.
        examinee: what is asked.
        name: what to call it; by default its file name.
        progress: called after each question.

    Raises:
        QuestionFileError: the file cannot be read.
        InputError: no question of it has gold.
    """
    rows = read_questions(questions)
    gold_rows = [(row, gold) for row in rows if (gold := gold_of(row.input)) is not None]
    if not gold_rows:
        raise InputError(
            f"{questions} has no gold; expected JSON lines with `answerable`, `gold` and `answers`"
        )
    if len(gold_rows) < len(rows):
        count = len(rows) - len(gold_rows)
        logger.warning("%s: %d questions have no gold and are left out", questions.name, count)
    scored = []
    for done_count, (row, gold) in enumerate(gold_rows, start=1):
        answer = ask_or_fail(row, examinee.ask)
        scored.append(
            ScoredQuestion(question=row, gold=gold, answer=answer, scores=score(gold, answer))
        )
        if progress is not None:
            progress(done_count, len(gold_rows))
    citations = [citation for one in scored for citation in one.answer.citations]
    return Evaluation(
        name=name or questions.name,
        questions=tuple(scored),
        no_gold_count=len(rows) - len(gold_rows),
        citation_count=len(citations),
        verbatim_count=sum(_is_verbatim(citation, examinee.text_of) for citation in citations),
    )


def gold_of(fields: Mapping[str, object]) -> Gold | None:
    """Return the gold among a question's fields, None where there is none or it is malformed."""
    answerable = fields.get("answerable")
    paragraphs = fields.get("gold")
    also_ok = fields.get("also_ok", [])
    answers = _alternatives(fields.get("answers", []))
    if not (
        isinstance(answerable, bool)
        and _are_texts(paragraphs)
        and _are_texts(also_ok)
        and answers is not None
    ):
        return None
    if fields.get("match") == "any" and answers:
        answers = [tuple(text for entry in answers for text in entry)]
    return Gold(
        language=str(fields.get("lang", "-")),
        type=str(fields.get("type", "-")),
        answerable=answerable,
        known=not fields.get("gold_unknown", False),
        paragraphs=frozenset(paragraphs),
        also_ok=frozenset(also_ok),
        answers=tuple(answers),
    )


def score(gold: Gold, answer: Answer) -> dict[Figure, float]:
    """Return the figures that apply to one question, each 0..1."""
    refused = float(answer.status == "not_found")
    if not gold.answerable:
        return {Figure.REFUSED_RIGHTLY: refused}
    scores = {Figure.REFUSED_WRONGLY: refused}
    if gold.known:
        ranking = [passage.paragraph for passage in answer.passages]
        cited = [citation.paragraph for citation in answer.citations]
        scores |= _ranking_scores(gold, [] if answer.status == "error" else ranking)
        scores |= _citation_scores(gold, cited if answer.status == "answered" else [])
        scores |= _text_scores(gold, answer)
    return scores


def find_collections(folder: Path) -> list[Collection]:
    """Return the collections in a folder, or in its sub-folders, in alphabetical order.

    A collection is ``passages[.LANG].jsonl[.gz]`` with ``questions[.LANG].jsonl[.gz]``, and with
    ``questions_unans[.LANG].jsonl[.gz]`` where ``drop_docs.json`` lists the documents that these
    must not find. Question files whose unanswerable questions were judged for given `candidates`
    only are left out: over all passages their gold does not hold.

    Raises:
        InputError: there is none.
        QuestionFileError: a question file cannot be read.
    """
    collections: list[Collection] = []
    for place in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        for passages in sorted(place.glob("passages*.jsonl*")):
            language = passages.name.removeprefix("passages").removesuffix(".gz")
            name = place.name + language.removesuffix(".jsonl")
            dropped = place / "drop_docs.json"
            parts: list[tuple[str, str, tuple[str, ...]]] = [("questions", name, ())]
            if dropped.exists():
                parts.append(("questions_unans", f"{name} unans", _dropped_documents(dropped)))
            for stem, part_name, dropped_documents in parts:
                collections.extend(
                    Collection(
                        name=part_name,
                        passages=passages,
                        dropped_documents=dropped_documents,
                        questions=questions,
                    )
                    for questions in sorted(place.glob(f"{stem}{language}*"))
                    if _is_open(questions)
                )
    if not collections:
        raise InputError(
            f"{folder} holds no collection; expected passages*.jsonl.gz with questions*.jsonl.gz"
        )
    return collections


def evaluate_collections(
    folder: Path,
    examinee_of: Callable[[Collection], AbstractContextManager[Examinee]],
    *,
    progress: Progress | None = None,
) -> list[Evaluation]:
    """Evaluate every collection of a folder, in the order of `find_collections`.

    Args:
        folder: as in `find_collections`.
        examinee_of: loads a collection's passages, without its dropped documents, and closes what
            it opened when its questions are done.
        progress: called after each question, counting from 1 in every collection.

    Raises:
        InputError: the folder holds no collection, or a collection no gold.
        QuestionFileError: a question file cannot be read.
    """
    evaluations = []
    for collection in find_collections(folder):
        logger.info("%s: loading %s", collection.name, collection.passages)
        with examinee_of(collection) as examinee:
            evaluations.append(
                evaluate(collection.questions, examinee, name=collection.name, progress=progress)
            )
    return evaluations


COLUMNS = ("asked", "answered", "not found", "error", *Figure, "confidence", "seconds")


def render_table(evaluations: Sequence[Evaluation]) -> str:
    """Return the figures as plain text: a line a group, a column a figure.

    ``-`` stands where a figure applies to no question. Over how many questions each mean was taken
    is told by the HTML report.
    """
    blocks = []
    for evaluation in evaluations:
        parts = [[evaluation.overall], evaluation.by_language, evaluation.by_type]
        # Headings of two words stand in two lines.
        heading = [column.rpartition(" ") for column in COLUMNS]
        lines = [["", *(above for above, _, _ in heading)]]
        lines.append([evaluation.name, *(below for _, _, below in heading)])
        lines += [[group.name, *cells(group)] for groups in parts for group in groups]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = iter(
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
            for line in lines
        )
        counts = [2 + len(parts[0]), len(parts[1]), len(parts[2])]
        paragraphs = ["\n".join(islice(texts, count)) for count in counts]
        blocks.append("\n\n".join([*paragraphs, verbatim_line(evaluation)]))
    return "\n\n\n".join(blocks)


def cells(group: Group) -> list[str]:
    """Return what stands under `COLUMNS` for a group."""
    means = (group.means.get(figure) for figure in Figure)
    return [
        str(group.question_count),
        str(group.answered_count),
        str(group.not_found_count),
        str(group.error_count),
        *("-" if mean is None else f"{mean.value:.3f}" for mean in means),
        f"{group.mean_confidence:.3f}",
        f"{group.mean_seconds:.2f}",
    ]


def verbatim_line(evaluation: Evaluation) -> str:
    """Return in one line how many citations are verbatim and how many questions had no gold."""
    left_out = f"; {evaluation.no_gold_count} questions without gold left out"
    return f"{evaluation.verbatim_count} of {evaluation.citation_count} citations verbatim" + (
        left_out if evaluation.no_gold_count else ""
    )


def _group(name: str, questions: Sequence[ScoredQuestion]) -> Group:
    answers = [scored.answer for scored in questions]
    status_counts = Counter(answer.status for answer in answers)
    means = {}
    for figure in Figure:
        values = [scored.scores[figure] for scored in questions if figure in scored.scores]
        if values:
            means[figure] = Mean(value=fmean(values), count=len(values))
    return Group(
        name=name,
        question_count=len(questions),
        answered_count=status_counts["answered"],
        not_found_count=status_counts["not_found"],
        error_count=status_counts["error"],
        mean_confidence=fmean(answer.confidence for answer in answers),
        mean_seconds=fmean(answer.seconds for answer in answers),
        means=means,
    )


def _ranking_scores(gold: Gold, ranking: Sequence[str]) -> dict[Figure, float]:
    top = ranking[:5]
    ranks = [rank for rank, label in enumerate(ranking[:10], start=1) if label in gold.paragraphs]
    return {
        Figure.HIT_AT_1: float(ranking[:1] != [] and ranking[0] in gold.paragraphs | gold.also_ok),
        Figure.HIT_AT_5: float(not gold.paragraphs.isdisjoint(top)),
        Figure.RECALL_AT_5: _share(gold.paragraphs, lambda label: label in top),
        Figure.RECIPROCAL_RANK: 1 / ranks[0] if ranks else 0.0,
    }


def _citation_scores(gold: Gold, cited: Sequence[str]) -> dict[Figure, float]:
    accepted = gold.paragraphs | gold.also_ok
    return {
        Figure.FIRST_CITATION: float(cited[:1] != [] and cited[0] in accepted),
        Figure.CITATION_PRECISION: _share(cited, lambda label: label in accepted),
        Figure.CITATION_RECALL: _share(gold.paragraphs, lambda label: label in cited),
    }


def _text_scores(gold: Gold, answer: Answer) -> dict[Figure, float]:
    # Yes and no are a judgment on the answer, not words of it.
    is_judgment = gold.type == "yesno" and set(gold.answers) <= {("YES",), ("NO",)}
    if not gold.answers or is_judgment or gold.type == "long":
        return {}
    answered = answer.status == "answered"
    # A marker is no part of the text: `[1]` must not pass for the number 1.
    text = _APART.join([_MARKER.sub(_APART, answer.answer), *answer.short_answers])
    found = _share(
        gold.answers, lambda entry: any(_contains(text, alternative) for alternative in entry)
    )
    scores = {Figure.CONTAINS: found if answered else 0.0}
    if gold.type not in _WITHOUT_SHORT_ANSWER:
        given = " ".join(answer.short_answers)
        f1 = max(_f1(given, " ".join(reference)) for reference in product(*gold.answers))
        scores[Figure.SHORT_ANSWER] = f1 if answered else 0.0
    return scores


def _share(entries: Iterable[Entry], is_right: Callable[[Entry], bool]) -> float:
    """Return the share of the entries that are right, 0 where there are none."""
    return fmean([float(is_right(entry)) for entry in entries] or [0.0])


def _contains(text: str, wanted: str) -> bool:
    """Say whether `wanted` stands in `text`, white space aside, a number only as a whole one."""
    text, wanted = _SPACE.sub("", text), _SPACE.sub("", wanted)
    if _NUMBER.fullmatch(wanted):
        whole = rf"(?<!\d)(?<!\d[.,]){re.escape(wanted)}(?!\d|[.,]\d)"
        return re.search(whole, text) is not None
    return wanted in text


def _f1(given: str, reference: str) -> float:
    """Return the harmonic mean of precision and recall of the words, or of Chinese characters."""
    is_chinese = bool(_HAN.search(given + reference))
    given_counts = Counter(_tokens(given, is_chinese=is_chinese))
    reference_counts = Counter(_tokens(reference, is_chinese=is_chinese))
    common_count = (given_counts & reference_counts).total()
    if not common_count:
        return 0.0
    return 2 * common_count / (given_counts.total() + reference_counts.total())


def _tokens(text: str, *, is_chinese: bool) -> list[str]:
    plain = "".join(
        " " if unicodedata.category(character)[0] in "PSZC" else character
        for character in unicodedata.normalize("NFKC", text).casefold()
    )
    return [*plain.replace(" ", "")] if is_chinese else plain.split()


def _is_verbatim(citation: Citation, text_of: Callable[[str, str], str]) -> bool:
    try:
        text = text_of(citation.document, citation.paragraph)
    except NotFoundError:
        return False
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _alternatives(value: object) -> list[tuple[str, ...]] | None:
    """Return the entries of `answers` with their alternatives, None where it is malformed."""
    if not isinstance(value, list):
        return None
    entries = [[entry] if isinstance(entry, str) else entry for entry in value]
    return [tuple(entry) for entry in entries] if all(map(_are_texts, entries)) else None


def _dropped_documents(path: Path) -> tuple[str, ...]:
    documents = json.loads(path.read_text(encoding="utf-8"))
    return tuple(documents)


def _is_open(questions: Path) -> bool:
    is_closed = any(
        "candidates" in row.input and row.input.get("answerable") is False
        for row in read_questions(questions)
    )
    if is_closed:
        logger.warning("%s: left out, its gold holds for given candidates only", questions)
    return not is_closed
