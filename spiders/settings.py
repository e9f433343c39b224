"""Scrapy's settings where we differ from its defaults, each with the reason.

A visit brings settings of its own, given by whoever starts the crawl:

- `TRATAWATCH_STORE`: the address of the store, as SQLAlchemy writes it.
- `TRATAWATCH_CLOCK`: a `store.clock.Clock`; without one the time of the machine holds.
- `TRATAWATCH_CONTACT`: an address (https: or mailto:) in the user agent, where a webmaster finds us.
- `TRATAWATCH_PRIVATE_NETWORKS`: networks that are not public and may be asked all the same (see spiders/guard.py).
- `TRATAWATCH_DRY`: nothing is written; the writes are in `crawler.spider.archive.pending`.

Arguments of a spider: `source`, the id of a source (by default the spider's name); `visit`, the id of the visit under
which requests are logged (without one they are not); `store`, an open `store.database.Store` in place of the address;
`definition`, a `store.definitions.SourceDefinition` in place of the one in the store.
"""

from __future__ import annotations

from typing import Any

ADDONS = {"monitor.visits.by_hand.Configured": 0}  # a crawl started by hand goes the way of the daemon
# A visit starts no second request before the first has been answered, so one slot is enough; the pause between
# requests is not Scrapy's (it knows one crawl alone) but that of spiders.turns, over all visits.
AUTOTHROTTLE_ENABLED = False
BOT_NAME = "tratawatch"
COMMANDS_MODULE = "spiders.commands"  # `crawl` ends with 1 where the source failed
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
COOKIES_ENABLED = False  # a reader needs none, and none shall make two visits differ
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "es,en;q=0.8",  # the languages of the sources
}
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # addresses come from watches, not from links
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "spiders.robots.ConditionalRobotsMiddleware": 100,
    "spiders.user_agent.ContactMiddleware": 500,
}
DOWNLOAD_DELAY = 0  # see above
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "data": None,  # a feed must not be able to make us read what is not on the web
    "file": None,
    "ftp": None,
    "http": "spiders.transport.PoliteDownloadHandler",
    "https": "spiders.transport.PoliteDownloadHandler",
    "s3": None,
}
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # a long report as PDF has some megabytes; Scrapy would take a gigabyte
DOWNLOAD_TIMEOUT = 30  # seconds; a server that says nothing must not hold a visit
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default; who can change a page on its way can change a figure
DOWNLOAD_WARNSIZE = 0  # a large document is no event
EXTENSIONS: dict[str, int | None] = {
    "scrapy.extensions.logstats.LogStats": None,  # pages a minute say nothing about a visit
    "scrapy.extensions.memusage.MemoryUsage": None,  # the process holds more than one crawl
    "scrapy.extensions.telnet.TelnetConsole": None,
}
FEED_EXPORT_ENCODING = "utf-8"  # Víctimas, not V\u00edctimas
HTTPCACHE_ENABLED = False  # a page that is not fetched is not watched
LOG_LEVEL = "WARNING"  # the log of the visit says what happened, for people
METAREFRESH_MAXDELAY = 5  # seconds; a page that reloads itself later is the page
REDIRECT_MAX_TIMES = 5
REFERER_ENABLED = True  # Scrapy's redirects ask for it; the visit itself sends no referer
REMOTE_CONTROL_ENABLED = False  # on by default: an HTTP server that runs Python
# What may be better in a moment. A name that does not resolve or a closed port is not, a server that said nothing for
# half a minute neither, and a cut connection is tried again by aiohttp.
RETRY_EXCEPTIONS = ["scrapy.exceptions.ResponseDataLossError"]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the log of the visit says it for people
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]  # after the pause that the host asks for, if it does
RETRY_TIMES = 1  # the next visit comes soon
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "tratawatch"  # the name by which a robots.txt may speak to us
SPIDER_MODULES = ["spiders.sources"]
STATS_DUMP = False  # the log of the visit says what happened
TELNETCONSOLE_ENABLED = False
TRATAWATCH_CLOCK: Any = None
TRATAWATCH_CONTACT: str | None = None
TRATAWATCH_DRY = False
TRATAWATCH_PRIVATE_NETWORKS: list[str] = []
TRATAWATCH_STORE = "sqlite:///tratawatch.db"
TWISTED_REACTOR_ENABLED = False  # crawls run in the loop of the daemon, many in one process
