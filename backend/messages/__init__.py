"""Messages to clients: each one keeps why it was or was not sent."""
