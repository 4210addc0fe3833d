"""A browser at the front door: it trusts the downloaded root certificate alone, and keeps cookies and a token."""

import ssl
from typing import Any
from uuid import uuid4

import httpx

from backend.graphql.documents import LOGIN, document_id
from tests.nas.nas import Nas
from tests.nas.steps import expect

CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
  ... on SessionStarted { accessToken } ... on ValidationProblem { code fields { path message } } } }"""
REFRESH = "mutation { refreshSession { __typename ... on SessionStarted { accessToken } } }"
CLIENTS = "query ($search: String) { clients(search: $search) { totalCount edges { node { id } } } }"
CHECK_IN = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { checkIn { id } } ... on Problem { code message } } }"""


class Browser:
    """One person at https://127.0.0.1:HTTPS_PORT."""

    def __init__(self, nas: Nas, *, secure: bool = True) -> None:
        self.base = f"https://127.0.0.1:{nas.https_port}" if secure else f"http://127.0.0.1:{nas.http_port}"
        authority = root_certificate(nas)
        context = ssl.create_default_context(cadata=authority)
        self.http = httpx.Client(base_url=self.base, verify=context, trust_env=False, timeout=30)
        self.token: str | None = None

    def graphql(self, body: dict[str, Any]) -> Any:
        """The data of an answer; errors fail the check."""
        headers = {"Origin": self.base, "Sec-Fetch-Site": "same-origin"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = self.http.post("/graphql", json=body, headers=headers)
        said = answer.json()
        expect(answer.status_code == 200 and "errors" not in said, f"the API answered {answer.status_code}: {said}")
        return said["data"]

    def login(self, who: str, password: str) -> str:
        """Sign in; returns the kind of the answer, SessionStarted when it went well."""
        member = self.graphql(
            {"documentId": document_id(LOGIN), "variables": {"input": {"identifier": who, "password": password}}},
        )["login"]
        self.token = member.get("accessToken", self.token)
        return str(member["__typename"])

    def change_password(self, old: str, new: str) -> None:
        """Choose a password of one's own, as the first login demands."""
        member = self.graphql({"query": CHANGE, "variables": {"input": {"currentPassword": old, "newPassword": new}}})["changePassword"]
        expect(member["__typename"] == "SessionStarted", f"the password could not be changed: {member}")
        self.token = member["accessToken"]

    def refresh(self) -> None:
        """Go on with the session that the cookie carries."""
        member = self.graphql({"query": REFRESH})["refreshSession"]
        expect(member["__typename"] == "SessionStarted", f"the session did not go on: {member}")
        self.token = member["accessToken"]

    def clients(self, search: str | None = None) -> list[str]:
        """The ids of the first clients found."""
        return [edge["node"]["id"] for edge in self.graphql({"query": CLIENTS, "variables": {"search": search}})["clients"]["edges"]]

    def check_in(self, client: str) -> None:
        """Check a client in at the desk."""
        variables = {"input": {"clientId": client, "requestId": str(uuid4())}}
        member = self.graphql({"query": CHECK_IN, "variables": variables})["checkIn"]
        expect(member["__typename"] == "CheckInRecorded", f"the check-in was not recorded: {member}")


def root_certificate(nas: Nas) -> str:
    """The certificate that devices install, as the front door hands it out over HTTP."""
    answer = httpx.get(f"http://127.0.0.1:{nas.http_port}/root.crt", trust_env=False, timeout=30)
    expect(answer.status_code == 200, f"/root.crt was answered with {answer.status_code}")
    expect(answer.headers["content-type"] == "application/x-x509-ca-cert", f"/root.crt is said to be {answer.headers['content-type']}")
    expect("BEGIN CERTIFICATE" in answer.text and "KEY" not in answer.text, "/root.crt is not a certificate")
    return answer.text
