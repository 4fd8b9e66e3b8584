"""The survey: questionnaires as data, rounds, codes and answers that nobody can trace to a person."""
