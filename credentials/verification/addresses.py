"""Which internet addresses are public, in every spelling.

`ipaddress.is_global` alone takes NAT64, 6to4 and multicast addresses for public ones.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all that RFC 4291 §2.4 gives out
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
_NOT_PUBLIC = (
    ipaddress.ip_network("192.0.0.0/24"),  # RFC 6890
    ipaddress.ip_network("192.88.99.0/24"),  # RFC 7526
)


def is_public(text: str) -> bool:
    """Whether an address is on the public internet, embedded IPv4 addresses included."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public_v4(address)
    embedded = _embedded(address)
    if embedded is not None:
        return _is_public_v4(embedded)
    return address in _GLOBAL_UNICAST and address.is_global and not address.is_reserved


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    is_odd = address.is_multicast or address.is_reserved
    return address.is_global and not is_odd and not any(address in net for net in _NOT_PUBLIC)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour
