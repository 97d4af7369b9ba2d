"""Listening sockets, and clear words for a port that is taken."""

import errno
import os
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
        if error.errno != errno.EADDRINUSE:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise SetupError(f"port {port} on {host} can't be used: {reason}{other}") from error
        raise SetupError(f"port {port} on {host} is taken; stop what uses it{other}") from error
