"""The names of parts of ``openai.types`` whose calls are not here, as data: those of openai 3.57.0.

Files import them at their top for annotations, or for a branch that they never take. Nothing is
read into these kinds, so nothing stands behind a name but what annotations need.
"""

from __future__ import annotations

from typing import Dict

WITHOUT_CALLS: Dict[str, str] = {
    "types.beta": """
        Agent AgentCloseSubagentCallItem AgentCommandExecutionItem AgentContent~any
        AgentCreateSubagentCallItem AgentDeleted AgentFunctionCallItem
        AgentFunctionCallOutput~any AgentFunctionCallStatus~str
        AgentInterruptSubagentCallItem AgentMcpCallItem
        AgentOutputCommandExecutionOutputDeltaEvent AgentOutputItem~any
        AgentOutputItemStatus~str AgentReasoning AgentReasoningItem
        AgentResumeSubagentCallItem AgentSendSubagentInputCallItem AgentSession
        AgentSessionAssistantMessage AgentSessionCreatedEvent AgentSessionDeleted
        AgentSessionEnvironmentConnectedEvent AgentSessionEnvironmentDisconnectedEvent
        AgentSessionEnvironmentExpiredEvent AgentSessionEnvironmentFailedEvent
        AgentSessionEnvironmentPendingEvent AgentSessionEnvironmentReadyEvent
        AgentSessionEnvironmentResetEvent AgentSessionEnvironmentState
        AgentSessionEnvironmentSuspendedEvent AgentSessionErrorEvent AgentSessionEvent~any
        AgentSessionFailedEvent AgentSessionIdleEvent AgentSessionInProgressEvent
        AgentSessionItem~any AgentSessionMessage AgentSessionMessageContent~any
        AgentSessionRequiresActionEvent AgentSessionSubagentActiveEvent
        AgentSessionSubagentClosedEvent AgentSessionSubagentCreatedEvent
        AgentSessionTurnCancelledEvent AgentSessionTurnCompletedEvent
        AgentSessionTurnContentPartAddedEvent AgentSessionTurnContentPartDoneEvent
        AgentSessionTurnCreatedEvent AgentSessionTurnFailedEvent
        AgentSessionTurnInProgressEvent AgentSessionTurnItemAddedEvent
        AgentSessionTurnItemDoneEvent AgentSessionTurnOutputTextDeltaEvent
        AgentSessionTurnOutputTextDoneEvent AgentSessionTurnReasoningSummaryPartAddedEvent
        AgentSessionTurnReasoningSummaryPartDoneEvent
        AgentSessionTurnReasoningSummaryTextDeltaEvent
        AgentSessionTurnReasoningSummaryTextDoneEvent AgentText AgentTool~any
        AgentWaitForSubagentsCallItem AgentWebSearchCallItem Assistant AssistantDeleted
        AssistantResponseFormatOption~any AssistantStreamEvent~any AssistantTool~any
        AssistantToolChoice AssistantToolChoiceFunction AssistantToolChoiceOption~any
        BetaApplyPatchTool BetaCompactedResponse BetaComputerAction~any
        BetaComputerActionList~any BetaComputerTool BetaComputerUsePreviewTool
        BetaContainerAuto BetaContainerNetworkPolicyAllowlist
        BetaContainerNetworkPolicyDisabled BetaContainerNetworkPolicyDomainSecret
        BetaContainerReference BetaCustomTool BetaEasyInputMessage BetaFileSearchTool
        BetaFunctionShellTool BetaFunctionTool BetaImageDetail~str BetaInlineSkill
        BetaInlineSkillSource BetaLocalEnvironment BetaLocalSkill BetaMcpToolCallError~any
        BetaNamespaceTool BetaResponse BetaResponseApplyPatchToolCall
        BetaResponseApplyPatchToolCallOutput BetaResponseAudioDeltaEvent
        BetaResponseAudioDoneEvent BetaResponseAudioTranscriptDeltaEvent
        BetaResponseAudioTranscriptDoneEvent BetaResponseCodeInterpreterCallCodeDeltaEvent
        BetaResponseCodeInterpreterCallCodeDoneEvent
        BetaResponseCodeInterpreterCallCompletedEvent
        BetaResponseCodeInterpreterCallInProgressEvent
        BetaResponseCodeInterpreterCallInterpretingEvent BetaResponseCodeInterpreterToolCall
        BetaResponseCompactionCompactingEvent BetaResponseCompactionItem
        BetaResponseCompletedEvent BetaResponseComputerToolCall
        BetaResponseComputerToolCallOutputItem BetaResponseComputerToolCallOutputScreenshot
        BetaResponseConfigurationUpdateItem BetaResponseContainerReference
        BetaResponseContentPartAddedEvent BetaResponseContentPartDoneEvent
        BetaResponseCreatedEvent BetaResponseCustomToolCall
        BetaResponseCustomToolCallInputDeltaEvent BetaResponseCustomToolCallInputDoneEvent
        BetaResponseCustomToolCallItem BetaResponseCustomToolCallOutput
        BetaResponseCustomToolCallOutputItem BetaResponseError BetaResponseErrorEvent
        BetaResponseFailedEvent BetaResponseFileSearchCallCompletedEvent
        BetaResponseFileSearchCallInProgressEvent BetaResponseFileSearchCallSearchingEvent
        BetaResponseFileSearchToolCall BetaResponseFormatTextConfig~any
        BetaResponseFormatTextJSONSchemaConfig BetaResponseFunctionCallArgumentsDeltaEvent
        BetaResponseFunctionCallArgumentsDoneEvent BetaResponseFunctionCallOutputItem~any
        BetaResponseFunctionCallOutputItemList~any
        BetaResponseFunctionShellCallOutputContent BetaResponseFunctionShellToolCall
        BetaResponseFunctionShellToolCallOutput BetaResponseFunctionToolCall
        BetaResponseFunctionToolCallItem BetaResponseFunctionToolCallOutputItem
        BetaResponseFunctionWebSearch BetaResponseImageGenCallCompletedEvent
        BetaResponseImageGenCallGeneratingEvent BetaResponseImageGenCallInProgressEvent
        BetaResponseImageGenCallPartialImageEvent BetaResponseInProgressEvent
        BetaResponseIncludable~str BetaResponseIncompleteEvent
        BetaResponseInjectCreatedEvent BetaResponseInjectEvent BetaResponseInjectFailedEvent
        BetaResponseInput~any BetaResponseInputContent~any BetaResponseInputFile
        BetaResponseInputFileContent BetaResponseInputImage BetaResponseInputImageContent
        BetaResponseInputItem~any BetaResponseInputMessageContentList~any
        BetaResponseInputMessageItem BetaResponseInputText BetaResponseInputTextContent
        BetaResponseItem~any BetaResponseLocalEnvironment
        BetaResponseMcpCallArgumentsDeltaEvent BetaResponseMcpCallArgumentsDoneEvent
        BetaResponseMcpCallCompletedEvent BetaResponseMcpCallFailedEvent
        BetaResponseMcpCallInProgressEvent BetaResponseMcpListToolsCompletedEvent
        BetaResponseMcpListToolsFailedEvent BetaResponseMcpListToolsInProgressEvent
        BetaResponseOutputItem~any BetaResponseOutputItemAddedEvent
        BetaResponseOutputItemDoneEvent BetaResponseOutputMessage BetaResponseOutputRefusal
        BetaResponseOutputText BetaResponseOutputTextAnnotationAddedEvent BetaResponsePrompt
        BetaResponseQueuedEvent BetaResponseReasoningItem
        BetaResponseReasoningSummaryPartAddedEvent BetaResponseReasoningSummaryPartDoneEvent
        BetaResponseReasoningSummaryTextDeltaEvent BetaResponseReasoningSummaryTextDoneEvent
        BetaResponseReasoningTextDeltaEvent BetaResponseReasoningTextDoneEvent
        BetaResponseRefusalDeltaEvent BetaResponseRefusalDoneEvent
        BetaResponseShellCallCommandAddedEvent BetaResponseShellCallCommandDeltaEvent
        BetaResponseShellCallCommandDoneEvent BetaResponseShellCallOutputContentDeltaEvent
        BetaResponseShellCallOutputContentDoneEvent BetaResponseStatus~str
        BetaResponseSteerAcceptedEvent BetaResponseSteerErrorCode~str BetaResponseSteerEvent
        BetaResponseSteerFailedEvent BetaResponseSteerInput~any
        BetaResponseSteerInputContent~any BetaResponseSteerPendingEvent
        BetaResponseSteerPendingReason~str BetaResponseSteerRequiredInput~any
        BetaResponseStreamEvent~any BetaResponseTextConfig BetaResponseTextDeltaEvent
        BetaResponseTextDoneEvent BetaResponseToolSearchCall
        BetaResponseToolSearchOutputItem BetaResponseUsage
        BetaResponseWebSearchCallCompletedEvent BetaResponseWebSearchCallInProgressEvent
        BetaResponseWebSearchCallSearchingEvent BetaResponsesClientEvent~any
        BetaResponsesServerEvent~any BetaServiceTier~any BetaSkillReference BetaTool~any
        BetaToolChoiceAllowed BetaToolChoiceApplyPatch BetaToolChoiceCustom
        BetaToolChoiceFunction BetaToolChoiceMcp BetaToolChoiceOptions~str
        BetaToolChoiceShell BetaToolChoiceTypes BetaToolSearchOutputNamespaceTool
        BetaToolSearchTool BetaWebSearchPreviewTool BetaWebSearchTool ChatKitWorkflow
        CodeInterpreterTool Environment~any FileSearchTool FunctionTool
        HostedEnvironmentFile~any HostedEnvironmentFileID HostedPlugin HostedSkill~any
        HostedSkillReference InputContent~any McpTransport~any MultiAgentConfig OutputText
        PersistedAgentTool~any PersistedMcpTransport~any SessionError SessionTurnError
        Subagent SummaryText TextFormat~any Thread ThreadDeleted TokenUsage
        WebSearchAction~any
    """,
    "types.beta.chatkit": """
        ChatKitAttachment ChatKitResponseOutputText ChatKitThread
        ChatKitThreadAssistantMessageItem ChatKitThreadItemList ChatKitThreadUserMessageItem
        ChatKitWidgetItem ChatSession ChatSessionAutomaticThreadTitling
        ChatSessionChatKitConfiguration ChatSessionFileUpload ChatSessionHistory
        ChatSessionRateLimits ChatSessionStatus~str ThreadDeleteResponse
    """,
    "types.beta.realtime": """
        ConversationCreatedEvent ConversationItem ConversationItemContent
        ConversationItemCreateEvent ConversationItemCreatedEvent ConversationItemDeleteEvent
        ConversationItemDeletedEvent ConversationItemInputAudioTranscriptionCompletedEvent
        ConversationItemInputAudioTranscriptionDeltaEvent
        ConversationItemInputAudioTranscriptionFailedEvent ConversationItemRetrieveEvent
        ConversationItemTruncateEvent ConversationItemTruncatedEvent
        ConversationItemWithReference ErrorEvent InputAudioBufferAppendEvent
        InputAudioBufferClearEvent InputAudioBufferClearedEvent InputAudioBufferCommitEvent
        InputAudioBufferCommittedEvent InputAudioBufferSpeechStartedEvent
        InputAudioBufferSpeechStoppedEvent RateLimitsUpdatedEvent RealtimeClientEvent~any
        RealtimeResponse RealtimeResponseStatus RealtimeResponseUsage
        RealtimeServerEvent~any ResponseAudioDeltaEvent ResponseAudioDoneEvent
        ResponseAudioTranscriptDeltaEvent ResponseAudioTranscriptDoneEvent
        ResponseCancelEvent ResponseContentPartAddedEvent ResponseContentPartDoneEvent
        ResponseCreateEvent ResponseCreatedEvent ResponseDoneEvent
        ResponseFunctionCallArgumentsDeltaEvent ResponseFunctionCallArgumentsDoneEvent
        ResponseOutputItemAddedEvent ResponseOutputItemDoneEvent ResponseTextDeltaEvent
        ResponseTextDoneEvent Session SessionCreateResponse SessionCreatedEvent
        SessionUpdateEvent SessionUpdatedEvent TranscriptionSession
        TranscriptionSessionUpdate TranscriptionSessionUpdatedEvent
    """,
    "types.beta.threads": """
        Annotation~any AnnotationDelta~any FileCitationAnnotation
        FileCitationDeltaAnnotation FilePathAnnotation FilePathDeltaAnnotation ImageFile
        ImageFileContentBlock ImageFileDelta ImageFileDeltaBlock ImageURL
        ImageURLContentBlock ImageURLDelta ImageURLDeltaBlock Message MessageContent~any
        MessageContentDelta~any MessageDeleted MessageDelta MessageDeltaEvent
        RefusalContentBlock RefusalDeltaBlock RequiredActionFunctionToolCall Run
        RunStatus~str Text TextContentBlock TextDelta TextDeltaBlock
    """,
    "types.beta.threads.runs": """
        CodeInterpreterLogs CodeInterpreterOutputImage CodeInterpreterToolCall
        CodeInterpreterToolCallDelta FileSearchToolCall FileSearchToolCallDelta
        FunctionToolCall FunctionToolCallDelta MessageCreationStepDetails RunStep
        RunStepDelta RunStepDeltaEvent RunStepDeltaMessageDelta RunStepInclude~str
        ToolCall~any ToolCallDelta~any ToolCallDeltaObject ToolCallsStepDetails
    """,
    "types.containers": """
        FileCreateResponse FileListResponse FileRetrieveResponse
    """,
    "types.conversations": """
        ComputerScreenshotContent Conversation ConversationDeletedResource
        ConversationItem~any ConversationItemList InputFileContent InputImageContent
        InputTextContent Message OutputTextContent RefusalContent SummaryTextContent
        TextContent
    """,
    "types.evals": """
        CreateEvalCompletionsRunDataSource CreateEvalJSONLRunDataSource EvalAPIError
        RunCancelResponse RunCreateResponse RunDeleteResponse RunListResponse
        RunRetrieveResponse
    """,
    "types.evals.runs": """
        OutputItemListResponse OutputItemRetrieveResponse
    """,
    "types.fine_tuning": """
        DpoHyperparameters DpoMethod FineTuningJob FineTuningJobEvent
        FineTuningJobIntegration FineTuningJobWandbIntegration
        FineTuningJobWandbIntegrationObject ReinforcementHyperparameters ReinforcementMethod
        SupervisedHyperparameters SupervisedMethod
    """,
    "types.fine_tuning.alpha": """
        GraderRunResponse GraderValidateResponse
    """,
    "types.fine_tuning.checkpoints": """
        PermissionCreateResponse PermissionDeleteResponse PermissionListResponse
        PermissionRetrieveResponse
    """,
    "types.fine_tuning.jobs": """
        FineTuningJobCheckpoint
    """,
    "types.graders": """
        GraderInputs~any LabelModelGrader MultiGrader PythonGrader ScoreModelGrader
        StringCheckGrader TextSimilarityGrader
    """,
    "types.realtime": """
        AudioTranscription ClientSecretCreateResponse ConversationCreatedEvent
        ConversationItem~any ConversationItemAdded ConversationItemCreateEvent
        ConversationItemCreatedEvent ConversationItemDeleteEvent
        ConversationItemDeletedEvent ConversationItemDone
        ConversationItemInputAudioTranscriptionCompletedEvent
        ConversationItemInputAudioTranscriptionDeltaEvent
        ConversationItemInputAudioTranscriptionFailedEvent
        ConversationItemInputAudioTranscriptionSegment ConversationItemRetrieveEvent
        ConversationItemTruncateEvent ConversationItemTruncatedEvent
        InputAudioBufferAppendEvent InputAudioBufferClearEvent InputAudioBufferClearedEvent
        InputAudioBufferCommitEvent InputAudioBufferCommittedEvent
        InputAudioBufferDtmfEventReceivedEvent InputAudioBufferSpeechStartedEvent
        InputAudioBufferSpeechStoppedEvent InputAudioBufferTimeoutTriggered
        LogProbProperties McpListToolsCompleted McpListToolsFailed McpListToolsInProgress
        NoiseReductionType~str OutputAudioBufferClearEvent RateLimitsUpdatedEvent
        RealtimeAudioConfig RealtimeAudioConfigInput RealtimeAudioConfigOutput
        RealtimeAudioFormats~any RealtimeAudioInputTurnDetection~any RealtimeClientEvent~any
        RealtimeConversationItemAssistantMessage RealtimeConversationItemFunctionCall
        RealtimeConversationItemFunctionCallOutput RealtimeConversationItemSystemMessage
        RealtimeConversationItemUserMessage RealtimeError RealtimeErrorEvent
        RealtimeFunctionTool RealtimeMcpApprovalRequest RealtimeMcpApprovalResponse
        RealtimeMcpListTools RealtimeMcpProtocolError RealtimeMcpToolCall
        RealtimeMcpToolExecutionError RealtimeMcphttpError RealtimeReasoning
        RealtimeReasoningEffort~str RealtimeResponse RealtimeResponseCreateAudioOutput
        RealtimeResponseCreateMcpTool RealtimeResponseStatus RealtimeResponseUsage
        RealtimeResponseUsageInputTokenDetails RealtimeResponseUsageOutputTokenDetails
        RealtimeServerEvent~any RealtimeSessionCreateRequest RealtimeSessionCreateResponse
        RealtimeToolChoiceConfig~any RealtimeToolsConfig~any RealtimeToolsConfigUnion~any
        RealtimeTracingConfig~any RealtimeTranscriptionSessionAudio
        RealtimeTranscriptionSessionAudioInput
        RealtimeTranscriptionSessionAudioInputTurnDetection~any
        RealtimeTranscriptionSessionCreateRequest RealtimeTranscriptionSessionCreateResponse
        RealtimeTranscriptionSessionTurnDetection RealtimeTranslationClientEvent~any
        RealtimeTranslationClientSecretCreateResponse
        RealtimeTranslationInputAudioBufferAppendEvent
        RealtimeTranslationInputTranscriptDeltaEvent
        RealtimeTranslationOutputAudioDeltaEvent
        RealtimeTranslationOutputTranscriptDeltaEvent RealtimeTranslationServerEvent~any
        RealtimeTranslationSession RealtimeTranslationSessionCloseEvent
        RealtimeTranslationSessionClosedEvent RealtimeTranslationSessionCreatedEvent
        RealtimeTranslationSessionUpdateEvent RealtimeTranslationSessionUpdateRequest
        RealtimeTranslationSessionUpdatedEvent RealtimeTruncation~any
        RealtimeTruncationRetentionRatio ResponseAudioDeltaEvent ResponseAudioDoneEvent
        ResponseAudioTranscriptDeltaEvent ResponseAudioTranscriptDoneEvent
        ResponseCancelEvent ResponseContentPartAddedEvent ResponseContentPartDoneEvent
        ResponseCreateEvent ResponseCreatedEvent ResponseDoneEvent
        ResponseFunctionCallArgumentsDeltaEvent ResponseFunctionCallArgumentsDoneEvent
        ResponseItemReference ResponseMcpCallArgumentsDelta ResponseMcpCallArgumentsDone
        ResponseMcpCallCompleted ResponseMcpCallFailed ResponseMcpCallInProgress
        ResponseOutputItemAddedEvent ResponseOutputItemDoneEvent ResponseTextDeltaEvent
        ResponseTextDoneEvent SessionCreatedEvent SessionUpdateEvent SessionUpdatedEvent
    """,
    "types.uploads": """
        UploadPart
    """,
    "types.vector_stores": """
        FileContentResponse VectorStoreFile VectorStoreFileBatch VectorStoreFileDeleted
    """,
    "types.webhooks": """
        AgentEnvironmentExpiredWebhookEvent AgentEnvironmentFailedWebhookEvent
        AgentEnvironmentReadyWebhookEvent AgentEnvironmentSuspendedWebhookEvent
        AgentSessionActionRequiredWebhookEvent AgentSessionCreatedWebhookEvent
        AgentSessionFailedWebhookEvent AgentSessionIdleWebhookEvent
        AgentSessionInProgressWebhookEvent BatchCancelledWebhookEvent
        BatchCompletedWebhookEvent BatchExpiredWebhookEvent BatchFailedWebhookEvent
        DeletedWebhookEndpoint EvalRunCanceledWebhookEvent EvalRunFailedWebhookEvent
        EvalRunSucceededWebhookEvent FineTuningJobCancelledWebhookEvent
        FineTuningJobFailedWebhookEvent FineTuningJobSucceededWebhookEvent
        LiveCallIncomingWebhookEvent LiveTransportConnectedWebhookEvent
        LiveTransportIncomingWebhookEvent RealtimeCallIncomingWebhookEvent
        ResponseCancelledWebhookEvent ResponseCompletedWebhookEvent
        ResponseFailedWebhookEvent ResponseIncompleteWebhookEvent
        SafetyAlertCreatedWebhookEvent SafetyDeactivationIssuedWebhookEvent
        SafetyIdentifierBlockedWebhookEvent SafetyOrgAlertCreatedWebhookEvent
        SafetyWarningIssuedWebhookEvent UnwrapWebhookEvent~any WebhookEndpoint
        WebhookEndpointList WebhookEndpointTestResult WebhookEndpointWithSecret
        WebhookEventTypeList
    """,
}
