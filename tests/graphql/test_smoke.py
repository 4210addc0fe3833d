from tests.client import Api


async def test_login_viewer(api: Api) -> None:
    member = await api.login("admin")
    assert member["__typename"] == "SessionStarted"
    data = await api.execute(
        "{ viewer { user { email role } permissions } stations { name } clients { edges { node { displayName } } totalCount } visitsToday { count } }"
    )
    assert data["viewer"]["user"] == {"email": "admin@example.test", "role": "ADMIN"}
