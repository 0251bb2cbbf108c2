"""Fronts: which story stands where, as an editor places them; the rest fills itself."""
