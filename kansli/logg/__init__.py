"""The log: what was done, by whom, when, and what it was before."""
