"""Many documents: pulled, bounded, told of as they go, and taken up where a run stopped."""
