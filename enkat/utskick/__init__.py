"""Letters to staff and boards: whom, what, and by which mail server."""
