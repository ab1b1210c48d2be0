"""The answer record: an `Answer` as the JSON object that every door gives, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from ingest.errors import InputError
from qa.answer import Answer

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def to_record(answer: Answer) -> dict[str, object]:
    """Return `answer` as its record, ready for `json.dumps`.

    The fields stand in the order of the public interface; `language` comes last.
    """
    return {
        "id": answer.id,
        "question": answer.question,
        "status": answer.status,
        "answer": answer.answer,
        "short_answers": list(answer.short_answers),
        "confidence": answer.confidence,
        "citations": [
            asdict(citation) | {"section": list(citation.section)} for citation in answer.citations
        ],
        "passages": [asdict(passage) for passage in answer.passages],
        "seconds": answer.seconds,
        "error": answer.error,
        "language": answer.language,
    }


def from_record(record: Mapping[str, object]) -> Answer:
    """Return the answer of a record; fields that an answer does not have are passed over.

    Args:
        record: a record as `to_record` made it. `language` may be missing and is then ``en``.

    Raises:
        InputError: a field is missing or of another type.
    """
    # A file that people keep and edit is an edge like HTTP, so it is checked by the same library.
    from pydantic import ValidationError

    try:
        return _adapter().validate_python({"language": "en", **record})
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise InputError(
            f"field {field} of the answer record: {problem['msg']}; expected a record as "
            "`report-qa batch` writes it"
        ) from error


@cache
def _adapter() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)
