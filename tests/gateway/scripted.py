"""A real SMTP server (aiosmtpd) that follows the script named by each recipient's mailbox.

Usage: scripted.py [CERTIFICATE KEY [implicit]]. Prints its port, then a line for all it hears and
takes: `rcpt`, `data`, `refused` and `kept`, each with the recipient; `kept` with the Message-ID and
the file of its text too, in the folder that KEEP names. A message counts as kept when the server
has all of it, whether it says so or not. With a certificate it asks for STARTTLS, or speaks TLS from
the first byte. `hold` mailboxes are answered after a line `go` on standard input; it stops when that
closes.
"""

import asyncio
import logging
import os
import pathlib
import socket
import ssl
import struct
import sys

from aiosmtpd.smtp import SMTP

# At the recipient, the first time only.
RCPT_ONCE = {"s02": "421 4.3.2 closing", "s03": "450 4.2.1 busy"}
RCPT = {"s06": "550 5.1.1 no such mailbox"}
DATA_ONCE = {"s04": "451 4.3.0 not now"}
DOT_ONCE = {"s05": "452 4.2.2 no room"}
DOT = {"s07": "552 5.3.4 too big", "s08": "550 5.7.1 not wanted"}

seen = set()
go = asyncio.Event()


def say(*words):
    print(*words, flush=True)


def first(step, address):
    """Whether this is the first time that the step is reached for the address."""
    key = (step, address)
    known = key in seen
    seen.add(key)
    return not known


def script(address):
    return address.split(".", 1)[0]


def message_id(content):
    for line in content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line[11:].strip().decode()
    return "-"


class Handler:
    count = 0

    def keep(self, content):
        """Writes a text to a file of its own, if texts are to be kept."""
        if "KEEP" not in os.environ:
            return "-"
        Handler.count += 1
        path = pathlib.Path(os.environ["KEEP"]) / f"{Handler.count:06}.eml"
        path.write_bytes(content)
        return path

    async def handle_RCPT(self, server, session, envelope, address, options):
        say("rcpt", address)
        act = script(address)
        if act == "hold-rcpt" and first("rcpt", address):
            await go.wait()
        if act in RCPT_ONCE and first("rcpt", address):
            return RCPT_ONCE[act]
        if act in RCPT:
            return RCPT[act]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        act = script(address)
        if act in DOT_ONCE and first("dot", address):
            say("refused", address)
            return DOT_ONCE[act]
        if act in DOT:
            say("refused", address)
            return DOT[act]
        say("kept", address, message_id(envelope.content), self.keep(envelope.content))
        if act == "s09":
            await server.gone.wait()
        elif act == "s10":
            server.transport.close()
        elif act == "s11":
            server._writer.write(b"250 2.0.0 que")
            server.transport.close()
        elif act == "s13":
            server.reset()
        return "250 2.0.0 kept"


class Scripted(SMTP):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gone = asyncio.Event()

    def connection_lost(self, error):
        self.gone.set()
        super().connection_lost(error)

    def reset(self):
        """Ends the connection with RST."""
        linger = struct.pack("ii", 1, 0)
        self.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        self.transport.abort()

    async def smtp_RCPT(self, arg):
        await super().smtp_RCPT(arg)
        if arg and script(arg.split("<")[-1]) == "s02" and not self.envelope.rcpt_tos:
            self.transport.close()

    async def smtp_DATA(self, arg):
        address = (self.envelope.rcpt_tos or ["-"])[0]
        act = script(address)
        say("data", address)
        if act == "hold-data" and first("data", address):
            await go.wait()
        if act in DATA_ONCE and first("data", address):
            await self.push(DATA_ONCE[act])
            return
        if act == "s14":
            await self.push("354 go on")
            await self._reader.readline()
            self.reset()
            return
        await super().smtp_DATA(arg)
        if act == "s12" and self.transport is not None:
            self.transport.close()


def hear(loop):
    for line in sys.stdin:
        if line.strip() == "go":
            loop.call_soon_threadsafe(go.set)


async def serve(files):
    logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
    loop = asyncio.get_running_loop()
    more, around = {}, None
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files[:2])
        if "implicit" in files:
            around = context
        else:
            more = {"tls_context": context, "require_starttls": True}

    def connection():
        return Scripted(Handler(), hostname="scripted.example", **more)

    server = await loop.create_server(connection, "127.0.0.1", 0, backlog=200, ssl=around)
    say(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, hear, loop)
    server.close()


asyncio.run(serve(sys.argv[1:]))
