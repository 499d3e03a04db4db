"""python -m bench [bookings|finder|pages]"""

import logging
import sys

from bench import bookings, finder, pages

PARTS = {"bookings": bookings.main, "finder": finder.main, "pages": pages.main}


def main(wanted: list[str]) -> int:
    logging.disable(logging.INFO)  # a line for each visit would hide the tables
    for name in wanted or list(PARTS):
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
