"""What an operator does: bootstrap, the processes of the stack."""
