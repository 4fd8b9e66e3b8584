"""The account: an evaluation in, a sealed static site out."""
