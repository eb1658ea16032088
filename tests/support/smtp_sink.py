"""A real SMTP server for the tests: keeps each mail as a file and says where it listens.

Usage: smtp_sink.py FOLDER. Prints the port once it listens; stops when its input closes.
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Keep:
    """Writes each mail to its own file, in order of arrival."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}.eml"
        partial = self.folder / (name + ".part")
        to = ",".join(envelope.rcpt_tos).encode()
        partial.write_bytes(b"X-Envelope-To: " + to + b"\r\n" + envelope.content)
        partial.rename(self.folder / name)
        return "250 kept"


async def serve(folder):
    loop = asyncio.get_running_loop()
    keep = Keep(folder)
    server = await loop.create_server(lambda: SMTP(keep, hostname="sink.example"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(serve(sys.argv[1]))
