"""The rounds of the surveys: made, printed, opened, written about, closed, frozen and disposed of in the browser."""
