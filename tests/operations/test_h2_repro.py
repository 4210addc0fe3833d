from tests import world
from tests.operations import predecessor
from tests.operations.test_adoption_command import adopt
from tests.operations.adoption_support import *
async def test_x(empty_database_url, tmp_path):
    there = await world.create(); await predecessor.build(there, "models")
    await with_legacy(empty_database_url, "migrations", clients=4)
    await copy(empty_database_url)
    e = await adopt(empty_database_url, tmp_path, there)
    print(e.out[:700])
