"""Proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.request import getproxies


def proxies_from(proxies: Mapping[str, str] | None = None) -> Callable[[str, str, int], str | None]:
    """A function from (scheme, host, port) to the URL of the proxy to use, None for none.

    ``proxies`` are by scheme, with ``no`` for the exceptions; None reads the environment.
    """
    known = {
        name: value if "://" in value else f"http://{value}" if name != "no" else value
        for name, value in (getproxies() if proxies is None else proxies).items()
        if value
    }

    exceptions = tuple(part.strip().lower() for part in known.get("no", "").split(","))

    @lru_cache(maxsize=4096)
    def proxy(scheme: str, host: str, port: int) -> str | None:
        url = known.get(scheme) or known.get("all")
        if not url or not url.startswith(("http://", "https://")):
            return None
        if _bypassed(host, port, exceptions):
            return None
        return url

    return proxy


def _bypassed(host: str, port: int, exceptions: tuple[str, ...]) -> bool:
    """Whether a host is asked directly: named itself or by a domain above it, ``*``, or an
    address in a network in CIDR notation."""
    for exception in exceptions:
        name, _, at = exception.partition(":") if exception.count(":") == 1 else (exception, "", "")
        if not name or (at and at != str(port)):
            continue
        bare = name.lstrip("*").lstrip(".")
        if name == "*" or host == bare or host.endswith("." + bare) or _in_network(host, name):
            return True
    return False


def _in_network(host: str, network: str) -> bool:
    try:
        return "/" in network and ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
