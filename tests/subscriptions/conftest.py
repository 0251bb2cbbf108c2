import pytest

from dateline.reader.memo import memo
from tests.factories import a_newsroom


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()
