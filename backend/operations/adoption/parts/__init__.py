"""The parts of an adoption, each a few set-based statements; `backend.operations.adoption.copying` runs them in their order."""
