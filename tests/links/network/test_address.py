"""The address guard, whatever way an address is written."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.links.network.address import allowed
from linters.links.web.urls import InvalidUrlError, split_target

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001::80ff:fffe",
    "fec0::1",
    "3fff::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not allowed(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::1.1.1.1", "2002:101:101::1"],
)
def test_public(address: str) -> None:
    assert allowed(address)


def test_the_command_line_opens_exceptions() -> None:
    networks = (ip_network("10.0.0.0/8"),)
    assert allowed("10.1.2.3", networks)
    assert allowed("::ffff:10.1.2.3", networks)
    assert not allowed("192.168.0.1", networks)


@pytest.mark.parametrize(
    "host",
    [
        "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.0x1", "127.0.0.1.",
        "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_spellings_of_one_address(host: str) -> None:
    assert split_target(f"http://{host}/").host == "127.0.0.1"


@pytest.mark.parametrize("host", ["256.1.1.1", "1.2.3.4.5", "0x100000000", "1.2.3.08", "09"])
def test_numbers_that_are_no_address(host: str) -> None:
    with pytest.raises(InvalidUrlError):
        split_target(f"http://{host}/")


@given(st.integers(0, 2**32 - 1))
def test_every_number_is_an_address(number: int) -> None:
    expected = str(IPv4Address(number))
    for spelling in (str(number), hex(number), f"0{number:o}"):
        assert split_target(f"http://{spelling}/").host == expected


@given(st.ip_addresses(v=4))
def test_carried_addresses_are_judged_by_the_one_inside(address: IPv4Address) -> None:
    mapped = ip_address(f"::ffff:{address}")
    assert allowed(str(mapped)) == allowed(str(address))
