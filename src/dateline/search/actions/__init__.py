"""The actions of this room: the index is only ever changed by these."""

from dateline.search.actions.keep import index_name, index_story
from dateline.search.actions.rebuild import Progress, rebuild_index

__all__ = ["Progress", "index_name", "index_story", "rebuild_index"]
