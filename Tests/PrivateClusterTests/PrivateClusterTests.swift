import Foundation
import Postgres
import PrivateCluster
import Testing

/// Each test makes a cluster of its own in a folder under /tmp and destroys it.
@Suite(.serialized) struct PrivateClusterTests {
    private static let small = ["shared_buffers": "16MB", "max_wal_size": "64MB"]

    @Test func `it starts, is used again by a second start, keeps its data over a stop, and is destroyed`()
        async throws
    {
        try await Self.withFolder { folder in
            let cluster = PrivateCluster(folder: folder, settings: Self.small)
            #expect(!cluster.isRunning)
            let first = try await cluster.start()
            #expect(cluster.isRunning)
            try Self.open(first).script("create table kept (a int)")
            let second = try await PrivateCluster(folder: folder).start()
            #expect(first == second)
            try await cluster.stop()
            try await cluster.stop()
            #expect(!cluster.isRunning)
            let third = try await cluster.start()
            #expect(try Self.open(third).values("select count(*) from kept", as: .int64) == [0])
            try await cluster.destroy()
            #expect(!FileManager.default.fileExists(atPath: folder))
            try await cluster.destroy()
        }
    }

    @Test func `it is safe, private and has the settings asked for`() async throws {
        try await Self.withFolder { folder in
            let settings = try await PrivateCluster(folder: folder, settings: Self.small).start()
            let connection = try Self.open(settings)
            let expected = [
                "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on",
                "listen_addresses": "", "jit": "off", "shared_buffers": "16MB", "server_encoding": "UTF8",
                "lc_collate": "C", "timezone": "UTC",
            ]
            for (name, value) in expected {
                let found = try connection.value("select current_setting($1)", [.text(name)], as: .text)
                #expect(found == value, "\(name)")
            }
            let row = try connection.one(
                "select rolname::text, current_database()::text, rolsuper from pg_roles where rolname = current_user"
            )
            #expect(try row.text(.at(0)) == "margin")
            #expect(try row.text(.at(1)) == "margin")
            #expect(try row.bool(.at(2)))
            #expect(try Self.open(settings).value("select error is null from pg_hba_file_rules", as: .bool))
            let mode = try FileManager.default.attributesOfItem(atPath: settings.host)[.posixPermissions] as? Int
            #expect(mode == 0o700)
        }
    }

    @Test func `another role than the owner cannot be claimed, and another user cannot connect`() async throws {
        try await Self.withFolder { folder in
            let settings = try await PrivateCluster(folder: folder, settings: Self.small).start()
            try Self.open(settings).script("create role member login")
            do {
                _ = try Connection.open(
                    applicationName: "tests", parameters: settings.parameters.merging(["user": "member"]) { $1 })
                Issue.record("the role was given away")
            } catch let error as PostgresError {
                #expect(error.sqlState == .invalidAuthorization)
            }
            try Self.open(settings).script("set session authorization member; select 1")
        }
    }

    @Test func `many starters at once get the same server`() async throws {
        try await Self.withFolder { folder in
            let found = try await withThrowingTaskGroup(of: ConnectionSettings.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await PrivateCluster(folder: folder, settings: Self.small).start() }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(found.count == 1)
        }
    }

    @Test func `it recovers from a killed server and from a process number that was given away`() async throws {
        try await Self.withFolder { folder in
            let cluster = PrivateCluster(folder: folder, settings: Self.small)
            let settings = try await cluster.start()
            try Self.open(settings).script("create table kept (a int); insert into kept values (1)")
            let file = try #require(cluster.actualFolder) + "/data/postmaster.pid"
            let process = try Self.process(file)
            kill(process, SIGKILL)
            while cluster.isRunning { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try Self.open(await cluster.start()).value("select count(*) from kept", as: .int64) == 1)

            let pid = try String(contentsOfFile: file, encoding: .utf8)
            try await cluster.stop()
            let stranger = pid.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            let text = (["\(ProcessInfo.processInfo.processIdentifier)"] + stranger).joined(separator: "\n")
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            #expect(!cluster.isRunning)
            #expect(try Self.open(await cluster.start()).value("select count(*) from kept", as: .int64) == 1)
        }
    }

    @Test func `an interrupted making of the data is done anew`() async throws {
        try await Self.withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/data.new/base", withIntermediateDirectories: true)
            let settings = try await PrivateCluster(folder: folder, settings: Self.small).start()
            #expect(try Self.open(settings).value("select 1::bigint", as: .int64) == 1)
        }
    }

    @Test func `a folder whose path is too long for a socket gets a short one`() async throws {
        try await Self.withFolder { parent in
            let folder = "\(parent)/\(String(repeating: "long", count: 30))"
            let cluster = PrivateCluster(folder: folder, settings: Self.small)
            let settings = try await cluster.start()
            #expect(cluster.actualFolder == folder)
            #expect(settings.host.utf8.count < 90)
            #expect(try Self.open(settings).value("select 1::bigint", as: .int64) == 1)
            try await cluster.destroy()
            #expect(!FileManager.default.fileExists(atPath: settings.host))
        }
    }

    @Test func `a folder with other files, or a setting that would open it, is refused`() async throws {
        try await Self.withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try "x".write(toFile: folder + "/letter.txt", atomically: true, encoding: .utf8)
            await #expect(throws: PrivateClusterError.self) { try await PrivateCluster(folder: folder).start() }
            #expect(FileManager.default.fileExists(atPath: folder + "/letter.txt"))
            for name in ["listen_addresses", "Port", "a b", "x = 1\ny"] {
                await #expect(throws: PrivateClusterError.self) {
                    try await PrivateCluster(folder: folder + "/other", settings: [name: "*"]).start()
                }
            }
        }
    }

    @Test func `a setting the server refuses is an error in the server's words`() async throws {
        try await Self.withFolder { folder in
            do {
                _ = try await PrivateCluster(folder: folder, settings: ["shared_buffers": "many"]).start()
                Issue.record("it started")
            } catch {
                #expect("\(error)".contains("invalid value for parameter \"shared_buffers\""))
            }
            let settings = try await PrivateCluster(folder: folder, settings: Self.small).start()
            #expect(try Self.open(settings).value("select 1::bigint", as: .int64) == 1)
        }
    }

    @Test func `a server without a free connection is unavailable for now`() async throws {
        try await Self.withFolder { folder in
            let few = ["max_connections": "5", "max_wal_senders": "0", "superuser_reserved_connections": "0"]
            let settings = try await PrivateCluster(folder: folder, settings: Self.small.merging(few) { $1 }).start()
            var open: [Connection] = []
            do {
                for _ in 0..<6 { open.append(try Self.open(settings)) }
                Issue.record("no limit")
            } catch let error as PostgresError {
                #expect(error.sqlState == .tooManyConnections)
                #expect(error.category == .connectionLost)
            }
            #expect(open.count == 5)
        }
    }

    static func open(_ settings: ConnectionSettings) throws(PostgresError) -> Connection {
        try Connection.open(applicationName: "tests", parameters: settings.parameters)
    }

    static func process(_ file: String) throws -> Int32 {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return try #require(Int32(text.prefix { $0.isNumber }))
    }

    /// A folder that is not there yet, and the end of whatever cluster is in it afterwards.
    static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/private-cluster-\(UUID().uuidString.prefix(8))"
        do {
            try await body(folder)
        } catch {
            Issue.record(error)
        }
        for path in [folder, "\(folder)/\(String(repeating: "long", count: 30))"] {
            try await PrivateCluster(folder: path).destroy()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
