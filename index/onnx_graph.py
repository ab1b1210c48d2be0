"""Networks as ONNX graphs: written from torch once, run without it."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ModelError

if TYPE_CHECKING:
    import numpy
    import onnx
    import onnxruntime
    import torch
    from numpy.typing import NDArray

BLOCK_SIZE = 128
"""Weights of a row that are scaled together, and so the activations that they are multiplied with.

Scaled over a whole matrix, a few large activations leave the others hardly any of the 256 steps:
the cosine of a paragraph's vector with that of fp32 is 0.997 so, 0.9998 in blocks of 128 and 0.9999
in blocks of 32, which take a sixth longer; what the reader tells from near misses falls by 0.01
(AUC) so and by less than 0.001 in either blocks. Blocks take half as long again as a whole matrix,
fp32 twice as long.
"""
_QUANTIZED = "MatMulNBits"
"""ONNX Runtime's operator: (n, k) weights in blocks, a scale each, an unsigned byte a weight."""
_INT8_PRODUCTS = 4
"""Its accuracy level at which activations are cut to int8 too, block by block."""
_ZERO = 128
"""The byte that stands for 0."""
_STEPS = 127


def write_int8_graph(
    path: Path,
    *,
    network: "torch.nn.Module",
    inputs: Mapping[str, "torch.Tensor"],
    outputs: Mapping[str, bool],
) -> None:
    """Export `network` and quantize its linear layers to int8, in blocks of `BLOCK_SIZE`.

    Args:
        path: file that is written; its folder is made.
        network: takes `inputs` in their order and returns `outputs` in theirs.
        inputs: examples (1, t, ...) by name; t may be another in use.
        outputs: by name, whether the second dimension is t too.
    """
    import onnx
    import torch

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
    model = onnx.load(exported)
    _quantize(model)
    onnx.save(model, path)
    exported.unlink()


def _quantize(model: "onnx.ModelProto") -> None:
    """Put int8 products in the place of those with a matrix of weights whose blocks are whole."""
    import onnx
    from onnx import numpy_helper

    graph = model.graph
    matrices = {tensor.name: tensor for tensor in graph.initializer if len(tensor.dims) == 2}
    for index, node in enumerate(graph.node):
        matrix = matrices.get(node.input[1]) if node.op_type == "MatMul" else None
        if matrix is None or matrix.dims[0] % BLOCK_SIZE:
            continue
        stored, scales = _blocks(numpy_helper.to_array(matrix).T)
        product = onnx.helper.make_node(
            _QUANTIZED,
            [node.input[0], f"{matrix.name}_int8", f"{matrix.name}_scales"],
            list(node.output),
            name=node.name,
            domain="com.microsoft",
            K=matrix.dims[0],
            N=matrix.dims[1],
            bits=8,
            block_size=BLOCK_SIZE,
            accuracy_level=_INT8_PRODUCTS,
        )
        graph.initializer.extend(
            [
                numpy_helper.from_array(stored, product.input[1]),
                numpy_helper.from_array(scales, product.input[2]),
            ]
        )
        graph.initializer.remove(matrix)
        graph.node[index].CopyFrom(product)
    model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))


def _blocks(
    rows: "NDArray[numpy.float32]",
) -> "tuple[NDArray[numpy.uint8], NDArray[numpy.float32]]":
    """Return (n, k) weights as (n, blocks, size) bytes and their (n, blocks) scales."""
    import numpy

    blocks = rows.reshape(len(rows), -1, BLOCK_SIZE)
    scales = numpy.abs(blocks).max(axis=2) / _STEPS
    steps = numpy.rint(blocks / numpy.where(scales, scales, 1.0)[..., None])
    return (steps + _ZERO).astype(numpy.uint8), scales.astype(numpy.float32)


def read_weights(path: Path) -> "dict[str, NDArray[numpy.float32]]":
    """Return the weights in a graph that `write_int8_graph` wrote, by their names in the network.

    Linear layers come back as int8 left them, everything else as it was.

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
    for node in graph.node:
        if node.op_type != _QUANTIZED:
            continue
        _, stored, scales = node.input
        steps = values[stored].astype(numpy.float32) - _ZERO
        rows = steps * weights.pop(scales)[..., None]
        # The export names no matrix: its layer is that of the bias which is added to its product.
        bias = next((n for n in consumers[node.output[0]].input if n.endswith(".bias")), None)
        if bias is None:
            raise ModelError(f"{path}: found {stored} without a bias; expected one for its name")
        weights[bias.removesuffix("bias") + "weight"] = rows.reshape(len(rows), -1)
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
