using Azure;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>What an action of a transaction does.</summary>
public enum TableTransactionActionType
{
    /// <summary>Writes a row that must not be there.</summary>
    Add,

    /// <summary>Writes a row in place of any that is there.</summary>
    UpsertReplace,

    /// <summary>Removes a row that must be there.</summary>
    Delete,
}

/// <summary>One action of a transaction.</summary>
/// <param name="ActionType">What it does.</param>
/// <param name="Entity">The row; of one that is removed, its keys.</param>
/// <param name="ETag">The version that a removed row must have; none for any.</param>
public sealed record TableTransactionAction(TableTransactionActionType ActionType, TableEntity Entity, ETag ETag = default);
