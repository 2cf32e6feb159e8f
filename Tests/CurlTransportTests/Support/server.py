"""A server that behaves and misbehaves on request. It prints its ports and ends when its standard input does.

Usage: server.py [KIND ...], KIND one of: plain, proxy, tls:CERTIFICATE:KEY, old-tls:CERTIFICATE:KEY
"""
import gzip
import hashlib
import json
import os
import socket
import ssl
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

warnings.simplefilter("ignore")
never = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        digest, total, rest = hashlib.sha256(), 0, int(self.headers.get("Content-Length") or 0)
        while rest > 0:
            piece = self.rfile.read(min(rest, 1 << 16))
            if not piece:
                break
            digest.update(piece)
            total, rest = total + len(piece), rest - len(piece)
        return total, digest.hexdigest()

    def serve(self):
        self.server.requests += 1
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        count = int(query.get("n", "0"))
        total, digest = self.body()
        match url.path:
            case "/echo":
                facts = {"method": self.command, "bytes": total, "sha256": digest, "path": self.path,
                         "headers": [[name.lower(), value] for name, value in self.headers.items()]}
                self.answer(200, json.dumps(facts).encode(), [
                    ("X-Spaces", " \t kept inside "), ("X-Twice", "first"), ("x-twice", "second"), ("X-Empty", "")])
            case "/counts":
                self.answer(200, json.dumps({"connections": self.server.connections, "requests": self.server.requests}).encode())
            case "/status":
                self.answer(count, b"the body of " + query["n"].encode(), [("Location", query.get("to", "/echo"))])
            case "/bytes":
                self.send_response(200)
                self.send_header("Content-Length", str(count))
                self.end_headers()
                piece = bytes(range(256)) * 256
                while count > 0:
                    self.wfile.write(piece[:count])
                    count -= len(piece)
            case "/gzip":
                self.answer(200, gzip.compress(b"\0" * count, 9), [("Content-Encoding", "gzip")])
            case "/not-gzip":
                self.answer(200, b"this is not compressed at all", [("Content-Encoding", "gzip")])
            case "/headers":
                self.answer(200, b"", [(f"X-{number}", "x" * 1000) for number in range(count)])
            case "/silent":
                never.wait()
            case "/stalls":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"x" * 10)
                never.wait()
            case "/trickles":
                self.send_response(200)
                self.send_header("Content-Length", "100000000")
                self.end_headers()
                while not never.wait(0.02):
                    self.wfile.write(b"x")
            case "/drops":
                self.close_connection = True
                self.connection.close()
            case "/breaks":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"x" * 10)
                self.close_connection = True
            case _:
                self.answer(404, b"nothing here")

    do_GET = do_POST = do_PUT = serve

    def do_CONNECT(self):
        """A proxy that takes every name for this machine, and remembers what it was told."""
        self.server.requests += 1
        self.server.told.append([self.path, sorted(name.lower() for name in self.headers)])
        port = int(self.path.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as there:
            self.send_response(200)
            self.end_headers()

            def copy(source, target):
                try:
                    while piece := source.recv(1 << 16):
                        target.sendall(piece)
                except OSError:
                    pass
                for end in (source, target):
                    try:
                        end.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass

            back = threading.Thread(target=copy, args=(there, self.connection), daemon=True)
            back.start()
            copy(self.connection, there)
            back.join()
        self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def __init__(self, kind):
        super().__init__(("127.0.0.1", 0), ProxyHandler if kind == "proxy" else Handler)
        self.connections = self.requests = 0
        self.told = []
        self.context = None
        if kind.startswith(("tls:", "old-tls:")):
            name, certificate, key = kind.split(":")
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            if name == "old-tls":
                self.context.set_ciphers("ALL:@SECLEVEL=0")
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.maximum_version = ssl.TLSVersion.TLSv1_1
            self.context.load_cert_chain(certificate, key)

    def finish_request(self, request, address):
        self.connections += 1
        if self.context:
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except OSError:
                return
        super().finish_request(request, address)

    def handle_error(self, request, address):
        pass


class ProxyHandler(Handler):
    def do_GET(self):
        self.answer(200, json.dumps(self.server.told).encode())


servers = [Server(kind) for kind in sys.argv[1:]]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(" ".join(str(server.server_address[1]) for server in servers), flush=True)
sys.stdin.read()
os._exit(0)
