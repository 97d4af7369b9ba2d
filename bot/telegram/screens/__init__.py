"""From screens to words, keyboards and attachments. One module per journey."""
