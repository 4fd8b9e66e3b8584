"""Answers that come from elsewhere: earlier years and other tools, through a saved mapping."""
