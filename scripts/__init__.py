"""What people run beside the product: set-up, demo, measurements."""
