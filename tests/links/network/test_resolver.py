"""Names: absent is not failing, and one address that is not public blocks them all."""

from __future__ import annotations

import asyncio

import pytest

from linters.links.network.resolver import (
    NameAbsentError,
    NameFailedError,
    NotPublicError,
    Resolver,
)
from tests.links.network.name_server import REFUSED, SERVFAIL, Records, name_server

pytest.importorskip("aiodns")
NAMES: dict[str, Records] = {
    "public.test": ["93.184.216.34", "2606:2800::1"],
    "private.test": ["10.0.0.1"],
    "mixed.test": ["93.184.216.34", "127.0.0.1"],
    "mapped.test": ["::ffff:192.168.0.1"],
    "failing.test": SERVFAIL,
    "refusing.test": REFUSED,
    "silent.test": None,
    "empty.test": [],
}


async def _addresses(name: str) -> set[str]:
    async with name_server(NAMES) as (_, port):
        resolver = Resolver((), nameservers=(("127.0.0.1", port),))
        try:
            return {address for _, address in await resolver.addresses(name)}
        finally:
            await resolver.close()


def test_all_addresses_of_a_public_name() -> None:
    assert asyncio.run(_addresses("public.test")) == {"93.184.216.34", "2606:2800::1"}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("absent.test", NameAbsentError),
        ("failing.test", NameFailedError),
        ("refusing.test", NameFailedError),
        ("silent.test", NameFailedError),
        ("empty.test", NameFailedError),
        ("private.test", NotPublicError),
        ("mixed.test", NotPublicError),
        ("mapped.test", NotPublicError),
        ("localhost", NotPublicError),
        ("localhost.", NotPublicError),
        ("deep.localhost", NotPublicError),
    ],
)
def test_names_that_cannot_be_asked(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        asyncio.run(_addresses(name))
