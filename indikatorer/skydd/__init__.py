"""Disclosure control: what is hidden, what a reader could have found, and the proof that she cannot."""
