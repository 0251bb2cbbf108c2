"""Mail: how a letter is put together, and the lines it goes out by."""
