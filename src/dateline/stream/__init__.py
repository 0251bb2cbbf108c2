"""The stream: tells open browsers what the journal announced, over server-sent events."""
