"""Long work: a freeze, an import, a publication. It goes on when the page is closed, and tells how far it has come."""
