"""Charts: one ChartSpec, and from it a drawing, a live figure, a table, a file and a sentence with the same figures."""
