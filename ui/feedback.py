"""What readers think of answers: votes and notes, kept in a file of the data folder."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock

from qa.answer_files import safe_cell

Vote = Literal["like", "dislike", "none"]
FEEDBACK_FORMATS: Mapping[str, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
}
"""Formats in which feedback can be had, with their media types."""
NOTE_LIMIT = 2_000
"""Longest note, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a reader thinks of one answer.

    Attributes:
        id: of the answer; a later vote on the same answer takes the place of the earlier one.
        vote: ``none`` takes it back.
        note: in the reader's words; may be empty.
        question: that was asked.
        answer: as it was shown, with its citations.
        time: when the vote was given, in UTC, ISO 8601.
    """

    id: str
    vote: Vote
    note: str
    question: str
    answer: str
    time: str


class FeedbackFile:
    """Votes, a JSON line each, the latest last."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, *, id: str, vote: Vote, note: str, question: str, answer: str) -> Feedback:
        """Keep a vote and return it."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        given = Feedback(id=id, vote=vote, note=note, question=question, answer=answer, time=now)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._path}.lock"), self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(given), ensure_ascii=False) + "\n")
        return given

    def latest(self) -> list[Feedback]:
        """Return the vote on each answer that has one, in the order in which they came."""
        if not self._path.exists():
            return []
        found: dict[str, Feedback] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines():
            given = Feedback(**json.loads(line))
            found.pop(given.id, None)
            found[given.id] = given
        return [given for given in found.values() if given.vote != "none"]

    def export(self, format: str) -> bytes:
        """Return the votes as a file; `format` is one of `FEEDBACK_FORMATS`."""
        rows = [asdict(given) for given in self.latest()]
        if format == "jsonl":
            return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(Feedback.__dataclass_fields__))
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
        # Spreadsheets tell UTF-8 by its byte order mark.
        return text.getvalue().encode("utf-8-sig")
