"""A folder of question collections: which questions are asked of which passages.

Everything is told by the files themselves. In one folder stand

=================================  ===============================================================
``passages[.LANG].jsonl[.gz]``     the passages, as `ingest.readers.passages` reads them
``report.SUFFIX``                  or a report that is asked instead, in any format of
                                   `ingest.formats`
``questions[.LANG].jsonl[.gz]``    questions with gold over the passages of the same language; over
                                   a library of the reader's own where there are no passages at all
``questions_unans[.LANG]...``      questions to be asked without the documents in ``drop_docs.json``
``questions_reject[.LANG]...``     questions to be asked of their `candidates` only
=================================  ===============================================================

A collection is *closed* where unanswerable questions were judged for given `candidates`: each of
its questions may see those passages and nothing else. It is *cross-lingual* where the passages
exist in Chinese and in the language of the questions under the same ids; the references are then
those of the Chinese questions.
"""

import gzip
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ingest.errors import InputError
from ingest.formats import SUFFIXES
from qa.evaluation import Evaluation, Examinee, Progress, evaluate
from qa.questions import read_questions

logger = logging.getLogger(__name__)

PIVOT_LANGUAGE = "zh"
"""Language of the passages in cross-lingual collections.

The reports are Chinese and asked in every language; all other pairs would multiply the run.
"""
_FILE = re.compile(
    r"(?P<kind>passages|questions)(?P<variant>_unans|_reject)?(?:\.(?P<language>[\w-]+))?"
    r"\.jsonl(?:\.gz)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A question file and what it is asked of.

    Attributes:
        name: ``<folder>[_<variant>][.<language>]``, such as ``drcd_unans`` or ``nomiracl.zh``; for
            a cross-lingual one ``xquad.en>zh``.
        questions: the question file.
        passages: the passage file or report to be loaded as a library; None for the user's own.
        dropped_documents: ids of the documents to be left out of it.
        references: the question file whose gold counts, where it is not `questions` itself.
        is_closed: whether each question may see its `candidates` only.
    """

    name: str
    questions: Path
    passages: Path | None
    dropped_documents: tuple[str, ...] = ()
    references: Path | None = None
    is_closed: bool = False

    @property
    def is_cross_lingual(self) -> bool:
        """Whether questions and passages are of different languages."""
        return self.references is not None


def find_collections(folder: Path, *, only: Sequence[str] = ()) -> list[Collection]:
    """Return the collections in a folder, or in its sub-folders, in alphabetical order.

    Args:
        folder: searched itself and one level down.
        only: patterns of names with ``*`` and ``?``; those that match any are returned. None means
            all.

    Raises:
        InputError: there is none, or none that matches one of the patterns.
        QuestionFileError: a question file cannot be read.
    """
    places = (folder, *sorted(path for path in folder.iterdir() if path.is_dir()))
    found = [collection for place in places for collection in _collections_in(place)]
    if not found:
        raise InputError(
            f"{folder} holds no collection; expected questions*.jsonl[.gz], with "
            "passages*.jsonl[.gz] beside them"
        )
    names = sorted(collection.name for collection in found)
    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise InputError(
                f"no collection in {folder} is called {pattern!r}; there are {', '.join(names)}"
            )
    return sorted(
        (
            collection
            for collection in found
            if not only or any(fnmatchcase(collection.name, pattern) for pattern in only)
        ),
        key=lambda collection: collection.name,
    )


def evaluate_collections(
    collections: Sequence[Collection],
    examinee_of: Callable[[Collection], AbstractContextManager[Examinee]],
    *,
    limit: int | None = None,
    progress: Progress | None = None,
) -> list[Evaluation]:
    """Evaluate collections one after another.

    Args:
        collections: what to ask.
        examinee_of: loads what a collection is asked of, and closes what it opened when its
            questions are done.
        limit: questions asked of each at most; see `evaluate`.
        progress: called after each question, counting from 1 in every collection.

    Raises:
        InputError: a collection has no gold.
        QuestionFileError: a question file cannot be read.
    """
    evaluations = []
    for collection in collections:
        logger.info("%s: loading %s", collection.name, collection.passages or "the library")
        with examinee_of(collection) as examinee:
            evaluations.append(
                evaluate(
                    collection.questions,
                    examinee,
                    name=collection.name,
                    references=collection.references,
                    limit=limit,
                    progress=progress,
                )
            )
    return evaluations


def passage_rows(passages: Path) -> Mapping[str, str]:
    """Return the lines of a passage file by their ``passage_id``.

    Raises:
        InputError: the file cannot be read, or a line is no object with a ``passage_id``.
    """
    try:
        data = passages.read_bytes()
        text = (gzip.decompress(data) if passages.suffix == ".gz" else data).decode("utf-8-sig")
        lines = [line for line in text.split("\n") if line.strip()]
        return {str(json.loads(line)["passage_id"]): line for line in lines}
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{passages} cannot be read ({type(error).__name__}: {error}); expected UTF-8 JSON "
            "lines with `passage_id`"
        ) from error


def _collections_in(place: Path) -> Iterator[Collection]:
    passages: dict[str | None, Path] = {}
    questions: list[tuple[str, str | None, Path]] = []
    for report in (place / f"report{suffix}" for suffix in SUFFIXES):
        if report.is_file():
            passages[None] = report
    for path in sorted(place.glob("*.jsonl*")):
        if match := _FILE.fullmatch(path.name):
            if match["kind"] == "passages":
                passages[match["language"]] = path
            else:
                questions.append((match["variant"] or "", match["language"], path))
    for variant, language, path in questions:
        name = place.resolve().name + variant + (f".{language}" if language else "")
        dropped = place / "drop_docs.json"
        if passages and language not in passages:
            logger.warning("%s: left out, there are no passages of its language", path)
        elif variant == "_unans" and not dropped.exists():
            logger.warning("%s: left out, there is no %s beside it", path, dropped.name)
        else:
            yield Collection(
                name=name,
                questions=path,
                passages=passages.get(language),
                dropped_documents=_dropped_documents(dropped) if variant == "_unans" else (),
                is_closed=variant == "_reject" or _is_judged_for_candidates(path),
            )
    yield from _cross_lingual(
        place, passages, {language: path for variant, language, path in questions if not variant}
    )


def _cross_lingual(
    place: Path, passages: Mapping[str | None, Path], questions: Mapping[str | None, Path]
) -> Iterator[Collection]:
    """Yield the collections that ask the Chinese passages in another language."""
    pivot = passages.get(PIVOT_LANGUAGE)
    references = questions.get(PIVOT_LANGUAGE)
    others = [language for language in questions if language in passages]
    if pivot is None or references is None or len(others) == 1:
        return
    pivot_ids = passage_rows(pivot).keys()
    for language in others:
        if language != PIVOT_LANGUAGE and passage_rows(passages[language]).keys() == pivot_ids:
            yield Collection(
                name=f"{place.resolve().name}.{language}>{PIVOT_LANGUAGE}",
                questions=questions[language],
                passages=pivot,
                references=references,
            )


def _dropped_documents(path: Path) -> tuple[str, ...]:
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read ({error}); expected a JSON list") from error
    return tuple(documents)


def _is_judged_for_candidates(questions: Path) -> bool:
    """Return whether the gold holds for given candidates only, not for all passages."""
    return any(
        "candidates" in row.input and row.input.get("answerable") is False
        for row in read_questions(questions)
    )
