"""Turn a trained reader into the file that is shipped, and back."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.default_model import DIMENSION
from index.onnx_graph import read_weights, write_int8_graph
from qa.training.train import build_networks

if TYPE_CHECKING:
    import torch


def export(state: Path, *, model_folder: Path, output: Path) -> None:
    """Write the int8 ONNX graph of the reader saved in `state`.

    Its inputs are ``embeddings`` (1, t, d) float32 and ``types`` (1, t) int64 of one unpadded row,
    its outputs ``start`` and ``end`` (1, t) and ``answerable`` (1,) float32 logits.
    """
    import torch

    # Eager attention exports to plain matrix products.
    reader = build_networks(model_folder, attention="eager").reader
    reader.load_state_dict(torch.load(state, weights_only=True))
    reader.train(False)

    class Row(torch.nn.Module):
        """The reader for one unpadded row, which needs no mask."""

        def __init__(self) -> None:
            super().__init__()
            self.reader = reader

        def forward(
            self, embeddings: torch.Tensor, types: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            outputs: tuple[torch.Tensor, torch.Tensor, torch.Tensor] = self.reader(
                embeddings, torch.ones_like(types), types
            )
            return outputs

    write_int8_graph(
        output,
        network=Row(),
        inputs={
            "embeddings": torch.zeros((1, 8, DIMENSION)),
            "types": torch.zeros((1, 8), dtype=torch.long),
        },
        outputs={"start": True, "end": True, "answerable": False},
    )


def shipped_state(graph: Path) -> "Mapping[str, torch.Tensor]":
    """Return the state of the reader in a graph that `export` wrote, to go on training from.

    The weights are those that int8 left over, so this is near what was exported, not equal to it.

    Raises:
        ModelError: the file cannot be read or is not such a graph.
    """
    import torch

    # The names of the network within `Row` are those within the graph behind its own name.
    return {
        re.sub(r"^reader\.", "", name): torch.tensor(values)
        for name, values in read_weights(graph).items()
    }
