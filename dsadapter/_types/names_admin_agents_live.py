"""Further names of ``openai.types`` whose calls are not here: see names_without_calls.py."""

from __future__ import annotations

from typing import Dict

ADMIN_AGENTS_LIVE: Dict[str, str] = {
    "types.admin": "",
    "types.chat.completions": "",
    "types.containers.files": "",
    "types.skills.versions": "",
    "types.admin.organization": """
        AdminAPIKey AdminAPIKeyCreateResponse AdminAPIKeyDeleteResponse AuditLogListResponse
        AwsExternalStorageProvider AzureExternalStorageProvider Certificate
        CertificateActivateResponse CertificateDeactivateResponse CertificateDeleteResponse
        CertificateListResponse CostQuantityUnit~str ExternalKey ExternalKeyValidateResponse
        ExternalStorageConfiguration ExternalStorageDeleted GcpExternalStorageProvider Group
        GroupDeleteResponse GroupUpdateResponse Invite InviteDeleteResponse
        OciExternalStorageProvider OrganizationDataRetention OrganizationSpendAlert
        OrganizationSpendAlertDeleted OrganizationSpendLimit OrganizationSpendLimitDeleted
        OrganizationUser Project ProjectResidency~str Role RoleDeleteResponse
        UsageAudioSpeechesResponse UsageAudioTranscriptionsResponse
        UsageCodeInterpreterSessionsResponse UsageCompletionsResponse UsageCostsResponse
        UsageDecisionsResponse UsageEmbeddingsResponse UsageFileSearchCallsResponse
        UsageImagesResponse UsageModerationsResponse UsageVectorStoresResponse
        UsageWebSearchCallsResponse UserDeleteResponse WorkloadIdentityProvider
        WorkloadIdentityProviderDeleted
    """,
    "types.admin.organization.groups": """
        OrganizationGroupUser RoleCreateResponse RoleDeleteResponse RoleListResponse
        RoleRetrieveResponse UserCreateResponse UserDeleteResponse UserRetrieveResponse
    """,
    "types.admin.organization.projects": """
        APIKeyDeleteResponse CertificateActivateResponse CertificateDeactivateResponse
        CertificateListResponse GroupDeleteResponse ProjectAPIKey ProjectDataRetention
        ProjectGroup ProjectHostedToolPermissions ProjectModelPermissions
        ProjectModelPermissionsDeleted ProjectOptionalServiceTier~str ProjectRateLimit
        ProjectServiceAccount ProjectServiceTierSettings ProjectSpendAlert
        ProjectSpendAlertDeleted ProjectSpendLimit ProjectSpendLimitDeleted ProjectUser
        RoleDeleteResponse ServiceAccountCreateResponse ServiceAccountDeleteResponse
        UserDeleteResponse
    """,
    "types.admin.organization.projects.groups": """
        RoleCreateResponse RoleDeleteResponse RoleListResponse RoleRetrieveResponse
    """,
    "types.admin.organization.projects.service_accounts": "APIKeyCreateResponse",
    "types.admin.organization.projects.users": """
        RoleCreateResponse RoleDeleteResponse RoleListResponse RoleRetrieveResponse
    """,
    "types.admin.organization.users": """
        RoleCreateResponse RoleDeleteResponse RoleListResponse RoleRetrieveResponse
    """,
    "types.admin.organization.workload_identity_providers": "FederationRule FederationRuleDeleted",
    "types.beta.agents": """
        Automation~any AutomationAgentConfig AutomationCreatedBy~any AutomationDeleted
        AutomationEnvironment~any AutomationTarget~any EnvironmentInfo OneTimeAutomation
        PeriodicAutomation Vault VaultDeleted VaultStatus~str
    """,
    "types.beta.agents.automations": "AutomationInvocation AutomationInvocationSource~any",
    "types.beta.agents.environments": """
        EnvironmentFile EnvironmentTemplate EnvironmentTemplateDeleted
    """,
    "types.beta.agents.sessions": "SessionArtifact SessionArtifactDeleted SessionTrace Turn",
    "types.beta.agents.sessions.subagents": "",
    "types.beta.agents.sessions.subagents.turns": "",
    "types.beta.agents.sessions.turns": "",
    "types.beta.agents.vaults": """
        Credential CredentialAuth~any CredentialDeleted CredentialNetworking~any
        McpOauthTokenEndpointAuth~any
    """,
    "types.beta.responses": "BetaResponseItemList InputTokenCountResponse",
    "types.live": """
        AudioFormat~any BuiltInVoice~str ClientConfig ClientDelegation ClientEvent~any
        CommentaryAppendEvent CommentaryAppendedEvent ConnectClientEvent~any
        ConnectServerEvent~any CustomVoice DataChannelConfig DecisionAssistantMessage
        DecisionChoiceOption DecisionCreateEvent DecisionDeveloperMessage DecisionEvent
        DecisionInputText DecisionItemCreateEvent DecisionItemCreatedEvent
        DecisionItemDeleteEvent DecisionItemDeletedEvent DecisionJSONObject~dict
        DecisionQuestion~any DecisionStoredAssistantMessage DecisionStoredDeveloperMessage
        DecisionStoredSystemMessage DecisionStoredUserMessage DecisionSystemMessage
        DecisionTrigger DecisionUserMessage DecisionsDelegationConfig
        DecisionsDelegationUpdateConfig DelegationCreatedEvent Error ErrorEvent
        ForkClientEvent~any ForkServerEvent~any ForkSessionConfig ForkSessionStartEvent
        FunctionTool InfoEvent InitialItem~any InputAudioAppendEvent InputAudioMuteEvent
        InputAudioMutedEvent InputAudioUnmuteEvent InputAudioUnmutedEvent
        InputTranscriptDeltaEvent InstructionsAppendEvent InstructionsAppendedEvent
        LiveCreateResponse OutputAudioDeltaEvent OutputAudioFixturePlayEvent
        OutputAudioFixturePlayedEvent OutputAudioFixturePlayingEvent
        OutputTranscriptDeltaEvent ResponseCreateEvent ResponseEvent ResponseItemCreateEvent
        ResponsesDelegationConfig ResponsesDelegationUpdateConfig ServerEvent~any
        ServerEventSelector SessionCloseEvent SessionClosedEvent SessionConfig
        SessionForkResponse SessionResource SessionStartEvent SessionStartedEvent
        SessionUpdateConfig SessionUpdateEvent SessionUpdatedEvent SessionUsage
        SessionUsageUpdatedEvent ThinkingAppendEvent ThinkingAppendedEvent
    """,
    "types.realtime.translations": "",
    "types.safety": "SafetyAlert SafetyCase",
    "types.skills": "DeletedSkillVersion SkillVersion SkillVersionList",
}
