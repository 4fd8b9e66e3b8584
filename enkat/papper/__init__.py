"""Paper: cards with codes, posters, the questionnaire in print, and answers typed in from it."""
