"""The errors of the store that a person can act on."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened: its address is wrong, or its server or folder cannot be reached."""
