"""Texts are packed by a quick library where there is one; whoever opens the store afterwards need not have it."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from support.small_store import item

from store.database import Database

WITHOUT = "import sys; sys.modules['isal'] = None"
ADD = f"""
{{first}}
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from pathlib import Path
from support.small_store import item
from store.database import Database
with Database.open(Path({{folder!r}})) as database:
    database.articles.add([item({{number}})])
"""


@pytest.mark.parametrize("first", ["import sys", WITHOUT])
def test_texts_can_be_read_whatever_packed_them(tmp_path, first: str) -> None:
    folder = tmp_path / "store"
    code = ADD.format(first=first, folder=str(folder), number=1)
    subprocess.run([sys.executable, "-c", code], check=True)
    with Database.open(folder) as database:
        database.articles.add([item(2)])
        for article_id, number in ((1, 1), (2, 2)):
            assert database.texts.document(article_id) == item(number)[1]
    lines = b"".join(gzip.decompress(path.read_bytes()) for path in folder.glob("texts-*.jsonl.gz")).splitlines()
    assert {line.partition(b",")[0] for line in lines} >= {b'["bodies"'}
