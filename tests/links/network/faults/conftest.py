"""The fault server, running for the tests of this folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.links.network.faults.certificates import authority
from tests.links.network.faults.fault import Fault
from tests.links.network.faults.server import FaultServer
from tests.links.network.faults.table import FAULTS
from tests.links.network.faults.table.names import IPV6, ZONES
from tests.links.network.faults.table.wire import ON_ACCEPT


def has_ipv6() -> bool:
    """Whether ::1 can be listened on."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def faults() -> tuple[Fault, ...]:
    """The rows of the table that this machine can play."""
    return (*FAULTS, *IPV6) if has_ipv6() else FAULTS


@pytest.fixture(scope="session")
def server(faults: tuple[Fault, ...]) -> Iterator[FaultServer]:
    """A running fault server."""
    with FaultServer(faults, ZONES, ON_ACCEPT) as running:
        yield running


@pytest.fixture(scope="session")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The certificate of the CA that signs the good certificates."""
    path: Path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority().cert_pem.write_to_path(path)
    return str(path)
