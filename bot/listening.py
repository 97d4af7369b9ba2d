"""Listening sockets, and clear words for a port that is taken."""

import socket

from credentials.errors import SetupError


def listen(host: str, port: int, option: str | None) -> socket.socket:
    """A listening socket.

    Raises:
        SetupError: the port is taken; names the option that moves it, if there is one.
    """
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        other = f" or set {option}" if option else ""
        raise SetupError(
            f"port {port} on {host} is taken ({error.strerror}); stop what uses it{other}"
        ) from error
