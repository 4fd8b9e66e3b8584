"""What holds for all tests."""

from hypothesis import settings

from grund import db
from tests.snabb_disk import SNABBA

# An example is wrong or right, never slow: other tests share the cores. (bench/ measures.)
settings.register_profile("utan-klocka", deadline=None)


def pytest_configure() -> None:
    """Wait for no disk, except where storage itself is tried (tests/databas/conftest.py)."""
    settings.load_profile("utan-klocka")
    db.PRAGMAN = SNABBA  # type: ignore[misc]
