/// How a command ends, after sysexits.h. The one table of docs/operations.md.
package enum ExitCode: Int32, CaseIterable, Sendable {
    /// Done, or already complete.
    case done = 0
    /// A comparison found a difference.
    case difference = 1
    /// The command line is wrong.
    case usage = 64
    /// An input was rejected.
    case inputRejected = 65
    /// An input is missing or stale.
    case inputMissing = 66
    /// The database cannot be reached.
    case databaseUnavailable = 69
    /// An invariant is broken: a bug, or a figure beyond all bounds.
    case invariantBroken = 70
    /// A report cannot be created.
    case cannotCreateReport = 73
    /// A report cannot be written to the end.
    case cannotWriteReport = 74
    /// Somebody else is at it: try again.
    case tryAgain = 75
    /// Not permitted.
    case permission = 77
    /// The configuration or the schema's version does not fit.
    case configuration = 78

    /// The name in docs/operations.md and in the documents of `--json`.
    package var name: String { "\(self)" }
}
