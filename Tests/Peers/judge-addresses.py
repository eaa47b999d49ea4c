#!/usr/bin/env python3
"""Says of each address on standard input whether Python's ipaddress takes it for global unicast: 1 or 0 a line."""

import ipaddress
import sys

for line in sys.stdin:
    address = ipaddress.ip_address(line.strip())
    print(int(address.is_global and not address.is_multicast))
