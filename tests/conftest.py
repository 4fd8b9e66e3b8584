"""What holds for all tests."""

from grund import db
from tests.snabb_disk import SNABBA


def pytest_configure() -> None:
    """Wait for no disk, except where storage itself is tried (tests/databas/conftest.py)."""
    db.PRAGMAN = SNABBA  # type: ignore[misc]
