"""The parts of forge-server.py: one file a forge, one for HTTP, one for repositories, one for faults."""
