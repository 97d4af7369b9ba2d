"""What employers ask: is this badge genuine, and what can its holder do?

A badge of ours is judged exactly as a stranger would judge it; what differs is only where its
issuer's documents are read from.
"""
