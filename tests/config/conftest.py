from tests.committing import committed
from tests.config.house import folder

__all__ = ["committed", "folder"]
