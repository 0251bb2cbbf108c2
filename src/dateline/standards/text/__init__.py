"""Bytes to clean text: encodings, line ends, controls, white space."""
