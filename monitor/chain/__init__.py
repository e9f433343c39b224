"""The way from a capture to its alerts: read, judged, filed; and read again."""
