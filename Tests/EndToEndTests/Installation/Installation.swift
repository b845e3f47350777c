import Foundation
import Postgres
import PrivateCluster
import ServerTestSupport
import TestSupport

/// What a program that was run left behind.
struct Ended {
    /// The exit code, or 128 + the signal that killed it.
    let code: Int32
    let output: String
    let errors: String
}

/// A database of its own with a house loaded, a reports folder, and the built programs to run against them.
struct Installation {
    let folder: String
    let settings: ConnectionSettings

    var reports: String { folder + "/reports" }

    /// One with the schema, and the CSV files of a folder loaded, if one is given; unmigrated, it has neither.
    init(
        house: String? = Checkout.fixtures + "/two-day-night/input", on server: ConnectionSettings? = nil,
        isMigrated: Bool = true
    ) async throws {
        var settings = if let server { server } else { try await TestServer.settings() }
        let name = "desk_\(ProcessInfo.processInfo.processIdentifier)_\(Int.random(in: 0..<1_000_000_000))"
        let owner = try Connection.open(applicationName: "tests", parameters: settings.parameters)
        try owner.script("create database \(name)")
        settings.database = name
        self.settings = settings
        folder = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard isMigrated else { return }
        let migrated = try run("margin", "migrate")
        guard migrated.code == 0 else { throw DeskError(what: migrated.errors) }
        guard let house else { return }
        let loaded = try run("margin", "load", house)
        guard loaded.code == 0 else { throw DeskError(what: loaded.errors) }
    }

    struct DeskError: Error { let what: String }

    /// Drops the database and removes the folder.
    func close() async throws {
        var server = settings
        server.database = "margin"
        let owner = try Connection.open(applicationName: "tests", parameters: server.parameters)
        try owner.script("drop database if exists \(settings.database) with (force)")
        try FileManager.default.removeItem(atPath: folder)
    }

    /// A connection to this installation's database.
    func connect() throws -> Connection {
        try Connection.open(applicationName: "tests", parameters: settings.parameters)
    }

    /// Runs a built program to its end.
    func run(_ program: String, _ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
        let started = try start(program, arguments, environment: environment)
        return try started.wait()
    }

    /// Starts a built program, or one of the system by its path; its output is collected in files.
    func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Started {
        let process = Process()
        let path = program.hasPrefix("/") ? program : Checkout.products + "/" + program
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        variables.merge(settings.environment) { $1 }
        variables["MARGIN_REPORTS"] = reports
        // However busy the machine is: the server ends a killed program's session before the next start gives up.
        variables["MARGIN_HOLDER_WAIT"] = "600"
        variables.merge(environment) { $1 }
        process.environment = variables
        let name = folder + "/run-\(Int.random(in: 0..<1_000_000_000))"
        for kind in ["out", "err"] { _ = FileManager.default.createFile(atPath: "\(name).\(kind)", contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: "\(name).out")
        process.standardError = FileHandle(forWritingAtPath: "\(name).err")
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return Started(process: process, name: name)
    }

    /// A program under way.
    struct Started {
        let process: Process
        let name: String

        func wait() throws -> Ended {
            process.waitUntilExit()
            let killed = process.terminationReason == .uncaughtSignal
            func text(_ kind: String) -> String {
                String(decoding: FileManager.default.contents(atPath: "\(name).\(kind)") ?? Data(), as: UTF8.self)
            }
            return Ended(
                code: killed ? 128 + process.terminationStatus : process.terminationStatus, output: text("out"),
                errors: text("err"))
        }
    }

    /// Runs a built program in a session with settings of its own, and returns what the server logs meanwhile.
    func serverLog(of program: String, _ arguments: [String], options: [String]) throws -> String {
        let folder = try connect().value("select current_setting('data_directory')", as: .text)
        let log = URL(fileURLWithPath: folder).deletingLastPathComponent().path + "/server.log"
        let before = try FileManager.default.attributesOfItem(atPath: log)[.size] as? UInt64 ?? 0
        let ended = try start(
            program, arguments, environment: ["PGOPTIONS": options.map { "-c \($0)" }.joined(separator: " ")]
        ).wait()
        guard ended.code == 0 else { throw DeskError(what: "\(program) \(arguments): \(ended.errors)") }
        guard let file = FileHandle(forReadingAtPath: log) else { throw DeskError(what: "\(log) is not there") }
        try file.seek(toOffset: before)
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Every report file of a date's current run by name, with its bytes.
    func reportFiles(_ date: String) throws -> [String: Data] {
        let current = "\(reports)/\(date)/EOD/current"
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: current) {
            files[name] = FileManager.default.contents(atPath: "\(current)/\(name)")
        }
        return files
    }

    /// Everything below the reports folder, as relative paths.
    func reportPaths() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: reports).sorted()
    }
}
