"""Print: the PDF twin, the board's page, and the tables for Word."""
