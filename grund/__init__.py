"""What the web rooms share. Knows none of them."""
