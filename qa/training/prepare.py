"""``python -m qa.training.prepare``: make the rows that the reader is trained on.

Of question files in SQuAD form, given by path: each pass puts every question once beside its
passage, a near miss and a passage that retrieval finds, other ones each time.
"""

import argparse
import logging
import random
from pathlib import Path

from index import default_model
from index.embedder import OnnxEmbedder
from ingest.errors import QuestionFileError
from qa.training.groups import GroupMaker, nearest_passages
from qa.training.lexicon import add_lexicon_options, lexicons_of, read_readings
from qa.training.rows import RowMaker
from qa.training.squad import read_squad


def main() -> None:
    """Read the arguments, make the groups of all passes and write them."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.training.prepare", description=__doc__.splitlines()[0]
    )
    parser.add_argument("squad", nargs="+", type=Path, help="question files in SQuAD form")
    parser.add_argument("--output", type=Path, required=True, help="file of the rows (.npz)")
    parser.add_argument("--cache", type=Path, required=True, help="folder of prepared models")
    parser.add_argument("--passes", type=int, required=True, help="over all questions")
    parser.add_argument("--seed", type=int, default=1)
    add_lexicon_options(parser)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    examples = [example for path in options.squad for example in read_squad(path)]
    lexicons = lexicons_of(options)
    logging.info("%d questions, %d lexicons", len(examples), len(lexicons))
    maker = GroupMaker(
        examples,
        nearest=nearest_passages(
            examples, among=examples, embedder=OnnxEmbedder(cache_folder=options.cache)
        ),
        lexicons=list(lexicons.values()),
        readings=read_readings(options.cedict) if options.cedict else {},
        cache_folder=options.cache,
    )
    generator = random.Random(options.seed)
    groups = (group for _ in range(options.passes) for group in maker.groups(generator=generator))
    tokenizer = default_model.tokenizer(default_model.prepared_folder(options.cache))
    rows = RowMaker(tokenizer).row_set(groups, generator=generator)
    if not rows.groups:
        raise QuestionFileError("no question of the files fits into a row; check the files")
    rows.save(options.output)
    logging.info("%d questions and what they stand beside", len(rows.groups))


if __name__ == "__main__":
    main()
