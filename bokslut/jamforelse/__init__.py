"""Everything that compares: years, enheter, kommuner and other förbund."""
