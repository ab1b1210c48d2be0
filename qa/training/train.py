"""Fine-tune multilingual-e5-small into the reader. Owner of torch in this package."""

import logging
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index import default_model
from ingest.errors import ModelError
from qa.reader_input import (
    WINDOW_LIMIT,
    ReaderInput,
    reader_input,
    reading_windows,
    tokens_of,
)
from qa.training.groups import GroupMaker, Pair

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

logger = logging.getLogger(__name__)

SHORTEST_WINDOW = 48
"""Fewest tokens of a passage that windows are cut for; the most are those of use."""
GROUP_COUNT = 16
"""Questions in a step; each brings two rows, or one where its answer fits into none."""
FROZEN_LAYER_COUNT = 4
"""Layers of the encoder, the lowest, that stay as they are: a fifth of the time is saved."""
DROPOUT = 0.1
PEAK_RATE = 1e-4
HEAD_RATE_FACTOR = 5.0
"""How much faster the heads learn, which begin from nothing."""
WARM_UP_SHARE = 0.05
RANKING_WEIGHT = 0.5
"""Of the comparison within a group, beside the yes-or-no of each row and the span."""
UNANSWERED_SPAN_WEIGHT = 0.5
"""Of a row without an answer in the loss of the spans."""
SAVED_EVERY = 400
LOGGED_EVERY = 50
BUCKET_STEP_COUNT = 32
"""Steps whose groups are sorted by length together, so that little is padded."""
_PADDING = 1


class Networks(NamedTuple):
    """What is trained, of two parts, and the word vectors in front of it, which are not."""

    reader: "torch.nn.Module"
    encoder: "torch.nn.Module"
    heads: "torch.nn.Module"
    words: "torch.nn.Module"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A pair made ready.

    Attributes:
        tokens: what the network takes.
        place: first and last token of the answer, both 0 for none.
        is_answered: whether the passage answers.
        is_ranked: whether the row is compared with the first of its group.
    """

    tokens: ReaderInput
    place: tuple[int, int]
    is_answered: bool
    is_ranked: bool


class RowMaker:
    """Tokenizes pairs and cuts rows out of them."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer

    def row(self, pair: Pair, *, generator: random.Random) -> Row | None:
        """Return a row of a pair: a random window of the passage that holds the answer.

        None where no window holds all of the answer or it does not lie on token borders.
        """
        question = tokens_of(pair.question, tokenizer=self._tokenizer).ids
        title = tokens_of(pair.title, tokenizer=self._tokenizer).ids
        passage = tokens_of(pair.text, tokenizer=self._tokenizer)
        limit = generator.randint(SHORTEST_WINDOW, WINDOW_LIMIT)
        windows = reading_windows(pair.text, passage, limit=limit)
        if pair.answer is not None:
            inside = passage.touching(pair.answer)
            windows = [w for w in windows if inside and inside[0] in w and inside[-1] in w]
        if not windows:
            return None
        tokens = reader_input(question, title, passage, window=generator.choice(windows))
        place = (0, 0) if pair.answer is None else tokens.place(pair.answer)
        if place is None:
            return None
        return Row(
            tokens=tokens,
            place=place,
            is_answered=pair.answer is not None,
            is_ranked=pair.is_ranked,
        )


def train(
    maker: GroupMaker,
    *,
    model_folder: Path,
    output: Path,
    step_count: int,
    seed: int,
    in_bfloat16: bool = False,
    initial: "Mapping[str, torch.Tensor] | None" = None,
) -> None:
    """Train for `step_count` steps and save the network's state.

    Args:
        maker: of the groups; passed over as often as needed.
        model_folder: the prepared default model.
        output: file of the state, written every `SAVED_EVERY` steps and at the end.
        step_count: steps, each of `GROUP_COUNT` questions.
        seed: of all random choices.
        in_bfloat16: whether matrices are multiplied in bfloat16, weights and sums staying float32:
            less than half the time on processors that do so (AVX-512 or AMX), more on others.
        initial: state of the network to go on from; by default the encoder as it is.

    Raises:
        ModelError: no group of `maker` can be trained on.
    """
    import torch

    torch.manual_seed(seed)
    generator = random.Random(seed)
    networks = build_networks(model_folder)
    if initial is not None:
        networks.reader.load_state_dict(dict(initial))
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [p for p in networks.encoder.parameters() if p.requires_grad],
                "lr": PEAK_RATE,
            },
            {
                "params": list(networks.heads.parameters()),
                "lr": PEAK_RATE * HEAD_RATE_FACTOR,
            },
        ],
        weight_decay=0.01,
    )
    warm_up = max(1, int(WARM_UP_SHARE * step_count))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm_up, (step_count - step) / step_count),
    )
    rows = RowMaker(default_model.tokenizer(model_folder))
    output.parent.mkdir(parents=True, exist_ok=True)
    networks.reader.train()
    began = time.monotonic()
    sums = [0.0] * 4
    steps = _steps(maker, rows, generator=generator)
    for step in range(1, step_count + 1):
        groups = next(steps, None)
        if groups is None:
            raise ModelError("no question of the training files fits into a row; check the files")
        with torch.autocast("cpu", torch.bfloat16, enabled=in_bfloat16):
            losses = _losses(networks, groups)
        loss = losses[0] + RANKING_WEIGHT * losses[1] + losses[2]
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(networks.reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        sums = [total + float(value.detach()) for total, value in zip(sums, losses, strict=True)]
        if step % LOGGED_EVERY == 0:
            means = ", ".join(
                f"{name} {total / LOGGED_EVERY:.3f}"
                for name, total in zip(
                    ("answerable", "ranking", "span", "right"), sums, strict=True
                )
            )
            logger.info(
                "step %d of %d, %.0f s: %s", step, step_count, time.monotonic() - began, means
            )
            sums = [0.0] * 4
        if step % SAVED_EVERY == 0:
            torch.save(networks.reader.state_dict(), output)
    torch.save(networks.reader.state_dict(), output)


def build_networks(model_folder: Path, *, attention: str = "sdpa") -> Networks:
    """Return the encoder in `model_folder` with its word vectors taken off and two heads put on.

    The reader's ``forward(embeddings, mask, types)`` takes (n, t, d) word vectors, (n, t) with 1
    for tokens and 0 for padding and (n, t) token types; it returns (n, t) start, (n, t) end and
    (n,) answerability logits. The word vectors, 96 of the 118 million weights, are neither trained
    nor shipped.
    """
    import torch
    from transformers import BertModel

    class Reader(torch.nn.Module):
        """Encoder and heads."""

        def __init__(self, encoder: "BertModel") -> None:
            super().__init__()
            self.encoder = encoder
            size = encoder.config.hidden_size
            self.heads = torch.nn.ModuleDict(
                {
                    "span": torch.nn.Linear(size, 2),
                    "answerable": torch.nn.Sequential(
                        torch.nn.Linear(size, size), torch.nn.Tanh(), torch.nn.Linear(size, 1)
                    ),
                }
            )

        def forward(
            self,
            embeddings: torch.Tensor,
            mask: torch.Tensor,
            types: torch.Tensor,
        ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            hidden = self.encoder(
                inputs_embeds=embeddings,
                attention_mask=mask,
                token_type_ids=types,
            ).last_hidden_state
            span = self.heads["span"](hidden)
            return span[..., 0], span[..., 1], self.heads["answerable"](hidden[:, 0])[:, 0]

    encoder = BertModel.from_pretrained(
        model_folder,
        add_pooling_layer=False,
        hidden_dropout_prob=DROPOUT,
        # That of attention costs as much time again.
        attention_probs_dropout_prob=0.0,
        attn_implementation=attention,
    )
    words = encoder.embeddings.word_embeddings
    for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN_LAYER_COUNT]):
        part.requires_grad_(False)
    encoder.embeddings.register_module("word_embeddings", torch.nn.Identity())
    reader = Reader(encoder)
    return Networks(reader, reader.encoder, reader.heads, words)


