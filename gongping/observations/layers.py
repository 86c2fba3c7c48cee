"""Layers over a page, as they were seen and tried."""
