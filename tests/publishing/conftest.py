from tests.committing import committed

__all__ = ["committed"]
