"""Make question collections out of SQuAD files, to weigh evidence on (see `qa.training.verdict`).

The reader has seen the passages and answers of its training files and is surer of them than of any
others, so the questions here are to come from files that it was not trained on.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.language import detect_language
from qa.training.groups import plain_title
from qa.training.squad import Example, read_squad
from qa.training.unanswerable import without_another_sentence, without_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question of a collection.

    Attributes:
        example: whose question is asked.
        is_answerable: whether what it is asked of holds the answer.
    """

    example: Example
    is_answerable: bool


class CollectionMaker:
    """Writes collections over the contexts of some examples, each context a document."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._contexts = {
            context: index
            for index, context in enumerate(dict.fromkeys(one.context for one in examples))
        }
        self._titles = {example.context: plain_title(example.title) for example in examples}

    def number(self, example: Example) -> int:
        """Return the number of the context of an example."""
        return self._contexts[example.context]

    def write(
        self,
        folder: Path,
        rows: Sequence[Row],
        *,
        changed: Mapping[str, str] | None = None,
        dropped: Iterable[int] = (),
    ) -> None:
        """Write one collection in the form of `qa.benchmark`.

        Args:
            folder: it gets; made where it is missing.
            rows: the questions.
            changed: other texts for some contexts.
            dropped: numbers of the contexts that are left out of the library.
        """
        folder.mkdir(parents=True, exist_ok=True)
        texts = changed or {}
        _write(
            folder / "passages.jsonl.gz",
            (
                {
                    "doc_id": f"d{number}",
                    "passage_id": f"p{number}",
                    "lang": detect_language(context),
                    "title": self._titles[context],
                    "text": texts.get(context, context),
                }
                for context, number in self._contexts.items()
            ),
        )
        out = sorted(dropped)
        name = "questions_unans" if out else "questions"
        if out:
            names = [f"d{number}" for number in out]
            (folder / "drop_docs.json").write_text(json.dumps(names), encoding="utf-8")
        _write(
            folder / f"{name}.jsonl.gz",
            (
                {
                    "id": str(index),
                    "lang": detect_language(row.example.question),
                    "question": row.example.question,
                    "answerable": row.is_answerable,
                    "gold": [f"p{self.number(row.example)}"] if row.is_answerable else [],
                    "answers": list(row.example.answers) if row.is_answerable else [],
                    "match": "any",
                }
                for index, row in enumerate(rows, start=1)
            ),
        )


def make_collections(
    asked: Sequence[Example],
    *,
    others: Sequence[Example],
    count: int,
    seed: int,
    output: Path,
) -> None:
    """Write the collections ``open``, ``dropped`` and ``gapped``.

    Half of the questions of all but the first have lost their answer: its document, or the
    sentences that hold it. Only ``gapped`` has passages of its own.

    Args:
        asked: examples whose questions are asked.
        others: examples whose contexts are searched as well.
        count: questions of each collection.
        seed: of all random choices.
        output: folder of the collections.
    """
    generator = random.Random(seed)
    maker = CollectionMaker([*asked, *others])
    by_context: dict[str, list[Example]] = {}
    for example in asked:
        by_context.setdefault(example.context, []).append(example)

    def drawn() -> list[Example]:
        """Return questions of as many contexts as there are, up to `count`, one of each first."""
        pools = [generator.sample(pool, len(pool)) for pool in by_context.values()]
        generator.shuffle(pools)
        rounds = [pool[turn] for turn in range(count) for pool in pools if turn < len(pool)]
        return rounds[:count]

    maker.write(output / "open", [Row(example=one, is_answerable=True) for one in drawn()])

    examples = drawn()
    lost = {maker.number(example) for example in examples[: count // 2]}
    rows = [Row(example=one, is_answerable=maker.number(one) not in lost) for one in examples]
    maker.write(output / "dropped", rows, dropped=lost)

    changed: dict[str, str] = {}
    rows = []
    for example in drawn():
        # One question of each context: what is a gap for the one may be the answer of another.
        if example.context in changed:
            continue
        gapped = without_answer(example) if generator.random() < 0.5 else None
        other = without_another_sentence(example, generator=generator)
        text = gapped or (other[0] if other else None)
        if text is not None:
            changed[example.context] = text
            rows.append(Row(example=example, is_answerable=gapped is None))
    gapped_maker = CollectionMaker([one.example for one in rows])
    gapped_maker.write(output / "gapped", rows, changed=changed)


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    """Read the arguments and write the collections."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.collections", description=__doc__)
    parser.add_argument("squad", nargs="+", type=Path, help="question files in SQuAD form")
    parser.add_argument("--others", nargs="*", type=Path, default=[], help="more passages, same")
    parser.add_argument("--output", type=Path, required=True, help="folder of the collections")
    parser.add_argument("--count", type=int, default=200, help="questions of each")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make_collections(
        [example for path in options.squad for example in read_squad(path)],
        others=[example for path in options.others for example in read_squad(path)],
        count=options.count,
        seed=options.seed,
        output=options.output,
    )


if __name__ == "__main__":
    main()
