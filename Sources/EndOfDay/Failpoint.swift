import Foundation

/// Where a test kills the process: `MARGIN_FAILPOINT=offsets:before-commit` ends it there with SIGKILL, as a power cut
/// would; `MARGIN_FAILPOINT=offsets:mid-copy:stop` suspends it there with SIGSTOP, so that a test can hurt the server.
///
/// Costs one comparison when the variable is not set.
package enum Failpoint: String, CaseIterable, Sendable {
    case beforeLock = "before-lock"
    case afterExecution = "after-execution"
    case midCopy = "mid-copy"
    case beforeCommit = "before-commit"
    case afterCommit = "after-commit"
    case midFile = "mid-file"
    case afterRename = "after-rename"
    case beforePublish = "before-publish"
    case afterPublish = "after-publish"

    private static let armed = ProcessInfo.processInfo.environment["MARGIN_FAILPOINT"]

    /// Dies here if this point of this stage is armed.
    package func reached(_ stage: Stage) { reached(named: stage.rawValue) }

    func reached(named place: String) {
        guard let armed = Self.armed, armed.hasPrefix("\(place):\(rawValue)") else { return }
        // To this very thread: a signal to the process may reach another one first, and this one would run on.
        raise(armed.hasSuffix(":stop") ? SIGSTOP : SIGKILL)
    }
}
