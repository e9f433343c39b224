"""Dates as web sites write them beside a link: the reader's, which the text of a page is read with, too."""

from __future__ import annotations

from monitor.reader.dates import LIMA, LONGEST, find_date, local_day

__all__ = ["LIMA", "LONGEST", "find_date", "local_day"]
