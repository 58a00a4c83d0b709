#!/usr/bin/env python3
"""The front door of Together: says which Python it needs, then goes in. Any Python can read this file."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Together needs Python 3.11 or newer; this one is %d.%d." % sys.version_info[:2])

if __name__ == "__main__":
    from portal.bootstrap import enter

    enter(sys.argv)
