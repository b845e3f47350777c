import Foundation
import PrivateCluster
import Testing

extension Installation {
    /// Waits up to 30 s until something is so.
    func waitUntil(_ what: String, _ isSo: () throws -> Bool) throws {
        for _ in 0..<600 {
            if try isSo() { return }
            // Sleeping keeps the thread: given away, other tests' programs would run for minutes before this one goes
            // on.
            usleep(50_000)
        }
        Issue.record("never came: \(what)")
    }

    /// Waits until a program stands at its failpoint: the process has the state "T" of /proc.
    func waitUntilStopped(_ started: Started) throws {
        let path = "/proc/\(started.process.processIdentifier)/stat"
        try waitUntil("the program stands at its failpoint") {
            let stat = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            return stat.split(separator: ")").last?.split(separator: " ").first == "T"
        }
    }

    /// Sends a signal by its name, and returns what `kill` returned.
    func send(_ signal: String, to started: Started) throws -> Int32 {
        let kill = try Process.run(
            URL(fileURLWithPath: "/bin/kill"), arguments: ["-\(signal)", "\(started.process.processIdentifier)"])
        kill.waitUntilExit()
        return kill.terminationStatus
    }

    /// The environment with which the built programs reach this installation's database.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") && !$0.key.hasPrefix("MARGIN_") }
            .merging(settings.environment) { $1 }.merging(["MARGIN_REPORTS": reports, "MARGIN_HOLDER_WAIT": "600"]) {
                $1
            }
            .merging(more) { $1 }
    }
}
