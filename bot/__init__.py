"""The running product: Telegram in and out, web pages, the clock and the command line."""
