import ClearingModel
import Foundation
import Synchronization

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

    private static let armed = Mutex(ProcessInfo.processInfo.environment["MARGIN_FAILPOINT"])

    /// Dies or stops here if exactly this point of this stage is armed; a stop happens once, so that a stage that is
    /// repeated runs through.
    package func reached(_ stage: Stage) { reached(stage.rawValue) }

    /// Dies or stops here if this point of a command is armed, as `correct:before-commit`.
    package func reached(_ point: String) {
        let point = "\(point):\(rawValue)"
        let signal: Int32? = Self.armed.withLock { armed in
            if armed == point { return SIGKILL }
            guard armed == "\(point):stop" else { return nil }
            armed = nil
            return SIGSTOP
        }
        // To this very thread: a signal to the process may reach another one first, and this one would run on.
        if let signal { raise(signal) }
    }
}
