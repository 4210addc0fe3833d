"""How work leaves the request and is not lost: outbox, broker, schedule."""
