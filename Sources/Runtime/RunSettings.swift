/// How a stage runs; none of it moves a figure.
package struct RunSettings: Sendable {
    /// Tasks that compute at the same time.
    package let threads: Int
    /// Folder that takes the report folders.
    package let reportsFolder: String
    /// Why the run is made, for the ledger; empty for the nightly one.
    package let reason: String
    package let log: EventLog
    /// What a terminal shows of a stage that takes its time.
    package let progress: Progress

    package init(threads: Int, reportsFolder: String, reason: String = "", log: EventLog) {
        precondition(threads > 0, "at least one task computes")
        self.threads = threads
        self.reportsFolder = reportsFolder
        self.reason = reason
        self.log = log
        progress = Progress(isShown: log.isOnTerminal && !log.isQuiet)
    }
}

/// The program's version, recorded with every execution; the numbers' versions are the stages' own.
package enum BuildVersion {
    package static let current = "0.1.0"
}
