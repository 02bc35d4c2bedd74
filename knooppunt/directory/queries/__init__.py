"""The questions that can be asked of the register, each with a name from the neighbourhood."""
