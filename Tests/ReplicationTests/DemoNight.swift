import Foundation
import Postgres
import PrivateCluster
import ServerTestSupport
import TestSupport

/// The demo house's two nights, made by the first test that asks.
enum DemoNight {
    static let dates = ["2018-12-27", "2018-12-28"]
    static let made = Task {
        let house = FileManager.default.temporaryDirectory.path + "/house-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: house) }
        let history = Checkout.history
        let generated = try runProgram(["generate", "--size", "demo", "--history", history, house])
        guard generated.code == 0 else { throw Night.Failed(what: generated.errors) }
        return try await Night(house: house, dates: dates)
    }
}

/// Nights of a house, run with the built programs on the tests' cluster; what is left are files.
struct Night: Sendable {
    /// Stays until a later process removes it.
    let folder: String
    /// What the last night's command printed.
    let printed: String
    var house: String { folder + "/house" }
    var positions: String { house + "/position.csv" }

    init(house: String, dates: [String]) async throws {
        try Self.removeAbandoned()
        var settings = try await TestServer.settings()
        let name = "replica_\(ProcessInfo.processInfo.processIdentifier)_\(Int.random(in: 0..<1_000_000_000))"
        let owner = try Connection.open(applicationName: "tests", parameters: settings.parameters)
        try owner.script("create database \(name)")
        settings.database = name
        folder = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: house, toPath: folder + "/house")
        let environment = settings.environment.merging(["MARGIN_REPORTS": folder + "/reports"]) { $1 }
        var printed = ""
        let nights = dates.map { ["run", "--business-date", $0] }
        for arguments in [["migrate"], ["load", house]] + nights {
            let ended = try runProgram(arguments, environment: environment)
            guard ended.code == 0 else { throw Failed(what: "\(arguments): \(ended.errors)") }
            printed = ended.output
        }
        self.printed = printed
        try owner.script("drop database \(name) with (force)")
    }

    struct Failed: Error { let what: String }

    /// Removes the folders of test processes that have ended; another process may do the same at this moment.
    private static func removeAbandoned() throws {
        let files = FileManager.default
        let root = files.temporaryDirectory.path
        for name in try files.contentsOfDirectory(atPath: root) where name.hasPrefix("replica_") {
            let process = name.dropFirst("replica_".count).prefix { $0 != "_" }
            if !files.fileExists(atPath: "/proc/\(process)") { try? files.removeItem(atPath: root + "/" + name) }
        }
    }

    /// The folder of a date's published run.
    func current(_ date: String) -> String { "\(folder)/reports/\(date)/EOD/current" }

    func file(_ report: String, _ date: String, _ ending: String = "json") -> String {
        "\(current(date))/\(report).\(date).EOD.r1.\(ending)"
    }

    /// The files of one member's report, by name.
    func files(_ report: String, _ date: String, _ ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: current(date)).filter {
            $0.hasPrefix(report + "." + date) && $0.hasSuffix(ending)
        }.sorted().map { "\(current(date))/\($0)" }
    }
}

/// Runs `margin` as it was built with these tests; without an environment, one in which no server exists.
func runProgram(
    _ arguments: [String], environment: [String: String] = BuiltProgram.noDatabase
) throws -> BuiltProgram.Ended {
    try BuiltProgram.run("margin", arguments, environment: environment)
}
