"""Turn a trained reader into the file that is shipped."""

from pathlib import Path

from index.default_model import DIMENSION
from index.onnx_graph import write_int8_graph
from qa.training.train import build_networks


def export(state: Path, *, model_folder: Path, output: Path) -> None:
    """Write the int8 ONNX graph (dynamic, per channel) of the reader saved in `state`.

    Its inputs are ``embeddings`` (1, t, d) float32 and ``types`` (1, t) int64 of one unpadded row,
    its outputs ``start`` and ``end`` (1, t) and ``answerable`` (1,) float32 logits.
    """
    import torch

    # Eager attention exports to plain matrix products, which is what int8 quantization takes.
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
