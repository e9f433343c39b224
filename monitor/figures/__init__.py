"""Figures as people meet them: rows and JSON, look-ups, decisions on them, definitions, masking."""
