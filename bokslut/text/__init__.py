"""Texts: what authors wrote, the figures that live in it, and what is wrong with it."""
