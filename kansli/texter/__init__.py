"""Texts of the bokslut: foreword, about, and a comment per indicator, edited with the figures as they will read."""
