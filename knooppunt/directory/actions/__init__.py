"""The verbs of the register: everything that changes something, each written once."""
