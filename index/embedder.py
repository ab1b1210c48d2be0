"""Turn text into vectors: the protocol and its two implementations."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index import default_model
from index.token_network import TokenNetwork, first_line
from ingest.errors import ModelError
from ingest.report import Span

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

WINDOW_OVERLAP = 0.25
"""Share of a window that the next one repeats, so that no sentence is only seen cut in two."""


class Embedder(Protocol):
    """What turns text into vectors of unit length.

    Making one costs nothing; the model is loaded by the first call that needs it. Calls may come
    from several threads.
    """

    @property
    def name(self) -> str:
        """Identity of the model and of all that changes its vectors.

        Vectors of different names are never compared.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """Return (n, d) float32 unit vectors in the order of `texts`; (0, d) for none.

        The vector of a text does not depend on the texts beside it. What a text has beyond the
        model's window is not seen: cut it with `windows` first.

        Raises:
            ModelError: the model cannot be loaded.
        """
        ...

    def embed_queries(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """Return (n, d) float32 unit vectors of questions; otherwise as `embed_passages`."""
        ...

    def windows(self, text: str) -> list[Span]:
        """Return the overlapping ranges of `text` that each fit into the model, in order.

        A text that fits comes back as one range over all of it.
        """
        ...


def load_embedder(model: str | None, *, cache_folder: Path) -> Embedder:
    """Return the embedder for a model's hub name or folder, or for None the default model."""
    if model is not None:
        return SentenceTransformersEmbedder(model)
    return OnnxEmbedder(cache_folder=cache_folder)


def cut_windows(offsets: Sequence[tuple[int, int]], *, limit: int, length: int) -> list[Span]:
    """Cut a text of `length` code points into ranges of at most `limit` tokens.

    Args:
        offsets: code-point range of each token, rising.
        limit: tokens in a window, at least 1.
        length: of the text; the first and last windows reach its ends.
    """
    if len(offsets) <= limit:
        return [Span(start=0, end=length)]
    step = max(1, int(limit * (1 - WINDOW_OVERLAP)))
    spans: list[Span] = []
    for first in range(0, len(offsets), step):
        is_last = first + limit >= len(offsets)
        start = offsets[first][0] if first else 0
        spans.append(Span(start=start, end=length if is_last else offsets[first + limit - 1][1]))
        if is_last:
            break
    return spans


class OnnxEmbedder:
    """The prepared default model on ONNX Runtime: starts fast, needs no torch.

    Threads go to the texts, not into one product, which is as fast and does not collapse when the
    machine is busy.
    """

    _QUERY = "query: "
    _PASSAGE = "passage: "

    def __init__(self, *, cache_folder: Path) -> None:
        self._network = TokenNetwork(default_model.ONNX_FILE, cache_folder=cache_folder)
        self._name = default_model.name()

    @property
    def name(self) -> str:
        """See `Embedder.name`."""
        return self._name

    def embed_passages(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_passages`."""
        return self._embed(texts, prefix=self._PASSAGE)

    def embed_queries(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_queries`."""
        return self._embed(texts, prefix=self._QUERY)

    def windows(self, text: str) -> list[Span]:
        """See `Embedder.windows`."""
        encoding = self._network.tokenizer.encode(text, add_special_tokens=False)
        return cut_windows(encoding.offsets, limit=self._passage_limit, length=len(text))

    @cached_property
    def _passage_limit(self) -> int:
        prompt = self._network.tokenizer.encode(self._PASSAGE)
        return default_model.TOKEN_LIMIT - len(prompt.ids)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)

    def _embed(self, texts: Sequence[str], *, prefix: str) -> "NDArray[numpy.float32]":
        import numpy

        if not texts:
            return numpy.empty((0, default_model.DIMENSION), dtype=numpy.float32)
        encodings = self._network.tokenizer.encode_batch([prefix + text for text in texts])
        token_ids = [encoding.ids for encoding in encodings]
        if len(token_ids) == 1:
            return self._run(token_ids[0])[None, :]
        return numpy.stack(list(self._pool.map(self._run, token_ids)))

    def _run(self, token_ids: list[int]) -> "NDArray[numpy.float32]":
        if len(token_ids) > default_model.TOKEN_LIMIT:
            token_ids = token_ids[: default_model.TOKEN_LIMIT - 1] + token_ids[-1:]
        (vectors,) = self._network.run(token_ids)
        vector: NDArray[numpy.float32] = vectors[0]
        return vector


class SentenceTransformersEmbedder:
    """Any other model through sentence-transformers, by hub name or local folder.

    The model's own prompts for queries and passages are used where it brings them; models named
    `e5` without prompts get the two that this family was trained with.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._loading = threading.Lock()
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        """See `Embedder.name`."""
        return self._name

    def embed_passages(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_passages`."""
        return self._embed(texts, prompt=self._prompt("document", "passage"))

    def embed_queries(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_queries`."""
        return self._embed(texts, prompt=self._prompt("query", "query"))

    def windows(self, text: str) -> list[Span]:
        """See `Embedder.windows`."""
        model = self._loaded()
        tokenizer = model.tokenizer
        prompt_count = len(tokenizer(self._prompt("document", "passage"))["input_ids"])
        encoding = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        limit = (model.get_max_seq_length() or tokenizer.model_max_length) - prompt_count
        return cut_windows(encoding["offset_mapping"], limit=limit, length=len(text))

    def _prompt(self, own_name: str, e5_name: str) -> str:
        prompt = self._loaded().prompts.get(own_name)
        if prompt:
            return str(prompt)
        is_e5 = "e5" in Path(self._name).name.lower().split("-")
        return f"{e5_name}: " if is_e5 else ""

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                try:
                    from sentence_transformers import SentenceTransformer

                    self._model = SentenceTransformer(self._name, device="cpu")
                except Exception as error:  # network, file and format errors of three libraries
                    raise ModelError(
                        f"the model {self._name!r} cannot be loaded ({first_line(error)}); "
                        "expected in REPORT_QA_MODEL the hub name or the folder of a "
                        "sentence-transformers model"
                    ) from error
            return self._model

    def _embed(self, texts: Sequence[str], *, prompt: str) -> "NDArray[numpy.float32]":
        import numpy

        model = self._loaded()
        if not texts:
            return numpy.empty((0, model.get_embedding_dimension() or 0), dtype=numpy.float32)
        vectors = model.encode(
            list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return numpy.asarray(vectors, dtype=numpy.float32)
