"""What developers' commands run: tests, checks, throw-away servers."""
