"""Staff: the command line and, later, the pages of the office. The only room that sees all others."""
