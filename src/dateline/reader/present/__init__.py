"""From rows to contexts: what each page and partial is given."""
