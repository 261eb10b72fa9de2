// Says when the month gets dearer than planned. It stops nothing: a limit that turned lookups off would cost the shop more.
param name string

@minValue(1)
param amount int

@description('The first of a month, not before the one in which the budget is made; never changed afterwards.')
@minLength(10)
@maxLength(10)
param start string

param actionGroupId string

// https://learn.microsoft.com/azure/templates/microsoft.consumption/budgets
resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: start
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80 // per cent
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: [actionGroupId]
      }
      expected: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted' // early enough to do something
        contactEmails: []
        contactGroups: [actionGroupId]
      }
    }
  }
}
