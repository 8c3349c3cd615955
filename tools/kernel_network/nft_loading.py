"""Rulesets of nftables as the kernel takes them."""

import re
import subprocess

MOST_REFUSED = 30


def load(namespace, lines):
    """Loads the lines, without those that the kernel refuses; gives these, or nothing where none of it is taken."""
    refused = []
    with namespace.entered():
        while lines and len(refused) <= MOST_REFUSED:
            text = "flush ruleset\n" + "\n".join(lines) + "\n"
            done = subprocess.run(["nft", "-f", "-"], input=text, text=True, capture_output=True, check=False)
            if done.returncode == 0:
                return refused
            wrong = {int(number) - 2 for number in re.findall(r"stdin:(\d+):[-\d]+: Error", done.stderr)}
            if not wrong:
                return None
            refused += [line for number, line in enumerate(lines) if number in wrong]
            lines = [line for number, line in enumerate(lines) if number not in wrong]
    return None
