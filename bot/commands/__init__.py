"""The command line's verbs, one module per room. Reports on stdout, progress on stderr."""
