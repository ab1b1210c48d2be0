"""Fine-tune multilingual-e5-small into the reader. Owner of torch in this package."""

import logging
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qa.training.rows import Row, RowSet

if TYPE_CHECKING:
    import torch
    from transformers import BertModel

logger = logging.getLogger(__name__)

GROUP_COUNT = 16
"""Questions in a step; each brings up to three rows."""
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


def train(
    rows: RowSet,
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
        rows: at least one group; gone over as often as needed.
        model_folder: the prepared default model.
        output: file of the state, written every `SAVED_EVERY` steps and at the end.
        step_count: steps, each of `GROUP_COUNT` questions.
        seed: of all random choices.
        in_bfloat16: whether matrices are multiplied in bfloat16, weights and sums staying float32:
            less than half the time on processors that do so (AVX-512 or AMX), more on others.
        initial: state of the network to go on from; by default the encoder as it is.
    """
    import torch

    torch.manual_seed(seed)
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
    output.parent.mkdir(parents=True, exist_ok=True)
    networks.reader.train()
    began = time.monotonic()
    sums = torch.zeros(4)
    steps = _steps(rows, generator=random.Random(seed))
    for step in range(1, step_count + 1):
        with torch.autocast("cpu", torch.bfloat16, enabled=in_bfloat16):
            losses = _losses(networks, rows, next(steps))
        loss = losses[0] + RANKING_WEIGHT * losses[1] + losses[2]
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(networks.reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        sums += losses.detach()
        if step % LOGGED_EVERY == 0:
            means = ", ".join(
                f"{name} {total / LOGGED_EVERY:.3f}"
                for name, total in zip(
                    ("answerable", "ranking", "span", "right"), sums.tolist(), strict=True
                )
            )
            logger.info(
                "step %d of %d, %.0f s: %s", step, step_count, time.monotonic() - began, means
            )
            sums.zero_()
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


def _steps(rows: RowSet, *, generator: random.Random) -> Iterator[list[Sequence[Row]]]:
    """Yield steps of groups of like length without end."""

    def length(group: Sequence[Row]) -> int:
        return max(rows.length(row) for row in group)

    while True:
        order = list(rows.groups)
        generator.shuffle(order)
        for begin in range(0, len(order), BUCKET_STEP_COUNT * GROUP_COUNT):
            groups = sorted(order[begin : begin + BUCKET_STEP_COUNT * GROUP_COUNT], key=length)
            steps = [groups[i : i + GROUP_COUNT] for i in range(0, len(groups), GROUP_COUNT)]
            generator.shuffle(steps)
            yield from steps


def _losses(networks: Networks, rows: RowSet, groups: Sequence[Sequence[Row]]) -> "torch.Tensor":
    """Return the losses of answerability, ranking and span, and the share judged rightly."""
    import torch
    from torch.nn import functional

    flat = [row for group in groups for row in group]
    inputs = [rows.input(row) for row in flat]
    length = max(len(one.ids) for one in inputs)

    def padded(values: Sequence[int], filling: int) -> list[int]:
        return [*values, *[filling] * (length - len(values))]

    ids = torch.tensor([padded(one.ids, _PADDING) for one in inputs])
    types = torch.tensor([padded(one.types, 1) for one in inputs])
    mask = torch.tensor([padded([1] * len(one.ids), 0) for one in inputs])
    # Spans lie in the passage; place 0 stands for "no answer here".
    begins = torch.tensor([[one.offset] for one in inputs])
    places = torch.arange(length)[None]
    ends = torch.tensor([[len(one.ids) - 1] for one in inputs])
    allowed = (places == 0) | ((places >= begins) & (places < ends))
    start, end, answerable = (
        logits.float() for logits in networks.reader(networks.words(ids), mask, types)
    )
    start = start.masked_fill(~allowed, -1e4)
    end = end.masked_fill(~allowed, -1e4)
    is_answered = torch.tensor([float(row.is_answered) for row in flat])
    weight = torch.where(is_answered > 0, 1.0, UNANSWERED_SPAN_WEIGHT)
    firsts, lasts = torch.tensor([row.place for row in flat]).T
    span = functional.cross_entropy(start, firsts, reduction="none")
    span = span + functional.cross_entropy(end, lasts, reduction="none")
    # The answering row stands first in its group; others that are not compared get no chance.
    width = max(len(group) for group in groups)
    compared: list[list[int]] = []
    is_compared: list[list[bool]] = []
    offset = 0
    for group in groups:
        rest = width - len(group)
        compared.append([*range(offset, offset + len(group)), *[offset] * rest])
        is_compared.append([*(row.is_ranked for row in group), *[False] * rest])
        offset += len(group)
    ranked = answerable[torch.tensor(compared)].masked_fill(~torch.tensor(is_compared), -1e4)
    return torch.stack(
        (
            functional.binary_cross_entropy_with_logits(answerable, is_answered),
            functional.cross_entropy(ranked, ranked.new_zeros(len(groups), dtype=torch.long)),
            (span * weight).sum() / (2 * weight.sum()),
            ((answerable > 0).float() == is_answered).float().mean(),
        )
    )
