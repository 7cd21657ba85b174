"""A gateway for text messages over HTTP, as small as it can be: it keeps what it is given, or refuses."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakeGateway:
    """A web server on this machine that takes messages; `refuse` is the status with which it answers instead."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.refuse = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if not outer.refuse:
                    outer.requests.append((self.path, dict(self.headers.items()), body))
                self.send_response(outer.refuse or 202)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/send"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["text"] for _path, _headers, body in self.requests]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
