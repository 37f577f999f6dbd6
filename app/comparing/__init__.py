"""What one municipality says about a topic: its passages, on which aspects, and in what its versions differ."""
