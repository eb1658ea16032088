"""A real SMTP server for the tests: keeps each mail as a file and says where it listens.

Usage: smtp_sink.py FOLDER. Prints the port once it listens; stops when its input closes.
"""

import pathlib
import sys

from aiosmtpd.controller import Controller


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


def main():
    controller = Controller(Keep(sys.argv[1]), hostname="127.0.0.1", port=0)
    controller.start()
    print(controller.server.sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
    controller.stop()


main()
