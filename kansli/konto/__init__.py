"""Accounts: who works here, how she comes in, and how she proves that she is herself."""
