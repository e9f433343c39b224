"""What becomes of a visit when servers refuse, fail, lie or say nothing: an outcome for each, in bounded time."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.rehearsal.site import Site
from store.clock import Clock
from store.definitions import WatchDefinition
from tests.crawls import Crawls, said

FEED = '<rss version="2.0"><channel><title>Paper</title></channel></rss>'
TOLD = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        site.put("/rss", FEED, "application/rss+xml")
        yield site


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    return Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=TOLD, speed=100_000))


@pytest.fixture
def slow_crawls(sqlite_url: str) -> Crawls:
    """Crawls in whose time robots.txt stays fresh."""
    return Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=TOLD))


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


def feed(site: Site, path: str = "/rss") -> WatchDefinition:
    return WatchDefinition(kind="feed", url=site.address + path)


async def outcome(crawls: Crawls, **settings: Any) -> tuple[str, str | None]:
    """Outcome and note of the first watch of a visit."""
    return next((f.outcome, f.note) for f in await crawls.visit(**settings) if f.role == "watch")


async def test_a_closed_port_does_not_keep_other_watches_from_being_read(
    site: Site, crawls: Crawls, closed_port: int
) -> None:
    crawls.define(WatchDefinition(kind="feed", url=f"http://127.0.0.1:{closed_port}/rss"), feed(site))
    assert said(await crawls.visit()) == [
        ("robots", "/robots.txt", "refused"),
        ("watch", "/rss", "refused"),
        ("robots", "/robots.txt", "ok"),
        ("watch", "/rss", "ok"),
    ]


async def test_a_host_that_does_not_resolve(crawls: Crawls) -> None:
    crawls.define(WatchDefinition(kind="feed", url="http://nowhere.invalid/rss"))
    assert (await outcome(crawls))[0] == "dns"


async def test_a_server_that_never_answers(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site), feed(site, "/other"))
    site.break_with("hang")
    assert await outcome(crawls, DOWNLOAD_TIMEOUT=0.3) == ("timeout", "not asked for: no whole answer in time")
    assert len(site.requests) == 1


async def test_a_server_that_stops_to_answer_is_left_after_two_tries(site: Site, slow_crawls: Crawls) -> None:
    crawls = slow_crawls
    crawls.define(*(feed(site, f"/{n}") for n in range(4)))
    await crawls.visit()
    site.break_with("hang")
    log = await crawls.visit(DOWNLOAD_TIMEOUT=0.3)
    assert [f.outcome for f in log] == ["timeout"] * 4
    assert site.count(0) == 2


async def test_a_cut_connection_is_tried_once_more(site: Site, slow_crawls: Crawls) -> None:
    crawls = slow_crawls
    crawls.define(feed(site))
    await crawls.visit()
    site.break_with("drop")
    assert await outcome(crawls) == ("http_error", "the server cut the connection")
    assert site.count(0) == 2


@pytest.mark.parametrize(
    ("status", "named", "tries"),
    [
        (401, "blocked", 1),
        (403, "blocked", 1),
        (404, "gone", 1),
        (410, "gone", 1),
        (418, "http_error", 1),
        (451, "blocked", 1),
        (500, "server_error", 2),
        (503, "server_error", 2),
    ],
)
async def test_a_status_is_told_and_what_may_pass_is_tried_once_more(
    site: Site, crawls: Crawls, status: int, named: str, tries: int
) -> None:
    crawls.define(feed(site))
    site.put("/rss", "no", status=status)
    assert (await outcome(crawls))[0] == named
    assert site.count(path="/rss") == tries


async def test_a_host_that_asks_for_a_pause_gets_it_in_the_visit(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", "slow down", status=429, headers={"Retry-After": "120"})
    began = crawls.clock.now()
    assert (await outcome(crawls))[0] == "blocked"
    assert site.count(429) == 2
    assert crawls.clock.now() - began >= timedelta(seconds=120)


async def test_a_host_that_asks_for_a_long_pause_is_left_alone(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site), feed(site, "/other"))
    site.put("/rss", "later", status=503, headers={"Retry-After": "999999999"})
    log = await crawls.visit()
    assert [f.outcome for f in log if f.role == "watch"] == ["blocked", "blocked"]
    assert "is left alone until" in str(log[-1].note)
    assert len(site.requests) == 2


async def test_a_page_that_checks_for_robots_is_no_content(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.wall("/rss")
    named, note = await outcome(crawls)
    assert named == "blocked"
    assert "checks for robots" in str(note)


async def test_content_with_the_scripts_of_a_wall_is_content(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    item = f"<item><title>{'Trata de personas. ' * 60}</title><link>/a</link></item></channel>"
    site.put("/rss", FEED.replace("</channel>", item) + "<script src='/cdn-cgi/challenge-platform/x.js'></script>")
    assert (await outcome(crawls))[0] == "ok"


async def test_a_feed_that_is_no_feed_names_address_and_what_came(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", "<html><body>Página en construcción</body></html>")
    named, note = await outcome(crawls)
    assert named == "unreadable"
    assert f"{site.address}/rss: expected a feed" in str(note)
    assert "text/html" in str(note)


async def test_a_large_answer_is_cut_off(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", FEED + " " * 50_000)
    assert (await outcome(crawls, DOWNLOAD_MAXSIZE=20_000))[0] == "too_large"


async def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", gzip.compress(b" " * 5_000_000), headers={"Content-Encoding": "gzip"})
    assert (await outcome(crawls, DOWNLOAD_MAXSIZE=1_000_000))[0] == "too_large"


async def test_redirects_without_end_are_not_followed_without_end(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", "", status=302, headers={"Location": "/rss"})
    named, note = await outcome(crawls)
    assert (named, note) == ("http_error", "it redirects without end")
    assert site.count(302) == 6


async def test_a_redirect_out_of_the_web_is_not_followed(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/rss", "", status=302, headers={"Location": "file:///etc/hostname"})
    assert (await outcome(crawls))[0] == "http_error"


async def test_what_robots_txt_forbids_is_not_asked_for(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site, "/admin/rss"), feed(site))
    log = await crawls.visit()
    assert [f.outcome for f in log if f.role == "watch"] == ["refused_by_robots", "ok"]
    assert site.count(path="/admin/rss") == 0


async def test_a_robots_txt_may_speak_to_us_by_name(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site))
    site.put("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: tratawatch\nDisallow: /\n")
    assert (await outcome(crawls))[0] == "refused_by_robots"


async def test_robots_txt_is_asked_for_conditionally_and_a_304_keeps_its_rules(
    site: Site, slow_crawls: Crawls, sqlite_url: str
) -> None:
    crawls = slow_crawls
    crawls.define(feed(site, "/admin/rss"))
    await crawls.visit()
    await crawls.visit()
    assert site.count(path="/robots.txt") == 1
    later = Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=TOLD + timedelta(days=1)))
    assert said(await later.visit()) == [
        ("robots", "/robots.txt", "not_modified"),
        ("watch", "/admin/rss", "refused_by_robots"),
    ]


@pytest.mark.parametrize(("status", "named"), [(404, "ok"), (403, "ok"), (500, "server_error")])
async def test_without_a_robots_txt_all_is_allowed_and_with_a_failing_one_nothing(
    site: Site, crawls: Crawls, status: int, named: str
) -> None:
    crawls.define(feed(site))
    site.put("/robots.txt", "no", status=status)
    assert (await outcome(crawls))[0] == named


async def test_a_server_without_encryption_behind_an_encrypted_address(site: Site, crawls: Crawls) -> None:
    crawls.define(WatchDefinition(kind="feed", url=site.address.replace("http:", "https:") + "/rss"))
    assert (await outcome(crawls))[0] == "tls"


async def test_a_certificate_that_nobody_vouches_for(crawls: Crawls, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(tmp_path))
    runner = web.AppRunner(web.Application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    crawls.define(WatchDefinition(kind="feed", url=f"https://127.0.0.1:{runner.addresses[0][1]}/rss"))
    assert (await outcome(crawls))[0] == "tls"
    await runner.cleanup()


def _own_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper.example")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2099, 1, 1))  # noqa: DTZ001
    path = folder / "own.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path
