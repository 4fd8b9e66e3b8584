"""The commands of `bokslut`, one file per subject, and what they share on a terminal."""
