"""What others write leads to nobody who is not on the public internet, by whatever name, number or redirect."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.rehearsal.site import Site
from spiders.guard import Guard
from store.definitions import WatchDefinition
from tests.crawls import Crawls

ENTRY = "<item><title>Rescatan a víctimas de trata de personas</title><link>{}</link></item>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    return Crawls(sqlite_url)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.9.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
        ),
        *("192.0.0.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1"),
        *("64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2002:a00:1::"),
    ],
)
def test_what_is_not_public_is_not_asked(address: str) -> None:
    assert not Guard([]).lets(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "200.48.225.130", "2620:fe::fe", "64:ff9b::909:909", "::ffff:9.9.9.9"])
def test_what_is_public_is_asked(address: str) -> None:
    assert Guard([]).lets(address)


def test_a_network_that_is_named_is_asked_and_no_other() -> None:
    guard = Guard(["10.1.0.0/16", "fd00::/8"])
    assert guard.lets("10.1.2.3")
    assert guard.lets("::ffff:10.1.2.3")
    assert guard.lets("fd00::7")
    assert not guard.lets("10.2.0.1")
    assert not guard.lets("127.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "[::ffff:127.0.0.1]"])
async def test_nobody_on_this_machine_is_asked_where_the_configuration_does_not_say_so(
    crawls: Crawls, site: Site, host: str
) -> None:
    site.put("/rss", "<rss><channel></channel></rss>", "text/xml")
    crawls.define(WatchDefinition(kind="feed", url=f"http://{host}:{site.address.rpartition(':')[2]}/rss"))
    log = await crawls.visit(TRATAWATCH_PRIVATE_NETWORKS=[])
    malformed = host.replace(".", "").isdecimal() and host.count(".") < 3  # refused before it is looked up
    assert [(one.role, one.outcome) for one in log] == [
        (role, "http_error" if malformed else "private") for role in ("robots", "watch")
    ]
    assert all("no address of the public internet" in (one.note or "") for one in log) != malformed
    assert site.requests == []


async def test_a_list_leads_to_no_other_network_neither_does_a_redirect(crawls: Crawls, site: Site) -> None:
    port = site.address.rpartition(":")[2]
    site.put("/moved", "", status=302, headers={"Location": f"http://127.0.0.3:{port}/secret"})
    links = (f"http://127.0.0.2:{port}/secret", f"{site.address}/moved", f"{site.address}/good")
    site.put("/rss", f"<rss><channel>{''.join(map(ENTRY.format, links))}</channel></rss>", "text/xml")
    site.put("/good", "<html><body><p>Una nota.</p></body></html>")
    crawls.define(WatchDefinition(kind="feed", url=f"{site.address}/rss"))
    log = await crawls.visit(TRATAWATCH_PRIVATE_NETWORKS=["127.0.0.1/32"])
    assert [one.outcome for one in log if one.role == "item"] == ["private", "private", "ok"]
    assert not [request for request in site.requests if "secret" in request.path]
