"""What people type about the register, cleaned before an action sees it."""
