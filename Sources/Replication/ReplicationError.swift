/// Why a requirement was not computed from files: one line of what, where and which value, and what to do next.
package struct ReplicationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What an exit code is chosen by.
    package enum Category: Sendable {
        /// A file says what it may not (sysexits 65).
        case rejected
        /// A file or a row that is needed is not there (sysexits 66).
        case missing
        /// A file cannot be written (sysexits 73).
        case cannotCreate
    }

    package let category: Category
    /// Lower case, no full stop.
    package let message: String
    /// What to do next, if that can be said.
    package let hint: String?

    package var description: String { message }

    /// What to do with a file that is not as it was published.
    private static let takeAgain = "mend the file, or take it again from where it was published"

    static func rejected(_ message: String, hint: String? = nil) -> ReplicationError {
        ReplicationError(category: .rejected, message: message, hint: hint ?? takeAgain)
    }

    static func missing(_ message: String, hint: String? = nil) -> ReplicationError {
        ReplicationError(
            category: .missing, message: message, hint: hint ?? "take the files of the run that margined the positions")
    }
}
