"""The conversations that a browser keeps: nothing of them stays on the server."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.errors import InputError
from qa.answer import Answer
from qa.record import from_record, to_record

KEPT_COUNT = 50
"""Conversations kept, the latest first; a browser gives a site some megabytes."""
NAME_LIMIT = 80
"""Longest name, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation.

    Attributes:
        id: of its own among those kept.
        name: what the reader calls it; at first its first question.
        answers: in their order, each with its question.
    """

    id: str
    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversations:
    """What a browser keeps.

    Attributes:
        all: the latest first.
        current: id of the one shown; of none where a new one is begun.
    """

    all: tuple[Conversation, ...] = ()
    current: str = ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers of the conversation that is shown."""
        return next((one.answers for one in self.all if one.id == self.current), ())

    def with_answers(self, answers: Sequence[Answer]) -> "Conversations":
        """Return them with the answers of the current one changed; none of them removes it.

        The conversation moves to the front; without a current one it is a new one.
        """
        if not answers:
            return self.without(self.current)
        before = next((one for one in self.all if one.id == self.current), None)
        changed = (
            replace(before, answers=tuple(answers))
            if before
            else Conversation(
                id=secrets.token_hex(4),
                name=answers[0].question[:NAME_LIMIT],
                answers=tuple(answers),
            )
        )
        others = [one for one in self.all if one.id != self.current]
        return Conversations(all=(changed, *others)[:KEPT_COUNT], current=changed.id)

    def shown(self, id: str) -> "Conversations":
        """Return them with another one shown; an unknown id begins a new one."""
        return replace(self, current=id if any(one.id == id for one in self.all) else "")

    def renamed(self, name: str) -> "Conversations":
        """Return them with the current one renamed; an empty name changes nothing."""
        name = " ".join(name.split())[:NAME_LIMIT]
        return replace(
            self,
            all=tuple(
                replace(one, name=name) if name and one.id == self.current else one
                for one in self.all
            ),
        )

    def without(self, id: str) -> "Conversations":
        """Return them without one; if it was shown, a new one is begun."""
        kept = tuple(one for one in self.all if one.id != id)
        return Conversations(all=kept, current="" if id == self.current else self.current)


def to_kept(conversations: Conversations) -> dict[str, object]:
    """Return conversations as a browser keeps them, ready for JSON."""
    return {
        "current": conversations.current,
        "all": [
            {
                "id": one.id,
                "name": one.name,
                "answers": [to_record(answer) for answer in one.answers],
            }
            for one in conversations.all
        ],
    }


def from_kept(kept: object) -> Conversations:
    """Return the conversations that a browser kept; what is not of that form is left out."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("all"), list):
        return Conversations()
    found: list[Conversation] = []
    for one in kept["all"]:
        try:
            answers = tuple(from_record(record) for record in one["answers"])
            found.append(Conversation(id=str(one["id"]), name=str(one["name"]), answers=answers))
        except (InputError, KeyError, TypeError):
            continue
    return Conversations(all=tuple(found)).shown(str(kept.get("current", "")))
