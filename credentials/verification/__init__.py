"""A stranger's judgement of a badge: ours are judged exactly as anybody's.

Look-ups come in through a resolver; there is no flag that skips a check.
"""
