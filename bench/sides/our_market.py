"""The whole bot in a market with gigs on a shelf, for people who browse."""

import asyncio
import sys

from bench.seeding import seed
from bench.sides.our_bot import KEY, database, main
from storage import Cipher

if __name__ == "__main__":
    asyncio.run(seed(database(), Cipher(KEY)))
    sys.exit(main(sys.argv[1]))
