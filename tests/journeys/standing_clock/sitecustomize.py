"""Have the house's clock stand: Python itself finds this file where `PYTHONPATH` leads to it."""

import os
from datetime import datetime

from dateline.common import clock

MOMENT = datetime.fromisoformat(os.environ["STANDS_AT"])
clock.now = lambda: MOMENT
