"""Rules of searching: values in, answer out."""
