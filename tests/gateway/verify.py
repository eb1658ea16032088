"""Verifies the signatures of a mail (dkimpy), with the public keys of a folder instead of DNS.

Usage: verify.py FOLDER MAIL. FOLDER has a file for each record, named as in DNS. Prints a line for
each signature: its algorithm, its domain and `good` or `bad`.
"""

import pathlib
import sys

import dkim


def verify(folder, mail):
    def record(name, timeout=5):
        path = folder / name.decode().rstrip(".")
        return path.read_bytes() if path.exists() else None

    message = mail.read_bytes()
    count = message.split(b"\r\n\r\n", 1)[0].lower().count(b"dkim-signature:")
    for place in range(count):
        check = dkim.DKIM(message)
        try:
            good = check.verify(idx=place, dnsfunc=record)
        except dkim.DKIMException:
            good = False
        fields = check.signature_fields or {}
        words = [fields.get(name, b"-").decode() for name in (b"a", b"d")]
        print(*words, "good" if good else "bad")


verify(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
