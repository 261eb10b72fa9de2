// What somebody must hear of: a file that the trigger gave up on, a run that failed, a file that cannot be used.
// By logs, since no metric counts the messages of one queue. host.json keeps Trace and Exception out of the sampling for this.
param token string
param location string
param tags object
param workspaceId string

@description('Empty for nobody.')
param email string

var rules = [
  {
    name: 'poison'
    title: 'The blob trigger gave up on a file'
    severity: 1
    // What the host says when it moves a message that failed blobs.poisonBlobThreshold times (host.json).
    query: 'AppTraces | where Message has "webjobs-blobtrigger-poison"'
  }
  {
    name: 'failed-run'
    title: 'A run failed'
    severity: 1
    // The durable extension's own words for a failed orchestration, and its span.
    query: '''
      union isfuzzy=true
        (AppTraces | where Message has "SegmentationOrchestrator" and Message has "failed with an error" and SeverityLevel >= 3),
        (AppRequests | where Name has "SegmentationOrchestrator" and Success == false)
      '''
  }
  {
    name: 'unusable-upload'
    title: 'An upload cannot be used and lies in quarantine'
    severity: 3
    // Event 3002 of WorkflowLog.
    query: 'AppTraces | where Message startswith "Upload " and Message has "cannot be used" and SeverityLevel == 2'
  }
]

// https://learn.microsoft.com/azure/templates/microsoft.insights/actiongroups
resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'Global' // action groups have no region
  tags: tags
  properties: {
    groupShortName: 'segments' // 12 characters at most; it stands in the message
    enabled: true
    emailReceivers: empty(email) ? [] : [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// https://learn.microsoft.com/azure/templates/microsoft.insights/scheduledqueryrules
resource alertRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      // A quarter of an hour is a third of the price of five minutes, and a run is monthly.
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M' // twice the frequency: logs arrive minutes late
      muteActionsDuration: 'PT1H'
      autoMitigate: false // needed with muted actions; it did happen, even if it is over
      skipQueryValidation: true // the tables appear with the first telemetry, after this
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]

output actionGroupId string = people.id
