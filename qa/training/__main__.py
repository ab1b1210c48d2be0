"""``python -m qa.training``: train the reader on rows that ``qa.training.prepare`` made."""

import argparse
import logging
from pathlib import Path

from index import default_model
from qa.training.export import export, shipped_state
from qa.training.rows import read_rows
from qa.training.train import train


def main() -> None:
    """Read the arguments, train, and write ``reader.pt`` and ``reader.onnx``."""
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("rows", nargs="+", type=Path, help="files of python -m qa.training.prepare")
    parser.add_argument("--output", type=Path, required=True, help="folder of the trained reader")
    parser.add_argument("--cache", type=Path, required=True, help="folder of prepared models")
    parser.add_argument("--steps", type=int, required=True, help="of sixteen questions each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--bfloat16",
        action="store_true",
        help="train in bfloat16, for processors that multiply in it",
    )
    parser.add_argument("--initial", type=Path, help="reader.onnx to go on from")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    model_folder = default_model.prepared_folder(options.cache)
    state = options.output / "reader.pt"
    train(
        read_rows(options.rows),
        model_folder=model_folder,
        output=state,
        step_count=options.steps,
        seed=options.seed,
        in_bfloat16=options.bfloat16,
        initial=shipped_state(options.initial) if options.initial else None,
    )
    export(state, model_folder=model_folder, output=options.output / "reader.onnx")


if __name__ == "__main__":
    main()
