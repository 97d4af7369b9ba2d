"""Pictures: a badge's artwork, drawn from what its credential says."""
