"""The signals as they stand today, traced to their counts, and what other goals would give."""
