"""Alembic's entry: runs on the connection that the store has opened."""

from alembic import context

from store.models import Source

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Source.metadata,
    render_as_batch=True,
    user_module_prefix="store.columns.",
)
with context.begin_transaction():
    context.run_migrations()
