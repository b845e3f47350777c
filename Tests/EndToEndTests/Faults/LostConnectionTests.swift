import Foundation
import Postgres
import Testing

/// Fault 4: the connection goes away under a stage, in every way a connection can.
@Suite struct LostConnectionTests {
    /// The last statement of a stage before its COMMIT.
    private static let success = "set status = 'succeeded'"

    @Test func `fault 4: a backend terminated in the middle of a copy is exit 69, and the next start completes`()
        async throws
    {
        try await expectRecovery(code: 69) { installation in
            let stage = try installation.start(
                "margin", ["run", "--business-date", "2018-12-31"],
                environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
            try installation.waitUntilStopped(stage)
            try terminateBackend(of: installation)
            kill(stage.process.processIdentifier, SIGCONT)
            return try stage.wait()
        }
    }

    @Test func `fault 4: a backend terminated while the connection is idle is exit 69, and the next start completes`()
        async throws
    {
        try await expectRecovery(code: 69) { installation in
            let stage = try installation.start(
                "margin", ["run", "--business-date", "2018-12-31"],
                environment: ["MARGIN_FAILPOINT": "offsets:after-execution:stop"])
            try installation.waitUntilStopped(stage)
            try terminateBackend(of: installation)
            kill(stage.process.processIdentifier, SIGCONT)
            return try stage.wait()
        }
    }

    @Test func `fault 4: the report's second session terminated is exit 69, and the next start completes`()
        async throws
    {
        try await expectRecovery(code: 69) { installation in
            let stage = try installation.start(
                "margin", ["run", "--business-date", "2018-12-31"],
                environment: ["MARGIN_FAILPOINT": "report:mid-file:stop"])
            try installation.waitUntilStopped(stage)
            // The first holds the lock of the date and cycle.
            let ended = try installation.number(
                """
                select count(*) filter (where pg_terminate_backend(a.pid)) from pg_stat_activity as a
                where a.datname = current_database() and a.application_name = 'margin'
                    and not exists (select from pg_locks as l where l.pid = a.pid and l.locktype = 'advisory')
                """)
            #expect(ended == 1)
            kill(stage.process.processIdentifier, SIGCONT)
            return try stage.wait()
        }
    }

    @Test func `fault 4: a reset in the middle of a copy is exit 69, and the next start completes`() async throws {
        try await expectFault(.resetBefore, on: "PGCOPY\n", code: 69, says: "08006")
    }

    @Test func `fault 4: a reset before COMMIT reaches the server is exit 69: nothing was committed`() async throws {
        try await expectFault(.resetBefore, on: "commit\0", after: Self.success, code: 69, says: "08006")
    }

    @Test func `fault 4: a reset after COMMIT is settled by the ledger, and the night goes on`() async throws {
        try await expectFault(
            .resetAfter, on: "commit\0", after: Self.success, code: 0, says: #""event":"reconnected""#)
    }

    @Test func `fault 4: a wire that swallows a copy is given up after the silence limit`() async throws {
        try await expectFault(.swallow, on: "PGCOPY\n", code: 69, says: "the server has said nothing for 2 s")
    }

    @Test func `fault 4: a wire that swallows the answer to COMMIT is settled by the ledger`() async throws {
        try await expectFault(
            .swallowAfter, on: "commit\0", after: Self.success, code: 0, says: #""event":"reconnected""#)
    }

    @Test func `fault 4: a reset after the publication's COMMIT publishes once`() async throws {
        let installation = try await Installation()
        for stage in NightTests.stages {
            #expect(try installation.run("margin-\(stage)", "--business-date", "2018-12-31").code == 0)
        }
        let proxy = try WireProxy(
            to: installation.settings, .resetAfter, on: "commit\0", after: "set status = 'published'")
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", environment: proxy.environment)
        #expect(proxy.struck)
        #expect(night.code == 0, "\(night.errors)")
        let statuses = try installation.connect().rows("select status from margin.run").map { try $0.text(.at(0)) }
        #expect(statuses == ["published"])
        proxy.close()
        try await installation.close()
    }

    @Test func `fault 4: a server that takes the connection and says nothing is exit 69 within the time-out`()
        async throws
    {
        let installation = try await Installation()
        // What the client says first is the protocol's version with its parameters, among them this one.
        let proxy = try WireProxy(to: installation.settings, .swallow, on: "application_name")
        let start = ContinuousClock.now
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31",
            environment: proxy.environment.merging(["PGCONNECT_TIMEOUT": "2"]) { $1 })
        #expect(proxy.struck)
        #expect(night.code == 69, "\(night.errors)")
        #expect(ContinuousClock.now - start < .seconds(20))
        proxy.close()
        try await installation.close()
    }

    @Test func `fault 4: a backend that stands still is given up, and its lock is said to be held`() async throws {
        let installation = try await Installation()
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"],
            environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop", "MARGIN_SILENCE_LIMIT": "2"])
        try installation.waitUntilStopped(stage)
        let backend = Int32(try backends(of: installation)[0])
        kill(backend, SIGSTOP)
        kill(stage.process.processIdentifier, SIGCONT)
        let ended = try stage.wait()
        kill(backend, SIGCONT)
        #expect(ended.code == 69, "\(ended.errors)")
        #expect(ended.errors.contains("the server's process \(backend) still holds the lock"), "\(ended.errors)")
        try installation.waitUntil("the backend has ended") { try backends(of: installation).isEmpty }
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        try await installation.close()
    }

    /// A night over a wire with a fault, and what is true after it.
    private func expectFault(
        _ fault: WireProxy.Fault, on trigger: String, after condition: String = "", code: Int32, says: String
    ) async throws {
        try await expectRecovery(code: code) { installation in
            // Up to here undisturbed, so that the fault strikes in a stage that copies rows.
            for stage in ["ingest", "risk-arrays"] {
                #expect(try installation.run("margin-\(stage)", "--business-date", "2018-12-31").code == 0)
            }
            let proxy = try WireProxy(to: installation.settings, fault, on: trigger, after: condition)
            let night = try installation.run(
                "margin", "run", "--business-date", "2018-12-31",
                environment: proxy.environment.merging(["MARGIN_SILENCE_LIMIT": "2"]) { $1 })
            #expect(proxy.struck)
            #expect(night.errors.contains(says), "\(night.errors)")
            proxy.close()
            return night
        }
    }

    /// Runs a night that meets a fault, then starts it again: the reports are those of an undisturbed night, and one
    /// run
    /// is published.
    private func expectRecovery(code: Int32, _ night: (Installation) async throws -> Ended) async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        let ended = try await night(installation)
        #expect(ended.code == code, "\(ended.errors)")
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        #expect(try installation.reportFiles("2018-12-31") == undisturbed.reportFiles("2018-12-31"))
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 1)
        #expect(try installation.number("select count(*) from margin.execution where status = 'running'") == 0)
        #expect(try installation.number("select count(*) from margin.execution where status = 'succeeded'") == 8)
        try await installation.close()
        try await undisturbed.close()
    }

    private func backends(of installation: Installation) throws -> [Int64] {
        try installation.connect().rows(
            "select pid::bigint from pg_stat_activity where datname = current_database() and application_name = 'margin'"
        ).map { try $0.int64(.at(0)) }
    }

    private func terminateBackend(of installation: Installation) throws {
        let ended = try installation.number(
            "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity "
                + "where datname = current_database() and application_name = 'margin'")
        #expect(ended == 1)
    }
}
