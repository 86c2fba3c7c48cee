"""A django-oscar shop: a platform that nobody here wrote, audited with nothing configured.

`server.Oscar` starts it as a child process; everything that imports Django runs there only.
"""
