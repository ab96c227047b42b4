"""What code can check: pure, text in and findings out."""