def _steps(
    maker: GroupMaker, rows: RowMaker, *, generator: random.Random
) -> Iterator[list[list[Row]]]:
    """Yield steps of groups of like length without end; none if no group can be used."""
    while True:
        waiting: list[list[Row]] = []
        has_any = False
        for group in maker.groups(generator=generator):
            made = [rows.row(pair, generator=generator) for pair in group]
            if made[0] is None:
                continue
            has_any = True
            waiting.append([row for row in made if row is not None])
            if len(waiting) == BUCKET_STEP_COUNT * GROUP_COUNT:
                yield from _bucketed(waiting, generator)
                waiting = []
        yield from _bucketed(waiting, generator)
        if not has_any:
            return


def _bucketed(groups: list[list[Row]], generator: random.Random) -> Iterator[list[list[Row]]]:
    groups.sort(key=lambda group: max(len(row.tokens.ids) for row in group))
    steps = [groups[i : i + GROUP_COUNT] for i in range(0, len(groups), GROUP_COUNT)]
    generator.shuffle(steps)
    yield from steps


def _losses(networks: Networks, groups: Sequence[Sequence[Row]]) -> tuple["torch.Tensor", ...]:
    """Return the losses of answerability, ranking and span, and the share judged rightly."""
    import torch
    from torch.nn import functional

    rows = [row for group in groups for row in group]
    length = max(len(row.tokens.ids) for row in rows)

    def padded(values: Sequence[int], filling: int) -> list[int]:
        return [*values, *[filling] * (length - len(values))]

    ids = torch.tensor([padded(row.tokens.ids, _PADDING) for row in rows])
    types = torch.tensor([padded(row.tokens.types, 1) for row in rows])
    mask = torch.tensor([padded([1] * len(row.tokens.ids), 0) for row in rows])
    # Spans lie in the passage; place 0 stands for "no answer here".
    allowed = torch.zeros_like(mask, dtype=torch.bool)
    allowed[:, 0] = True
    for index, row in enumerate(rows):
        begin = row.tokens.offset
        allowed[index, begin : begin + len(row.tokens.passage.ids)] = True
    start, end, answerable = (
        logits.float() for logits in networks.reader(networks.words(ids), mask, types)
    )
    start = start.masked_fill(~allowed, -1e4)
    end = end.masked_fill(~allowed, -1e4)
    is_answered = torch.tensor([float(row.is_answered) for row in rows])
    firsts = torch.tensor([row.place[0] for row in rows])
    lasts = torch.tensor([row.place[1] for row in rows])
    weight = torch.where(is_answered > 0, 1.0, UNANSWERED_SPAN_WEIGHT)
    span = functional.cross_entropy(start, firsts, reduction="none")
    span = span + functional.cross_entropy(end, lasts, reduction="none")
    ranking: list[torch.Tensor] = []
    offset = 0
    for group in groups:
        ranked = [offset + index for index, row in enumerate(group) if row.is_ranked]
        offset += len(group)
        # The answering pair stands first in its group.
        if len(ranked) > 1:
            ranking.append(functional.cross_entropy(answerable[ranked][None], torch.tensor([0])))
    return (
        functional.binary_cross_entropy_with_logits(answerable, is_answered),
        torch.stack(ranking).mean() if ranking else answerable.sum() * 0,
        (span * weight).sum() / (2 * weight.sum()),
        ((answerable > 0).float() == is_answered).float().mean(),
    )
