import Foundation
import Postgres
import PrivateCluster
import TestSupport

/// The private cluster of the tests, in .cluster/tests of the checkout: started once, kept running between test runs,
/// with one database a test process. MARGIN_TEST_CLUSTER names another folder.
package enum TestServer {
    /// How to reach this process's database; the first call makes it.
    package static func settings() async throws -> ConnectionSettings {
        try await database.value
    }

    /// The same as libpq keywords and values.
    package static func parameters() async throws -> [String: String] {
        try await settings().parameters
    }

    /// A new connection to this process's database.
    /// - Parameter parameters: libpq keywords that override how to connect, such as "options".
    package static func connect(_ parameters: [String: String] = [:]) async throws -> Connection {
        let settings = try await settings()
        return try Connection.open(
            applicationName: "tests", parameters: settings.parameters.merging(parameters) { $1 })
    }

    private static let database = Task { () async throws -> ConnectionSettings in
        var settings = try await PrivateCluster(folder: folder, settings: ["shared_buffers": "128MB"]).start()
        let owner = try Connection.open(applicationName: "tests", parameters: settings.parameters)
        try dropAbandoned(owner)
        let name = "test_\(ProcessInfo.processInfo.processIdentifier)"
        try owner.script("create database \(name)")
        settings.database = name
        return settings
    }

    private static var folder: String {
        if let folder = ProcessInfo.processInfo.environment["MARGIN_TEST_CLUSTER"] { return folder }
        return Checkout.root + "/.cluster/tests"
    }

    /// Drops the databases of test processes that have ended.
    private static func dropAbandoned(_ owner: Connection) throws(PostgresError) {
        let sql = "select datname::text from pg_database where datname like 'test\\_%' order by datname"
        let names = try owner.values(sql, as: .text)
        for name in names {
            guard let process = Int32(name.dropFirst(5).prefix { $0 != "_" }),
                !FileManager.default.fileExists(atPath: "/proc/\(process)")
            else { continue }
            try owner.script("drop database if exists \(name) with (force)")
        }
    }
}
