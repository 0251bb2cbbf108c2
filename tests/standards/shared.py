"""Where the shared test material lies, and how a test says that it is not there."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WIREDATA = SHARED / "wiredata"
CORPORA = SHARED / "corpora"
GOLDEN = Path(__file__).parent / "golden"

needs_wiredata = pytest.mark.skipif(
    not WIREDATA.is_dir(), reason="the shared wire documents are not beside this checkout"
)
needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the shared hostile inputs are not beside this checkout"
)


def hostile(family: str) -> Iterator[tuple[str, bytes]]:
    with (CORPORA / f"{family}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "payload_b64" in record:
                yield record["id"], base64.b64decode(record["payload_b64"])
            else:
                yield record["id"], record["payload"].encode("utf-8", "surrogatepass")
