"""Networks as ONNX graphs: written from torch once, run without it."""

import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ModelError

if TYPE_CHECKING:
    import numpy
    import onnxruntime
    import torch
    from numpy.typing import NDArray

_QUANTIZED = "_quantized"


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


def read_weights(path: Path) -> "dict[str, NDArray[numpy.float32]]":
    """Return the weights in a graph that `write_int8_graph` wrote, by their names in the network.

    Linear layers and embeddings come back as int8 left them, everything else as it was.

    Raises:
        ModelError: the file cannot be read, or holds a matrix without a bias, which has no name.
    """
    import numpy
    import onnx
    from onnx import numpy_helper

    try:
        graph = onnx.load(path).graph
    except Exception as error:  # the library raises bare exceptions
        raise ModelError(
            f"{path} cannot be read ({type(error).__name__}: {error}); expected an ONNX graph"
        ) from error
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {name: value for name, value in values.items() if value.dtype == numpy.float32}
    consumers = {name: node for node in graph.node for name in node.input}
    for name, value in values.items():
        if not name.endswith(_QUANTIZED):
            continue
        stem = name.removesuffix(_QUANTIZED)
        scale = weights.pop(f"{stem}_scale")
        value = (value.astype(numpy.float32) - values[f"{stem}_zero_point"]) * scale
        node = consumers[name]
        if node.op_type != "MatMulInteger":
            weights[stem] = value
            continue
        # The export names no matrix: its layer is that of the bias which is added to its product.
        while node.op_type != "Add":
            node = consumers[node.output[0]]
        bias = next((one for one in node.input if one.endswith(".bias")), None)
        if bias is None:
            raise ModelError(f"{path}: found {name} without a bias; expected one for its name")
        weights[bias.removesuffix("bias") + "weight"] = value.T.copy()
    return weights


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
