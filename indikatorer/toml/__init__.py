"""Reads TOML as people write it: every fault at its place, all at once. docs/beslut/0001."""
