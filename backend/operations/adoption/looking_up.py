"""What SQL can't work out: distinct values go through a function in Python, in batches, and come back as a temporary table."""

from collections.abc import Callable

from backend.operations.adoption.transfer import Transfer

BATCH = 2_000


async def look_up(transfer: Transfer, query: str, table: str, function: Callable[[str], str | None]) -> None:
    """Make the temporary table ``table (written, found)`` of every text that the query finds. Memory stays that of one batch."""
    await transfer.run(f"CREATE TEMPORARY TABLE {table} (written text, found text) ON COMMIT DROP")
    driver = (await transfer.connection.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101 (a connection that was just used has one)
    # The cursor lives in the transaction that is open, so copying between two batches does not disturb it.
    cursor = await driver.cursor(query)
    while batch := await cursor.fetch(BATCH):
        records = [(written, function(written)) for (written,) in batch]
        await driver.copy_records_to_table(table, records=records, columns=["written", "found"], schema_name="pg_temp")
    await transfer.run(f"ANALYZE {table}")
