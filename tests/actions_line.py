"""What lies between Rasa and the action server: a line that tests can cut, hold or garble."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

Answer = tuple[int, bytes]
TRACEBACK = (
    b'Traceback (most recent call last):\n  File "actions.py", line 1, in run\nKeyError: 1\n'
)


class ActionsLine:
    """Passes calls on to the real action server, as `behave` says; it stands as long as `close`."""

    def __init__(self, actions: str) -> None:
        self.behave: Callable[[bytes, dict[str, str]], Answer | None] = self.pass_on
        self.calls, self._actions, self._over = 0, actions, threading.Event()
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                line.calls += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = line.behave(body, dict(self.headers))
                if answer is None:
                    self.close_connection = True
                    return
                status, content = answer
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def pass_on(self, body: bytes, headers: dict[str, str]) -> Answer:
        kept = {name: value for name, value in headers.items() if name.lower() in PASSED_ON}
        answer = httpx.post(f"{self._actions}/webhook", content=body, headers=kept, timeout=60)
        return answer.status_code, answer.content

    def cut(self, body: bytes, headers: dict[str, str]) -> None:
        """Nobody answers."""

    def die_in_mid_turn(self, body: bytes, headers: dict[str, str]) -> None:
        """The action is done; its server dies before it can say so."""
        self.pass_on(body, headers)

    def say_a_stack_trace(self, body: bytes, headers: dict[str, str]) -> Answer:
        return 500, TRACEBACK

    def say_garbage(self, body: bytes, headers: dict[str, str]) -> Answer:
        return 200, b"<html>"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


PASSED_ON = frozenset({"authorization", "content-type", "content-encoding"})
