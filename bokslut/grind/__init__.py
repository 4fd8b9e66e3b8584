"""The gate: all that may stand in the way of a publication."""
