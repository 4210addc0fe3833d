"""KRC Check-in: a self-hosted membership CRM and check-in desk."""
