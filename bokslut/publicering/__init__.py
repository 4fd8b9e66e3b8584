"""Sealing: a version is built, approved, numbered, published, and verified by anyone."""
