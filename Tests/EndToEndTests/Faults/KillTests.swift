import Foundation
import Postgres
import Testing

/// Fault 1: kill −9 at every failpoint of every stage, once, twice in a row, and in the recovery.
@Suite struct KillTests {
    /// Where each stage can die; `MARGIN_FAILPOINT` is the stage, a colon and one of these.
    static let failpoints: [String] =
        NightTests.stages.flatMap { stage in
            var points = ["before-lock", "after-execution", "before-commit", "after-commit"]
            // Nothing is stressed in a house without a stress set, and nothing attributed in one that does not want it.
            if !["ingest", "stress", "attribution", "report"].contains(stage) { points.append("mid-copy") }
            if stage == "report" { points += ["mid-file", "after-rename", "before-publish", "after-publish"] }
            return points.map { "\(stage):\($0)" }
        }

    @Test func `fault 1: killed at any failpoint, the next start completes with the bytes of an undisturbed run`()
        async throws
    {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let expected = try undisturbed.reportFiles("2018-12-31")
        #expect(expected.count > 20)
        for failpoint in Self.failpoints {
            let installation = try await Installation()
            let killed = try installation.run(
                "margin", "run", "--business-date", "2018-12-31", environment: ["MARGIN_FAILPOINT": failpoint])
            #expect(killed.code == 128 + 9, "\(failpoint) was not reached: \(killed.errors)")
            let recovered = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(recovered.code == 0, "\(failpoint): \(recovered.errors)")
            #expect(try installation.reportFiles("2018-12-31") == expected, "\(failpoint)")
            try expectClean(installation, failpoint)
            try await installation.close()
        }
        try await undisturbed.close()
    }

    @Test func `fault 1: killed twice in a row and again in the recovery, it still completes`() async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        for failpoint in ["offsets:mid-copy", "offsets:mid-copy", "offsets:before-commit", "report:after-rename"] {
            let killed = try installation.run(
                "margin", "run", "--business-date", "2018-12-31", environment: ["MARGIN_FAILPOINT": failpoint])
            #expect(killed.code == 128 + 9)
        }
        let recovered = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(recovered.code == 0, "\(recovered.errors)")
        #expect(try installation.reportFiles("2018-12-31") == undisturbed.reportFiles("2018-12-31"))
        let abandoned = try installation.connect().one(
            "select count(*) from margin.execution where status = 'abandoned'"
        ).int64(.at(0))
        #expect(abandoned == 4)
        try expectClean(installation, "four kills")
        try await undisturbed.close()
        try await installation.close()
    }

    /// Invariants I1, I5, I7 and I10 after a fault.
    private func expectClean(_ installation: Installation, _ fault: String) throws {
        let connection = try installation.connect()
        let published = try connection.one("select count(*) from margin.run where status = 'published'").int64(.at(0))
        #expect(published == 1, "\(fault)")
        let running = try connection.one("select count(*) from margin.execution where status = 'running'").int64(.at(0))
        #expect(running == 0, "\(fault)")
        let locks = try connection.one(
            """
            select count(*) from pg_locks as l join pg_database as d on d.oid = l.database
            where d.datname = current_database() and l.locktype = 'advisory'
            """
        ).int64(.at(0))
        #expect(locks == 0, "\(fault)")
        #expect(try !installation.reportPaths().contains { $0.contains(".building") }, "\(fault)")
    }
}
