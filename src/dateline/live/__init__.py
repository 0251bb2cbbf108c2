"""Live coverage: what is told of one story post by post, while it happens."""
