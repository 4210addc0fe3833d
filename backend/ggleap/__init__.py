"""The gaming platform that the centre uses: which client is which account there."""
