"""Which addresses may be connected to: public ones, and those that the command line allows.

Judged by the IANA special-purpose registries, and where an address contains another one
(IPv4-mapped, NAT64, 6to4, Teredo) by the inner address as well.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPNetwork = IPv4Network | IPv6Network
IPAddress = IPv4Address | IPv6Address


def _networks(texts: str) -> tuple[IPNetwork, ...]:
    return tuple(map(ip_network, texts.split()))


_NOT_PUBLIC = _networks(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 "
    "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 "
    "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
    "168.63.129.16/32"  # Azure's own metadata and health service, in public space
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = _networks("2001::/23 2001:db8::/32 2002::/16 3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")
_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_COMPATIBLE = IPv6Network("::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")


@lru_cache(maxsize=4096)
def allowed(address: str, networks: tuple[IPNetwork, ...] = ()) -> bool:
    """Whether an IP address (as text; a zone id is ignored) may be connected to."""
    ip = ip_address(address.partition("%")[0])
    inner = embedded(ip)
    if inner is not None:
        return _within(ip, networks) or allowed(str(inner), networks)
    return is_public(ip) or _within(ip, networks)


def _within(ip: IPAddress, networks: tuple[IPNetwork, ...]) -> bool:
    return any(ip.version == network.version and ip in network for network in networks)


def is_public(ip: IPAddress) -> bool:
    """Whether an address that contains no other one is globally reachable unicast."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _NOT_PUBLIC)
    return ip in _GLOBAL_V6 and not any(ip in network for network in _NOT_PUBLIC_V6)


def embedded(ip: IPAddress) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one contains and traffic would go to."""
    if isinstance(ip, IPv4Address):
        return None
    value = int(ip)
    if ip in _NAT64 or ip in _MAPPED or ip in _TRANSLATED:
        return IPv4Address(value & 0xFFFFFFFF)
    if ip in _COMPATIBLE and value > 1:
        return IPv4Address(value & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return IPv4Address((value >> 80) & 0xFFFFFFFF)
    if ip in _TEREDO:
        return IPv4Address((value & 0xFFFFFFFF) ^ 0xFFFFFFFF)
    return None


def is_localhost(host: str) -> bool:
    """Whether a host name means this machine, whatever a name server says (RFC 6761 §6.3)."""
    return f".{host.rstrip('.').lower()}".endswith(".localhost")


def localhost_addresses(networks: tuple[IPNetwork, ...]) -> tuple[str, ...]:
    """The addresses of ``localhost`` that may be connected to."""
    return tuple(text for text in ("127.0.0.1", "::1") if allowed(text, networks))
