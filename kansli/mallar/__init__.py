"""Draft documents with the installation's own facts: to adapt, decide on and keep."""
