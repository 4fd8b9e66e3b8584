"""Reads a Parquet file as the engine counts it: the small codes that the file holds, never millions of texts.

Each column is read by itself and coded in passes, so memory holds the codes and one pass, however large the file is.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from indikatorer.tabell import Kolumn, Tabell, som_text

# Rows per pass. A pass ends with its row group too, and most writers end a row group at about a million rows.
BIT: Final = 1 << 20
TRADAR: Final = 2


def las_parquet(stig: Path) -> Tabell:
    """The table in a file. An empty cell, "" and NaN are all empty; other values are their text."""
    metadata = pq.read_metadata(stig)
    namn = metadata.schema.to_arrow_schema().names
    with ThreadPoolExecutor(TRADAR) as tradar:
        kolumner = list(tradar.map(lambda n: _las_kolumn(stig, metadata, n), namn))
    return Tabell(stig.as_posix(), metadata.num_rows, dict(zip(namn, kolumner, strict=True)))


def _las_kolumn(stig: Path, metadata: pq.FileMetaData, namn: str) -> Kolumn:
    # Asked to, pyarrow hands out the codes that a text column is stored as. Other types it ignores here.
    with pq.ParquetFile(stig, metadata=metadata, read_dictionary=[namn], memory_map=True) as fil:
        index = {"": 0}
        bitar = [np.zeros(0, dtype=np.int8)]
        for bit in fil.iter_batches(BIT, columns=[namn], use_threads=False):
            bitar.append(_koda(bit.column(0), index))
        return Kolumn(np.concatenate(bitar), tuple(index))


def _koda(bit: pa.Array, index: dict[str, int]) -> NDArray[Any]:
    """The codes of one pass by `index`, which grows with the values that are new."""
    ordbok = bit if isinstance(bit, pa.DictionaryArray) else bit.dictionary_encode()
    koder = [index.setdefault(_som_cell(v), len(index)) for v in ordbok.dictionary.to_pylist()] or [0]
    karta = np.array(koder, dtype=np.min_scalar_type(-len(index)))
    # What stands in the place of an empty cell is undefined, so it may point anywhere.
    kodade = karta.take(_heltal(ordbok.indices), mode="clip")
    return kodade if ordbok.null_count == 0 else np.multiply(kodade, _fyllda(ordbok.indices))


def _som_cell(varde: object) -> str:
    return "" if varde is None or varde != varde else som_text(varde)


def _heltal(koder: pa.Array) -> NDArray[Any]:
    """The codes as they lie in memory. pyarrow's own way imports pandas first, which takes a third of a second."""
    typ = koder.type.to_pandas_dtype()
    return np.frombuffer(koder.buffers()[1], dtype=typ)[koder.offset : koder.offset + len(koder)]


def _fyllda(koder: pa.Array) -> NDArray[np.int8]:
    """1 for each cell that is not empty, 0 for each that is."""
    bitar = np.frombuffer(koder.buffers()[0], dtype=np.uint8)
    return np.unpackbits(bitar, bitorder="little")[koder.offset : koder.offset + len(koder)].view(np.int8)
