"""The only ways to change editions, sections, topics and storylines."""

from dateline.topics.actions.places import delete_section, save_edition, save_section
from dateline.topics.actions.storylines import add_storylines, delete_storyline, save_storyline
from dateline.topics.actions.topics import add_aliases, add_topics, delete_topic, save_topic

__all__ = [
    "add_aliases",
    "add_storylines",
    "add_topics",
    "delete_section",
    "delete_storyline",
    "delete_topic",
    "save_edition",
    "save_section",
    "save_storyline",
    "save_topic",
]
