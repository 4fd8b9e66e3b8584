"""What the förbund pays for: its insatser, and the register of those who take part in them."""
