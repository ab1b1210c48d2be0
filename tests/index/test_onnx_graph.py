"""Graphs are small and say what the network says."""

from pathlib import Path

import numpy
import torch

from index.onnx_graph import BLOCK_SIZE, one_thread_session, read_weights, write_int8_graph


def test_a_row_of_weights_is_cut_to_127_steps_either_way(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2 * BLOCK_SIZE, 2)
    with torch.no_grad():
        layer.weight.fill_(0.0)
        layer.weight[0, :3] = torch.tensor([1.0, -0.5, 0.1])
        layer.weight[0, BLOCK_SIZE] = 1000.0  # another block: does not coarsen the first
        layer.bias.copy_(torch.tensor([0.25, -0.25]))
    write_int8_graph(
        tmp_path / "graph.onnx",
        network=torch.nn.Sequential(layer),
        inputs={"row": torch.zeros((1, 8, 2 * BLOCK_SIZE))},
        outputs={"sums": True},
    )
    weights = read_weights(tmp_path / "graph.onnx")
    # -0.5 is 63.5 steps of 1/127, 0.1 is 12.7: rounded to 64 and 13.
    numpy.testing.assert_allclose(weights["0.weight"][0, :3], [1, -64 / 127, 13 / 127], rtol=1e-6)
    assert weights["0.weight"][0, BLOCK_SIZE] == 1000
    assert not weights["0.weight"][1].any()
    session = one_thread_session(tmp_path / "graph.onnx")
    row = numpy.zeros((1, 3, 2 * BLOCK_SIZE), numpy.float32)
    row[0, 1, 0], row[0, 2, 1] = 2.0, 1.0
    (sums,) = session.run(None, {"row": row})
    expected = [[0.25, -0.25], [2.25, -0.25], [0.25 - 64 / 127, -0.25]]
    numpy.testing.assert_allclose(sums[0], expected, atol=1e-4)


def test_a_matrix_that_does_not_fill_its_blocks_stays_as_it_is(tmp_path: Path) -> None:
    layer = torch.nn.Linear(3, 2)
    write_int8_graph(
        tmp_path / "graph.onnx",
        network=torch.nn.Sequential(layer),
        inputs={"row": torch.zeros((1, 8, 3))},
        outputs={"sums": True},
    )
    row = torch.rand((1, 4, 3))
    (sums,) = one_thread_session(tmp_path / "graph.onnx").run(None, {"row": row.numpy()})
    numpy.testing.assert_allclose(sums, layer(row).detach().numpy(), rtol=1e-5)
