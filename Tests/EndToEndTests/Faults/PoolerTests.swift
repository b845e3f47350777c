import Foundation
import Glibc
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// PgBouncer between the programs and the server: session pooling is as good as none, the others are refused.
@Suite(.enabled(if: TestTools.path("pgbouncer") != nil, "pgbouncer is not installed: run jobs/setup-test-tools.sh"))
struct PoolerTests {
    /// A pooler before a installation's server.
    private struct Pooler {
        let folder: String
        private let process: Process

        var environment: [String: String] { ["PGHOST": folder, "PGPORT": "6543"] }

        init(_ installation: Installation, mode: String, size: Int = 4) throws {
            folder = "/tmp/pool-\(getpid())-\(Int.random(in: 0..<1_000_000))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let program = try #require(TestTools.path("pgbouncer"))
            try FileManager.default.copyItem(atPath: program, toPath: folder + "/pgbouncer")
            try """
            [databases]
            * = host=\(installation.settings.host) port=\(installation.settings.port) user=\(installation.settings.user)
            [pgbouncer]
            listen_addr =
            listen_port = 6543
            unix_socket_dir = \(folder)
            auth_type = any
            pool_mode = \(mode)
            default_pool_size = \(size)
            ignore_startup_parameters = extra_float_digits,options
            logfile = \(folder)/log

            """.write(toFile: folder + "/pgbouncer.ini", atomically: true, encoding: .utf8)
            let libraries = TestTools.libraries
            if let libraries { try FileManager.default.copyItem(atPath: libraries, toPath: folder + "/lib") }
            var command = [folder + "/pgbouncer", "-q", folder + "/pgbouncer.ini"]
            // It refuses to run as root.
            if geteuid() == 0 {
                _ = try JobTests.shell(["chown", "-R", "postgres", folder])
                command = ["runuser", "-u", "postgres", "--"] + command
            }
            process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["LD_LIBRARY_PATH=\(folder)/lib"] + command
            process.currentDirectoryURL = URL(fileURLWithPath: "/")
            process.standardError = FileHandle.nullDevice
            try process.run()
            let socket = folder + "/.s.PGSQL.6543"
            try installation.waitUntil("the pooler listens") { FileManager.default.fileExists(atPath: socket) }
        }

        /// Other clients, each with short transactions one after the other for some seconds.
        func crowd(_ installation: Installation) throws -> [Process] {
            try (0..<3).map { _ in
                let loop = "for i in $(seq 400); do psql -qXAtc 'select pg_sleep(0.02)' >/dev/null 2>&1; done"
                let client = Process()
                client.executableURL = URL(fileURLWithPath: "/bin/bash")
                client.arguments = ["-c", loop]
                client.environment = installation.environment(environment)
                try client.run()
                return client
            }
        }

        func close() throws {
            process.terminate()
            process.waitUntilExit()
            try FileManager.default.removeItem(atPath: folder)
        }
    }

    @Test(arguments: ["transaction", "statement"])
    func `a pool that is shared by transaction or statement is 78, alone on it and among others`(mode: String)
        async throws
    {
        let installation = try await Installation()
        let pooler = try Pooler(installation, mode: mode)
        let night = ["run", "--business-date", "2018-12-31"]
        let alone = try installation.start("margin", night, environment: pooler.environment).wait()
        #expect(alone.code == 78, "\(alone.errors)")
        #expect(alone.errors.contains("a connection pooler in \(mode) mode stands between"), "\(alone.errors)")
        #expect(alone.errors.contains("pool_mode = session"), "\(alone.errors)")
        let crowd = try pooler.crowd(installation)
        for _ in 0..<10 {
            let among = try installation.start("margin", night, environment: pooler.environment).wait()
            #expect(among.code == 78, "\(among.errors)")
        }
        for client in crowd {
            client.terminate()
            client.waitUntilExit()
        }
        let doctor = try installation.start("margin", ["doctor"], environment: pooler.environment).wait()
        #expect(doctor.code == 78)
        #expect(doctor.output.contains("FAIL    server: a connection pooler in \(mode) mode"), "\(doctor.output)")
        let locks =
            "select count(*) from pg_locks as l join pg_database as d on d.oid = l.database "
            + "where l.locktype = 'advisory' and d.datname = current_database()"
        #expect(try installation.number(locks) == 0)
        try pooler.close()
        #expect(try installation.start("margin", night).wait().code == 0, "no lock has stayed behind")
        try await installation.close()
    }

    @Test func `a pool that keeps a session together serves a night, also when it has no second connection`()
        async throws
    {
        for size in [4, 1] {
            let installation = try await Installation()
            let pooler = try Pooler(installation, mode: "session", size: size)
            let night = ["run", "--business-date", "2018-12-31"]
            let ended = try installation.start("margin", night, environment: pooler.environment).wait()
            #expect(ended.code == 0, "\(ended.errors)")
            let again = try installation.start("margin", night, environment: pooler.environment).wait()
            #expect(again.code == 0, "\(again.errors)")
            let doctor = try installation.start("margin", ["doctor"], environment: pooler.environment).wait()
            #expect(doctor.output.contains(size > 1 ? "ok      pooler: " : "warning pooler: "), "\(doctor.output)")
            try pooler.close()
            try await installation.close()
        }
    }
}
