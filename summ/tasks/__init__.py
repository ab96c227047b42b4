"""What is asked of a model: pure, requests out and replies in."""
