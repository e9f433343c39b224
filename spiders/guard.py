"""Whom we ask: the public internet, and those private networks that the configuration names.

What a watch lists is written by others. An address of theirs must not make us ask a router, a service of the cloud or
a database of the house, by whatever name, form of number or redirect it leads there. So the addresses are looked at
where connections are made: after names are resolved, for each connection anew.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

Network = IPv4Network | IPv6Network
_TRANSLATED = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an address of IPv4


class PrivateAddressError(Exception):
    """A name or number leads into a network that is not public and that the configuration does not name."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is no address of the public internet")


class Guard:
    """Tells the addresses that may be asked; `allowed` are networks that are not public and may be asked none the less.

    Raises ValueError where one of them is no network.
    """

    def __init__(self, allowed: Iterable[str]) -> None:
        self._allowed: Sequence[Network] = [ip_network(network) for network in allowed]

    def lets(self, address: str) -> bool:
        """Whether this number may be asked. An address that holds another one is as good as that."""
        number = ip_address(address.partition("%")[0])
        if isinstance(number, IPv6Address):
            held = number.ipv4_mapped or number.sixtofour
            if number in _TRANSLATED:
                held = ip_address(int(number) & 0xFFFFFFFF)  # type: ignore[assignment]
            number = held or number
        if any(number in network for network in self._allowed):
            return True
        return number.is_global and not number.is_multicast

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for what a connection is about to be made to. Raises PrivateAddressError."""
        family, kind, protocol, _, where = info
        if not self.lets(where[0]):
            raise PrivateAddressError(where[0])
        return socket.socket(family=family, type=kind, proto=protocol)

    def connector(self, **options: Any) -> TCPConnector:
        """A connector that makes no other connections. `options` are those of aiohttp's own."""
        return TCPConnector(resolver=_Resolver(self), socket_factory=self.socket, **options)


class _Resolver(AbstractResolver):
    """The system's resolver, without what the guard does not let; a name that has nothing else is private."""

    def __init__(self, guard: Guard) -> None:
        self._guard, self._resolver = guard, DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name that may be asked. Raises PrivateAddressError, and OSError where there are none."""
        found = await self._resolver.resolve(host, port, family)
        let = [result for result in found if self._guard.lets(result["host"])]
        if found and not let:
            raise PrivateAddressError(f"{host} ({found[0]['host']})")
        return let

    async def close(self) -> None:
        await self._resolver.close()
