import Foundation
import Postgres
import PrivateCluster
import Testing

/// Fault 5: what a busy server does to a stage, and the code it ends with or how it goes on.
@Suite struct ContentionTests {
    @Test func `fault 5: a deadlock is repeated, and the night completes`() async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        let installation = try await Installation()
        let other = try installation.connect()
        // The other session holds what the stage comes to last and then wants what it has read first; the stage, which
        // waited first, finds the circle.
        try other.script("set deadlock_timeout = '60s'; begin; lock table margin.margin_call in access exclusive mode")
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"], environment: ["PGOPTIONS": "-c deadlock_timeout=5s"])
        try waitForLock(installation)
        try other.script("lock table margin.account in access exclusive mode; rollback")
        let ended = try stage.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(ended.errors.contains(#""event":"retried""#), "\(ended.errors)")
        #expect(ended.errors.contains(#""sqlstate":"40P01""#), "\(ended.errors)")
        #expect(try installation.reportFiles("2018-12-31") == undisturbed.reportFiles("2018-12-31"))
        #expect(try installation.number("select count(*) from margin.execution") == 8)
        try await installation.close()
        try await undisturbed.close()
    }

    @Test func `fault 5: a serialization failure is repeated, and the night completes`() async throws {
        let installation = try await Installation()
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"],
            environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(stage)
        try installation.connect().script("update margin.execution set row_count = 0 where status = 'running'")
        kill(stage.process.processIdentifier, SIGCONT)
        let ended = try stage.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(ended.errors.contains(#""sqlstate":"40001""#), "\(ended.errors)")
        #expect(try installation.number("select count(*) from margin.execution where status = 'succeeded'") == 8)
        try await installation.close()
    }

    @Test func `fault 5: a collision that does not end is exit 75 after four tries`() async throws {
        let installation = try await Installation()
        try installation.connect().script(
            """
            create function collide() returns trigger language plpgsql as
                'begin raise exception ''collision'' using errcode = ''40001''; end';
            create trigger collide before insert on margin.requirement execute function collide()
            """)
        let ended = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(ended.code == 75, "\(ended.errors)")
        #expect(ended.errors.components(separatedBy: #""event":"retried""#).count == 4, "\(ended.errors)")
        #expect(try installation.number("select count(*) from margin.execution where status = 'failed'") == 1)
        try await installation.close()
    }

    @Test func `fault 5: a lock that stays busy is exit 75 within the lock time-out`() async throws {
        let installation = try await Installation()
        let other = try installation.connect()
        try other.script("begin; lock table margin.margin_call in access exclusive mode")
        let ended = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", environment: ["MARGIN_LOCK_TIMEOUT": "1"])
        #expect(ended.code == 75, "\(ended.errors)")
        #expect(ended.errors.contains("[55P03]"), "\(ended.errors)")
        try other.script("rollback")
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        try await installation.close()
    }

    @Test func `fault 5: a statement time-out is exit 75, and the hint names the setting`() async throws {
        let installation = try await Installation()
        let other = try installation.connect()
        try other.script("begin; lock table margin.margin_call in access exclusive mode")
        let ended = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", environment: ["MARGIN_STATEMENT_TIMEOUT": "1"])
        #expect(ended.code == 75, "\(ended.errors)")
        #expect(ended.errors.contains("[57014]"), "\(ended.errors)")
        #expect(ended.errors.contains("statement_timeout in: margin config --origin"), "\(ended.errors)")
        try other.script("rollback")
        try await installation.close()
    }

    @Test func `fault 5: a server without a free connection is exit 69`() async throws {
        let cluster = PrivateCluster(
            folder: FileManager.default.temporaryDirectory.path + "/fault-5-\(getpid())",
            settings: [
                "shared_buffers": "64MB", "max_connections": "3", "superuser_reserved_connections": "0",
                "max_wal_senders": "0",
            ])
        let installation = try await Installation(on: try await cluster.start())
        var taken: [Connection] = []
        try installation.waitUntil("every connection is taken") {
            do {
                taken.append(try installation.connect())
                return false
            } catch let error as PostgresError where error.sqlState == .tooManyConnections {
                return true
            }
        }
        #expect(taken.count == 3)
        let ended = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(ended.code == 69, "\(ended.errors)")
        #expect(ended.errors.contains("[53300]"), "\(ended.errors)")
        #expect(ended.errors.contains("hint: the server is out of connections"), "\(ended.errors)")
        for connection in taken { connection.close() }
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        try await installation.close()
        try await cluster.destroy()
    }

    @Test func `fault 5: a database whose disk is full is exit 74, and a role that may not write is 77`() async throws {
        for (state, code) in [("53100", Int32(74)), ("42501", 77)] {
            let installation = try await Installation()
            try installation.connect().script(
                """
                create function refuse() returns trigger language plpgsql as
                    'begin raise exception ''refused'' using errcode = ''\(state)''; end';
                create trigger refuse before insert on margin.requirement execute function refuse()
                """)
            let ended = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(ended.code == code, "\(ended.errors)")
            #expect(ended.errors.contains("[\(state)]"), "\(ended.errors)")
            #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 0)
            try await installation.close()
        }
    }

    private func waitForLock(_ installation: Installation) throws {
        let waiting =
            "select count(*) from pg_stat_activity where datname = current_database() "
            + "and wait_event_type = 'Lock'"
        try installation.waitUntil("the stage waits for the lock") { try installation.number(waiting) == 1 }
    }
}
