"""Benchmarks: whole processes beside a peer in the same run. Not part of the package."""
