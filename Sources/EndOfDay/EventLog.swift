import Foundation
import Logging

/// The log of a command: text on a terminal, one JSON object a line elsewhere, always on standard error.
package struct EventLog: Sendable {
    private let logger: Logger

    /// `quiet` keeps everything below a warning to itself.
    package init(quiet: Bool) {
        let isTerminal = isatty(STDERR_FILENO) == 1
        var logger = Logger(label: "margin") { _ in EventHandler(isTerminal: isTerminal) }
        logger.logLevel = quiet ? .warning : .info
        self.logger = logger
    }

    /// Logs what happens as it should, such as a stage that begins.
    package func info(_ event: String, _ message: String, _ fields: [String: String] = [:]) {
        log(.info, event, message, fields)
    }

    /// Logs what an operator should read though nothing is wrong.
    package func notice(_ event: String, _ message: String, _ fields: [String: String] = [:]) {
        log(.notice, event, message, fields)
    }

    private func log(_ level: Logger.Level, _ event: String, _ message: String, _ fields: [String: String]) {
        var metadata: Logger.Metadata = ["event": .string(event)]
        for (key, value) in fields { metadata[key] = .string(value) }
        logger.log(level: level, "\(message)", metadata: metadata)
    }
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
            line = "\(event.message)"
        } else {
            var object = ["time": Date().ISO8601Format(), "level": event.level.rawValue, "message": "\(event.message)"]
            for (key, value) in fields { object[key] = "\(value)" }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let data = try? encoder.encode(object) else { return }
            line = String(decoding: data, as: UTF8.self)
        }
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
