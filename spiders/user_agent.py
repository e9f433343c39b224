"""Who we are, to web servers: a name that starts as some demand, our version, and how to reach us."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler


def user_agent(contact: str | None) -> str:
    """The honest form that servers with a wall before them accept: Mozilla/5.0 (compatible; NAME; +ADDRESS)."""
    reach = f"; +{contact}" if contact else ""
    return f"Mozilla/5.0 (compatible; tratawatch/{_version()}{reach})"


def _version() -> str:
    try:
        return version("tratawatch")
    except PackageNotFoundError:
        return "0"


class ContactMiddleware:
    """Sets the user agent of each request, with the contact address of the visit's settings."""

    def __init__(self, agent: str) -> None:
        self._agent = agent

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(user_agent(crawler.settings["TRATAWATCH_CONTACT"]))

    def process_request(self, request: Request) -> None:
        request.headers["User-Agent"] = self._agent
