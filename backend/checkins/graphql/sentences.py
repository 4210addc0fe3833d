"""What is said where a policy applies, over GraphQL: the product's sentences, and the centre's own instead of them."""

from collections import defaultdict
from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.checkins.words import SENTENCES
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query
from backend.graphql.scalars import Language
from backend.graphql.settling import given_to
from backend.memberships.graphql import CheckInPolicy
from backend.system import centre
from backend.system.graphql.centre import CentreSettings, CentreSettingsResult, CentreSettingsSaved


@strawberry.type(description="What is said in one language where one policy applies, after the fact itself.")
class PolicySentence:
    """One sentence."""

    policy: CheckInPolicy = strawberry.field(description="The policy.")
    language: Language = strawberry.field(description="The language.")
    built_in: str = strawberry.field(description="The product's own sentence.")
    own: str | None = strawberry.field(description="What the centre says instead; null: nothing of its own.")


@strawberry.type(description="All sentences, with the version of the settings that they belong to.")
class PolicySentences:
    """The sentences."""

    version: int = strawberry.field(description="A change gives the one it read.")
    sentences: list[PolicySentence] = strawberry.field(description="One for each policy and language.")


@strawberry.input(description="A sentence of the centre's own; a tier's own sentence goes before it.")
class PolicySentenceInput:
    """One sentence."""

    policy: CheckInPolicy = strawberry.field(description="The policy.")
    language: Language = strawberry.field(description="The language.")
    own: str | None = strawberry.field(description="At most 200 characters; null or blank: the product's own sentence.")


@strawberry.input(description="The sentences to change; those that are not named stay.")
class ChangePolicySentencesInput:
    """A change."""

    version: int = strawberry.field(description="The version that was read.")
    sentences: list[PolicySentenceInput] = strawberry.field(description="The sentences.")


@strawberry.type
class SentenceQuery:
    """Root field."""

    @query(Permission.SETTINGS_READ, description="What is said at check-in where a policy applies.")
    async def policy_sentences(self, info: Info) -> PolicySentences:
        """One statement."""
        chosen = await centre.read(info.context.reader)
        sentences = [
            PolicySentence(
                policy=policy,
                language=language,
                built_in=SENTENCES[language.value][policy.value],
                own=chosen.policy_sentences.get(policy.value, {}).get(language.value),
            )
            for policy in CheckInPolicy
            for language in Language
        ]
        return PolicySentences(version=chosen.version, sentences=sentences)


@strawberry.type
class SentenceMutation:
    """Root field."""

    @mutation(Permission.SETTINGS_WRITE, description="Change what is said at check-in where a policy applies, all of it or nothing.")
    async def change_policy_sentences(
        self, info: Info, input: Annotated[ChangePolicySentencesInput, strawberry.argument(description="What to say.")]
    ) -> CentreSettingsResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
            for policy, said in (await centre.read(uow)).policy_sentences.items():
                wanted[policy].update(said)
            for sentence in input.sentences:
                wanted[sentence.policy.value][sentence.language.value] = sentence.own or ""
            saved = await centre.change(uow, version=input.version, policy_sentences=dict(wanted))
        return CentreSettingsSaved(settings=CentreSettings.of(saved, given_to(info.context)))
