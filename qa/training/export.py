"""Turn a trained reader into the file that is shipped."""

import logging
import warnings
from pathlib import Path

from index.default_model import DIMENSION, is_not_advice
from qa.training.train import build_networks


def export(state: Path, *, model_folder: Path, output: Path) -> None:
    """Write the int8 ONNX graph (dynamic, per channel) of the reader saved in `state`.

    Its inputs are ``embeddings`` (1, t, d) float32 and ``types`` (1, t) int64 of one unpadded row,
    its outputs ``start`` and ``end`` (1, t) and ``answerable`` (1,) float32 logits.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

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

    output.parent.mkdir(parents=True, exist_ok=True)
    exported = output.with_suffix(".fp32.onnx")
    with torch.no_grad(), warnings.catch_warnings():
        # What they warn of, a graph that only fits the traced length, is held by the tests.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Row(),
            (torch.zeros((1, 8, DIMENSION)), torch.zeros((1, 8), dtype=torch.long)),
            str(exported),
            input_names=["embeddings", "types"],
            output_names=["start", "end", "answerable"],
            dynamic_axes={name: {1: "length"} for name in ("embeddings", "types", "start", "end")},
            opset_version=17,
            dynamo=False,
        )
    logging.getLogger().addFilter(is_not_advice)
    quantize_dynamic(exported, output, per_channel=True, weight_type=QuantType.QInt8)
    logging.getLogger().removeFilter(is_not_advice)
    exported.unlink()
