"""The real model: the same vectors alone, in company, and through sentence-transformers."""

import itertools
from pathlib import Path

import numpy
import pytest

from index.default_model import prepared_folder
from index.embedder import Embedder, SentenceTransformersEmbedder, cut_windows, load_embedder
from ingest.errors import ModelError
from ingest.report import Span
from ui.settings import Settings

TEXTS = ["各参加国缉获了9,219公斤可卡因", "Le bureau a fourni des conseils.", "short", "长" * 600]


def test_vectors_have_unit_length_and_one_shape(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == numpy.float32
    assert numpy.linalg.norm(vectors, axis=1) == pytest.approx(numpy.ones(4), abs=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    alone = numpy.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert numpy.array_equal(together, alone)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)


def test_queries_and_passages_differ_by_their_prefix(embedder: Embedder) -> None:
    assert not numpy.allclose(embedder.embed_queries(["x"]), embedder.embed_passages(["x"]))


def test_a_question_is_nearer_to_its_answer_in_another_language(embedder: Embedder) -> None:
    query = embedder.embed_queries(["How much cocaine was seized?"])[0]
    right, wrong = embedder.embed_passages([TEXTS[0], "检察官网是交流知识和经验的论坛"])
    assert query @ right > query @ wrong


def test_int8_vectors_stay_close_to_the_model_in_sentence_transformers(
    embedder: Embedder, settings: Settings
) -> None:
    """The prepared folder is what any other local model is: a sentence-transformers folder."""
    folder = str(prepared_folder(settings.cache))
    reference = load_embedder(folder, cache_folder=settings.cache)
    assert isinstance(reference, SentenceTransformersEmbedder)
    assert reference.name == folder
    for exact, fast in (
        (reference.embed_passages(TEXTS[:3]), embedder.embed_passages(TEXTS[:3])),
        (reference.embed_queries(TEXTS[:3]), embedder.embed_queries(TEXTS[:3])),
    ):
        assert (exact * fast).sum(axis=1).min() > 0.999
    assert reference.embed_passages([]).shape == (0, 384)
    assert reference.windows("长短" * 800)[-1].end == 1600


def test_a_model_that_is_not_there_is_named_with_what_was_expected() -> None:
    missing = SentenceTransformersEmbedder("/no/such/model")
    with pytest.raises(ModelError, match=r"'/no/such/model' cannot be loaded .* REPORT_QA_MODEL"):
        missing.embed_queries(["x"])


def test_windows_overlap_and_cover_the_whole_text(embedder: Embedder) -> None:
    text = "".join(f"第{number}段说明情况。" for number in range(400))
    windows = embedder.windows(text)
    assert len(windows) > 1
    assert windows[0].start == 0 and windows[-1].end == len(text)
    for before, after in itertools.pairwise(windows):
        assert before.start < after.start < before.end < after.end


def test_a_short_text_is_one_window(embedder: Embedder) -> None:
    assert embedder.windows("  短 ") == [Span(start=0, end=4)]
    assert embedder.windows("") == [Span(start=0, end=0)]


def test_cut_windows_by_hand() -> None:
    # Ten tokens of two characters, four a window: a quarter is repeated, so every third begins one.
    offsets = [(2 * i, 2 * i + 2) for i in range(10)]
    assert cut_windows(offsets, limit=4, length=21) == [
        Span(start=0, end=8),
        Span(start=6, end=14),
        Span(start=12, end=21),
    ]


def test_without_the_packaged_weights_the_same_model_is_prepared_from_the_hub(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Settings,
    embedder: Embedder,
    tmp_path: Path,
) -> None:
    """A folder stands for the hub, whose names and folders are loaded by the same call."""
    folder = prepared_folder(settings.cache)
    monkeypatch.setattr("index.default_model.packaged_files", lambda: None)
    monkeypatch.setattr("index.default_model.HUB_NAME", str(folder))
    fallback = load_embedder(None, cache_folder=tmp_path)
    assert fallback.name != embedder.name
    assert numpy.array_equal(fallback.embed_passages(TEXTS), embedder.embed_passages(TEXTS))
    assert "taking the same model from the hub" in caplog.text


def test_without_weights_and_hub_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("index.default_model.packaged_files", lambda: None)
    monkeypatch.setattr("index.default_model.HUB_NAME", str(tmp_path / "nothing"))
    with pytest.raises(ModelError, match="connect to the internet once, or set REPORT_QA_MODEL"):
        load_embedder(None, cache_folder=tmp_path / "cache").embed_queries(["x"])
    assert not list((tmp_path / "cache").iterdir())
