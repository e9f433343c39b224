"""Bytes to what a reader would read: title, text, language, publisher and date of publication."""

from monitor.text.page import Dated, Page
from monitor.text.read import read_page

__all__ = ["Dated", "Page", "read_page"]
