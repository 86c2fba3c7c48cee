"""The norm as tests: one file an article. Installed as gongping.tests."""
