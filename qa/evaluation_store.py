"""The evaluations that were made here: of each name the newest, one JSON file each."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ingest.errors import InputError
from qa.evaluation import Evaluation

if TYPE_CHECKING:
    from pydantic import TypeAdapter

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvaluation:
    """An evaluation and when it was finished (with a time zone)."""

    finished: datetime
    evaluation: Evaluation


def keep_evaluation(kept: KeptEvaluation, folder: Path) -> None:
    """Write an evaluation into a folder, in the place of an earlier one of the same name.

    Raises:
        InputError: it cannot be written.
    """
    path = folder / f"{quote(kept.evaluation.name, safe='')}.json"
    draft = path.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_adapter().dump_json(kept))
        # In one step, so that nobody ever reads half of it.
        draft.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def kept_evaluations(folder: Path) -> list[KeptEvaluation]:
    """Return the evaluations in a folder, the newest first.

    A file that is damaged or of another version is left out; there may be no folder at all.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(_adapter().validate_json(path.read_bytes()))
        except (OSError, ValueError) as error:
            logger.warning("%s is no evaluation of this version: %s", path, error)
    return sorted(found, key=lambda kept: kept.finished, reverse=True)


@cache
def _adapter() -> "TypeAdapter[KeptEvaluation]":
    from pydantic import TypeAdapter

    return TypeAdapter(KeptEvaluation)
