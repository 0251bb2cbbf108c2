"""Foreign HTML to sanitised blocks."""
