"""A network of the default model's family on ONNX Runtime, with the tokenizer in front of it.

The encoder, its middle layer and the reader are such networks: they take the vectors of tokens,
which come from one table that is on disk once.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index import default_model
from index.onnx_graph import one_thread_session
from ingest.errors import ModelError

if TYPE_CHECKING:
    import numpy
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer


class _Loaded(NamedTuple):
    tokenizer: "Tokenizer"
    words: "NDArray[numpy.float32]"
    session: "onnxruntime.InferenceSession"


class TokenNetwork:
    """Runs one text a call, on one thread: in a batch, texts of unlike length would be padded.

    Loads at the first use; safe in several threads.
    """

    def __init__(self, graph: Path, *, cache_folder: Path) -> None:
        """Make a network that is not loaded yet.

        Args:
            graph: file, relative to the folder of the prepared default model or absolute.
            cache_folder: where models are prepared.
        """
        self._graph = graph
        self._cache_folder = cache_folder
        self._loading = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def tokenizer(self) -> "Tokenizer":
        """The tokenizer of the network.

        Raises:
            ModelError: the network cannot be loaded.
        """
        return self._load().tokenizer

    def run(
        self, ids: list[int], **inputs: "NDArray[numpy.int64]"
    ) -> "list[NDArray[numpy.float32]]":
        """Return what the network makes of tokens: its outputs, the first dimension of each 1.

        Args:
            ids: of the tokens, at least one.
            inputs: what the network takes besides, by name, (1, t).

        Raises:
            ModelError: the network cannot be loaded.
        """
        import numpy

        loaded = self._load()
        embeddings = numpy.ascontiguousarray(loaded.words[ids])[None]
        outputs: list[NDArray[numpy.float32]] = loaded.session.run(
            None, {"embeddings": embeddings, **inputs}
        )
        return outputs

    def _load(self) -> _Loaded:
        with self._loading:
            if self._loaded is None:
                folder = default_model.prepared_folder(self._cache_folder)
                path = folder / self._graph
                try:
                    tokenizer = default_model.tokenizer(folder)
                    session = one_thread_session(path)
                except Exception as error:  # both libraries raise bare exceptions
                    if self._graph.is_absolute():
                        found, advice = path, "restore that file from the repository"
                    else:
                        found, advice = folder, "delete that folder and it is prepared again"
                    raise ModelError(
                        f"the model in {found} cannot be loaded ({first_line(error)}); {advice}"
                    ) from error
                self._loaded = _Loaded(tokenizer, default_model.word_table(folder), session)
            return self._loaded


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, its kind where it says nothing."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
