"""Runs the steps over the connection that `grund.db.migrera` hands over; all of them, or none, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
