import Foundation
import Postgres
import TestSupport
import Testing

/// Fault 2: a signal asks a command to stop.
@Suite struct SignalTests {
    @Test(arguments: [("TERM", 15), ("INT", 2), ("HUP", 1)])
    func `fault 2: a signal in the middle of a stage rolls it back and ends with 128 + its number`(
        signal: String, number: Int32
    ) async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"],
            environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(stage)
        #expect(try installation.send(signal, to: stage) == 0)
        kill(stage.process.processIdentifier, SIGCONT)
        let ended = try stage.wait()
        #expect(ended.code == 128 + number, "\(ended.errors)")
        #expect(ended.errors.contains("error: stopped by SIG\(signal)"), "\(ended.errors)")
        try expectRolledBack(installation, error: "stopped by SIG\(signal)")
        try await expectCompletes(installation, like: undisturbed)
    }

    @Test func `fault 2: SIGTERM cancels the query that runs, and the server is idle at once`() async throws {
        let installation = try await Installation()
        let other = try installation.connect()
        // The stage waits in the server until somebody cancels it.
        try other.script("begin; lock table margin.combined_commodity_risk in access exclusive mode")
        let stage = try installation.start("margin", ["run", "--business-date", "2018-12-31"])
        try installation.waitUntil("the stage waits for the lock") {
            try installation.number(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                == 1
        }
        let start = ContinuousClock.now
        #expect(try installation.send("TERM", to: stage) == 0)
        let ended = try stage.wait()
        #expect(ended.code == 143, "\(ended.errors)")
        #expect(ContinuousClock.now - start < .seconds(5))
        let sessions =
            "select count(*) from pg_stat_activity where datname = current_database() "
            + "and application_name = 'margin'"
        try installation.waitUntil("the server's process has ended") { try installation.number(sessions) == 0 }
        try other.script("rollback")
        try expectRolledBack(installation, error: "stopped by SIGTERM")
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        try await installation.close()
    }

    @Test func `fault 2: SIGTERM while files are written leaves no part of them`() async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"],
            environment: ["MARGIN_FAILPOINT": "report:mid-file:stop"])
        try installation.waitUntilStopped(stage)
        #expect(try installation.reportPaths().contains { $0.contains(".building-r1/") })
        #expect(try installation.send("TERM", to: stage) == 0)
        kill(stage.process.processIdentifier, SIGCONT)
        #expect(try stage.wait().code == 143)
        #expect(try installation.reportPaths() == ["2018-12-31", "2018-12-31/EOD"])
        try await expectCompletes(installation, like: undisturbed)
    }

    @Test func `fault 2: a reader of the output that goes away ends the run with 141, and the next start goes on`()
        async throws
    {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        // `true` ends before the first stage does; then the next line of output has no reader.
        shell.arguments = [
            "-c",
            "trap - PIPE; '\(Checkout.products)/margin' run --business-date 2018-12-31 | sleep 0.01; exit ${PIPESTATUS[0]}",
        ]
        shell.environment = installation.environment(["MARGIN_REPORTS": installation.reports])
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 141)
        #expect(try installation.number("select count(*) from margin.execution where status = 'running'") == 0)
        try await expectCompletes(installation, like: undisturbed)
    }

    private func expectRolledBack(_ installation: Installation, error: String) throws {
        let last = try installation.connect().one(
            "select stage, status, coalesce(error, '') from margin.execution order by execution_id desc limit 1")
        #expect(try last.text(.at(0)) == "offsets")
        #expect(try last.text(.at(1)) == "failed")
        #expect(try last.text(.at(2)) == error)
        #expect(try installation.number("select count(*) from margin.combined_commodity_risk") == 0)
    }

    private func expectCompletes(_ installation: Installation, like undisturbed: Installation) async throws {
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        #expect(try installation.reportFiles("2018-12-31") == undisturbed.reportFiles("2018-12-31"))
        try await installation.close()
        try await undisturbed.close()
    }
}
