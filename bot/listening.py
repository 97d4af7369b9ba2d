"""Listening sockets, and clear words for a port that is taken."""

import socket

from credentials.errors import SetupError


def listen(host: str, port: int, option: str) -> socket.socket:
    """A listening socket.

    Raises:
        SetupError: the port is taken; names the option that moves it.
    """
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        raise SetupError(
            f"port {port} on {host} is taken ({error.strerror}); stop what uses it or set {option}"
        ) from error
