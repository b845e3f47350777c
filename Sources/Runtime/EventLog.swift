import Foundation
import Logging
import TextFiles

/// The log of a command: text on a terminal, one JSON object a line elsewhere, always on standard error.
package struct EventLog: Sendable {
    /// What a line of the log is about: a closed list, which docs/operations.md explains.
    package enum Event: String, CaseIterable, Sendable {
        /// Something is made ready that takes its time: a private cluster, the schema.
        case preparing
        /// A stage begins.
        case started
        /// A stage has committed.
        case finished
        /// A stage was complete for the same inputs.
        case skipped
        /// A stage has failed.
        case failed
        /// A killed execution was marked abandoned.
        case recovered
        /// The data gates have run.
        case validated
        /// A transaction collided with another one and is repeated.
        case retried
        /// A lost connection was opened anew, and the ledger was asked what has become of the stage.
        case reconnected
        /// The published pointer has moved.
        case published
        /// Inputs were loaded since a run pinned its own, and it goes on with those.
        case outdated
        /// Nothing says why figures moved since the night before, though the house wants it.
        case unattributed
        /// Another session holds the date and cycle, and its program is not seen at work.
        case waiting
        /// The metrics file could not be written.
        case metricsFailed = "metrics_failed"
    }

    private let logger: Logger
    /// Whether a person reads it as it is written.
    let isOnTerminal: Bool
    let isQuiet: Bool

    /// `quiet` keeps everything below a warning to itself, `silent` everything: its reader has another way to know.
    package init(quiet: Bool, silent: Bool = false) {
        let isTerminal = isatty(STDERR_FILENO) == 1
        var logger = Logger(label: "margin") { _ in EventHandler(isTerminal: isTerminal) }
        logger.logLevel = silent ? .critical : quiet ? .warning : .info
        self.logger = logger
        isOnTerminal = isTerminal
        isQuiet = quiet
    }

    /// Logs what happens as it should, such as a stage that begins. On a terminal, where the command itself says it,
    /// it is left out.
    package func info(_ event: Event, _ message: String, _ fields: [String: String] = [:]) {
        log(.info, event, message, fields)
    }

    /// Logs what an operator should read though nothing is wrong.
    package func notice(_ event: Event, _ message: String, _ fields: [String: String] = [:]) {
        log(.notice, event, message, fields)
    }

    /// Logs what went wrong beside the work itself, which goes on.
    package func warning(_ event: Event, _ message: String, _ fields: [String: String] = [:]) {
        log(.warning, event, message, fields)
    }

    /// Logs what ended the work. On a terminal it is left out: the command says it with its hint.
    package func error(_ event: Event, _ message: String, _ fields: [String: String] = [:]) {
        log(.error, event, message, fields)
    }

    private func log(_ level: Logger.Level, _ event: Event, _ message: String, _ fields: [String: String]) {
        if isOnTerminal, level == .info && event != .validated || level == .error { return }
        var metadata: Logger.Metadata = ["event": .string(event.rawValue)]
        for (key, value) in fields { metadata[key] = .string(value) }
        logger.log(level: level, "\(message)", metadata: metadata)
    }
}

/// Standard error, for people; what cannot be written there is lost, and the command goes on.
package func writeToStandardError(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

private struct EventHandler: LogHandler {
    let isTerminal: Bool
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = event.metadata ?? [:]
        let line: String
        if isTerminal {
            line = "\(event.message)".printable
        } else {
            var object = ["time": Date().ISO8601Format(), "level": event.level.rawValue, "message": "\(event.message)"]
            for (key, value) in fields { object[key] = "\(value)" }
            guard let text = try? JSONText.line(object) else { return }
            line = text
        }
        writeToStandardError(line + "\n")
    }
}
