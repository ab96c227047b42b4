"""Bytes in, `Source` out."""
