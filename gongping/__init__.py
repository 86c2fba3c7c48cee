"""Gongping (公平秤): a browser conformance suite for the statutory duties of e-commerce platforms."""

__version__ = "0.1.0"
