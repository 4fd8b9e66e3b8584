"""The questionnaires: seen, changed, proved, translated, and looked at as on a phone."""
