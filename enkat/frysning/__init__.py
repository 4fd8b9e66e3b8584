"""The freeze: envelopes become an immutable table, and in its time the table is disposed of."""
