"""Reads what was captured, compares it with what was known, and tells."""

from monitor import machine_code

machine_code.use(__path__)
