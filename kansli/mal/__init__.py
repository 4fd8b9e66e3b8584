"""The goals: målområden, mål and indikatorer of a year, decided, changed and kept in versions."""
