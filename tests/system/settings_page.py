"""The settings as the page changes them."""

from typing import Any

from tests.client import Api

FIELDS = """version name timeZone repeatWindowMinutes languages defaultLanguage accentLight accentDark logoUrl signInDays deviceDays
  secondFactorRoles currency"""
READ = f"{{ centreSettings {{ {FIELDS} }} }}"
CHANGE = f"""mutation ($input: ChangeCentreSettingsInput!) {{ changeCentreSettings(input: $input) {{ __typename
  ... on CentreSettingsSaved {{ settings {{ {FIELDS} }} }}
  ... on ValidationProblem {{ fields {{ path code }} }} ... on Conflict {{ version }} ... on Problem {{ code message }} }} }}"""


async def read(api: Api) -> dict[str, Any]:
    """All of them."""
    found: dict[str, Any] = (await api.execute(READ))["centreSettings"]
    return found


async def try_to_change(api: Api, **chosen: Any) -> dict[str, Any]:
    """The union's member, on top of the present version."""
    version = (await read(api))["version"]
    member: dict[str, Any] = (await api.execute(CHANGE, {"input": {"version": version, **chosen}}))["changeCentreSettings"]
    return member


async def change(api: Api, **chosen: Any) -> dict[str, Any]:
    """Change them; returns all of them."""
    member = await try_to_change(api, **chosen)
    assert member["__typename"] == "CentreSettingsSaved", member
    settings: dict[str, Any] = member["settings"]
    return settings
