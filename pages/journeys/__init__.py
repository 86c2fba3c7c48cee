"""Experiments: what a consumer does from start to end, across pages."""
