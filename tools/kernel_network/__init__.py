"""Networks of namespaces on the running kernel: made, probed, captured and described.

One process does it all and everything ends with it: its namespaces have names only in a mount
namespace of its own, and the sockets are its own.
Standard library only; needs root and iproute2.
"""
