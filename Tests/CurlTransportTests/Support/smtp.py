"""A mail server for tests: aiosmtpd with TLS, STARTTLS and sign-in, that misbehaves on request.

smtp.py FOLDER [certificate key] [options]

Prints its port, then runs until standard input ends. Every mail it took lies in FOLDER as a file of its own, the envelope in the file
beside it. Options:
  --tls              TLS from the first byte          --starttls          offers and requires STARTTLS
  --auth USER:WORD   requires sign-in                 --greet "554 no"    greets so
  --mail "451 no"    answers MAIL so                  --rcpt ADDRESS=REPLY (several times)
  --data "552 no"    answers the end of DATA so       --cut               drops the connection instead of that answer, keeping the mail
  --slow SECONDS     waits before that answer         --once              misbehaves with the first mail only
  --second           misbehaves with the second mail only
  --close            closes each connection after a mail
  --port NUMBER      listens there instead of on a free port
"""

import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("files", nargs="*")
arguments.add_argument("--tls", action="store_true")
arguments.add_argument("--starttls", action="store_true")
arguments.add_argument("--auth")
arguments.add_argument("--greet")
arguments.add_argument("--mail")
arguments.add_argument("--rcpt", action="append", default=[])
arguments.add_argument("--data")
arguments.add_argument("--cut", action="store_true")
arguments.add_argument("--slow", type=float, default=0)
arguments.add_argument("--once", action="store_true")
arguments.add_argument("--second", action="store_true")
arguments.add_argument("--close", action="store_true")
arguments.add_argument("--port", type=int, default=0)
options = arguments.parse_args()
replies = dict(item.split("=", 1) for item in options.rcpt)
count = len([name for name in os.listdir(options.folder) if name.endswith(".json")])
connections = 0
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if options.mail:
            return options.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in replies:
            return replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        fails = count == 1 if options.once else count == 2 if options.second else True
        if options.data and fails:
            return options.data
        path = os.path.join(options.folder, f"{count:04}")
        with open(path + ".json.part", "w") as file:
            json.dump(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "tls": session.ssl is not None or options.tls,
                    "user": session.auth_data.decode() if session.auth_data else "",
                    "connection": server.number,
                },
                file,
            )
        with open(path + ".eml", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".json.part", path + ".json")
        if options.slow and fails:
            await asyncio.sleep(options.slow)
        if options.cut and fails:
            server.transport.abort()
            return "250 never heard"
        if options.close:
            loop.call_later(0.05, server.transport.close)
        return "250 taken"


class Server(SMTP):
    def __init__(self, *args, **kwargs):
        global connections
        super().__init__(*args, **kwargs)
        connections += 1
        self.number = connections

    async def push(self, status):
        if options.greet and isinstance(status, str) and status.startswith("220 ") and not self.greeted:
            self.greeted = True
            status = options.greet
        await super().push(status)

    greeted = False


def authenticate(server, session, envelope, mechanism, data):
    user, _, word = (options.auth or ":").partition(":")
    good = isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == word
    session.auth_data = user.encode() if good else None
    return AuthResult(success=good, handled=False, auth_data=user.encode() if good else None)


context = None
if options.files:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.files[0], options.files[1])


def make():
    return Server(
        Handler(),
        hostname="mail.test",
        tls_context=context if options.starttls else None,
        require_starttls=options.starttls,
        auth_required=bool(options.auth),
        auth_require_tls=options.starttls,
        authenticator=authenticate if options.auth else None,
        loop=loop,
        timeout=600,
    )


async def main():
    server = await loop.create_server(make, "127.0.0.1", options.port, ssl=context if options.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


loop.run_until_complete(main())
