"""The mail server of `benches/run sending`: aiosmtpd, which takes all and keeps nothing.

Prints its port, then, each time a line comes in, how many texts it took since the last.
"""

import asyncio
import sys

from aiosmtpd.smtp import SMTP


class Count:
    taken = 0

    async def handle_DATA(self, server, session, envelope):
        Count.taken += 1
        return "250 taken"


def tell():
    for _ in sys.stdin:
        print(Count.taken, flush=True)
        Count.taken = 0


async def serve():
    loop = asyncio.get_running_loop()
    count = Count()
    server = await loop.create_server(lambda: SMTP(count, hostname="sink.example"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, tell)
    server.close()


asyncio.run(serve())
