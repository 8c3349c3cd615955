"""What routers may still tell a sender of, as they count it."""

import time

FULL = 5  # errors; one more a second (error_burst and error_cost in net/ipv4/route.c)
REDIRECTS = (5, 137)


class Purses:
    """How many errors of routing each sender can be told: every router keeps that for every address.

    The limit holds for the whole machine and not for a namespace, so it can't be set for one. A redirect
    empties a router's purse for the sender (ip_rt_send_redirect). What was or wasn't told isn't known
    here: each probe that wasn't answered may have cost something at every router.
    """

    def __init__(self):
        self._left, self._counted = {}, {}
        self._last = {}  # the sender's last probe, whose end wasn't known when it was sent

    def seconds_for(self, probe):
        """How long to wait until the probe's sender can be told of an error, wherever that is."""
        return max(0.0, 1.05 - self._settled(probe.frm))

    def sent(self, probe):
        self._settled(probe.frm)
        self._last[probe.frm] = probe

    def _settled(self, sender):
        now = time.monotonic()
        left = self._left.get(sender, FULL) + now - self._counted.get(sender, now)
        left, last = min(left, FULL), self._last.pop(sender, None)
        if last:
            left -= last.result != "reply"
            if any(error["type"] in REDIRECTS for error in last.icmp_errors):
                left = 0.0
        self._left[sender], self._counted[sender] = left, now
        return left
