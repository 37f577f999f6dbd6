"""What a policy document is: its types, errors, catalogue and register; and the notes themselves."""
