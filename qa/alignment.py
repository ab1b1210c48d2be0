"""How well the words of a question meet words of a passage in meaning, across languages.

A question in another language than the passage shares no word with it, and the vector of a whole
passage blurs what its single words say. So each token of the question looks for its like among the
tokens of the passage, as in ColBERT (Khattab and Zaharia 2020), here with the states of a middle
layer of the encoder as it is: nothing was trained for this.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index import default_model
from index.embedder import cut_windows
from index.token_network import TokenNetwork
from qa.reader_input import BEGIN, END

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

TEMPERATURE = 0.02
"""How far a token's like has to stand out; at 0 only the nearest token of the passage would count.
"""
LENGTH_POWER = 0.25
"""How the length of a passage is made up for: long ones hold a like of everything by chance.

At 1 each token's likes are averaged, at 0 summed. Measured with the temperature on XQuAD over
Chinese passages and on the report: 1 prefers the shortest sub-items, 0 the longest passages.
"""
WINDOW_COUNT = 3
"""Windows that are compared of a long passage, at most."""
KEPT_COUNT = 256
"""Passages whose states are kept for the next question; some 0.2 MB each."""


class Aligner:
    """Compares tokens. Loads at the first call; safe in several threads."""

    def __init__(self, *, cache_folder: Path) -> None:
        self._network = TokenNetwork(default_model.STATES_FILE, cache_folder=cache_folder)
        self._kept_states = lru_cache(maxsize=KEPT_COUNT)(self._passage_states)

    def align(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how well the question's tokens meet its own, mostly 0.3 to 0.6.

        It is the mean over the question's tokens of a soft maximum of their cosines c with the n
        tokens of the text, ``T log(sum exp(c / T) / n ** p)`` with temperature T and power p; -1
        where one of both has no token. A value does not depend on the texts beside it.

        Raises:
            ModelError: the model cannot be loaded.
        """
        import numpy

        asked = self._states(question, prefix="query: ")
        aligned: list[float] = []
        for states in self._pool.map(self._kept_states, texts):
            if not len(asked) or not len(states):
                aligned.append(-1.0)
                continue
            cosines = asked @ states.astype(numpy.float32).T
            # Less 1 before, more after: so the powers stay within what a float holds.
            likes = numpy.exp((cosines - 1) / TEMPERATURE).sum(axis=1)
            soft = numpy.log(likes / len(states) ** LENGTH_POWER)
            aligned.append(float((1 + TEMPERATURE * soft).mean()))
        return aligned

    def met(self, question: str, texts: Sequence[str]) -> float:
        """Return the cosine that three of four tokens of `question` reach with one of `texts`.

        Where a passage answers, most of what is asked for is met; where it is only about the same
        thing, some of it has no like there. 0 where the question or the texts have no token.

        Raises:
            ModelError: the model cannot be loaded.
        """
        import numpy

        asked = self._states(question, prefix="query: ")
        said = [states for states in self._pool.map(self._kept_states, texts) if len(states)]
        if not len(asked) or not said:
            return 0.0
        likes = (asked @ numpy.concatenate(said).astype(numpy.float32).T).max(axis=1)
        return float(numpy.quantile(likes, 0.25))

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)

    def _passage_states(self, text: str) -> "NDArray[numpy.float16]":
        """Return (t, d) unit vectors of the tokens of a passage, half precise for the room."""
        import numpy

        return self._states(text, prefix="passage: ").astype(numpy.float16)

    def _states(self, text: str, *, prefix: str) -> "NDArray[numpy.float32]":
        """Return (t, d) unit vectors of the tokens of `text`, not of `prefix`."""
        import numpy

        tokenizer = self._network.tokenizer
        offsets = tokenizer.encode(text, add_special_tokens=False).offsets
        head = tokenizer.encode(prefix.strip(), add_special_tokens=False).ids
        limit = default_model.TOKEN_LIMIT - len(head) - 2
        windows = cut_windows(offsets, limit=limit, length=len(text))[:WINDOW_COUNT]
        states: list[NDArray[numpy.float32]] = []
        for window in windows:
            part = text[window.start : window.end]
            ids = tokenizer.encode(part, add_special_tokens=False).ids[:limit]
            (found,) = self._network.run([BEGIN, *head, *ids, END])
            states.append(found[0, 1 + len(head) : -1])
        return numpy.concatenate(states)
