"""Reads one mail from standard input with Python's own library and prints what it understood as JSON."""

import email
import email.policy
import base64
import json
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)
plain = message.get_body(("plain",))
page = message.get_body(("html",))
json.dump(
    {
        "headers": [[name, str(value)] for name, value in message.items()],
        "defects": [type(d).__name__ for part in message.walk() for d in part.defects],
        "structure": [part.get_content_type() for part in message.walk()],
        "text": plain.get_content().replace("\r\n", "\n") if plain else "",
        "html": page.get_content().replace("\r\n", "\n") if page else "",
        "attachments": [
            {
                "name": part.get_filename() or "",
                "type": part.get_content_type(),
                "bytes": base64.b64encode(part.get_payload(decode=True)).decode(),
            }
            for part in message.iter_attachments()
        ],
        "longestLine": max(len(line) for line in raw.split(b"\r\n")),
        "bareLineEnds": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
        "eightBit": sum(byte > 126 for byte in raw),
    },
    sys.stdout,
)
