"""Networks as ONNX graphs: written from torch once, run without it."""

import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnxruntime
    import torch


def write_int8_graph(
    path: Path,
    *,
    network: "torch.nn.Module",
    inputs: Mapping[str, "torch.Tensor"],
    outputs: Mapping[str, bool],
) -> None:
    """Export `network` and quantize its weights (dynamic, per channel).

    Args:
        path: file that is written; its folder is made.
        network: takes `inputs` in their order and returns `outputs` in theirs.
        inputs: examples (1, t, ...) by name; t may be another in use.
        outputs: by name, whether the second dimension is t too.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path.parent.mkdir(parents=True, exist_ok=True)
    exported = path.with_suffix(".fp32.onnx")
    lengthy = [*inputs, *(name for name, has_length in outputs.items() if has_length)]
    with torch.no_grad(), warnings.catch_warnings():
        # What they warn of, a graph that only fits the traced length, is held by the tests.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            tuple(inputs.values()),
            str(exported),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {1: "length"} for name in lengthy},
            opset_version=17,
            dynamo=False,
        )
    logging.getLogger().addFilter(_is_not_advice)
    quantize_dynamic(exported, path, per_channel=True, weight_type=QuantType.QInt8)
    logging.getLogger().removeFilter(_is_not_advice)
    exported.unlink()


def one_thread_session(path: Path) -> "onnxruntime.InferenceSession":
    """Return a graph ready to run, on one thread: the cores go to calls side by side.

    Raises:
        Exception: whatever ONNX Runtime raises for a missing or damaged file.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _is_not_advice(record: logging.LogRecord) -> bool:
    """Keep back ONNX Runtime's advice to pre-process, which fusing for CPUs makes no faster."""
    return "pre-processing" not in record.getMessage()
