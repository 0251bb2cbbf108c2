"""Chats: what readers say of a story, while it is news and where it stands."""
