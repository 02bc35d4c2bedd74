"""Dreams of a better neighbourhood, the plans they become, and the party at the end."""
