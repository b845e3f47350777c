import Foundation
import Postgres
import Testing

/// Who is waited for that holds a date and cycle, and who is not.
@Suite struct RunLockTests {
    static let run = ["run", "--business-date", "2018-12-31"]

    @Test func `a start waits for the session of a killed program, and goes on`() async throws {
        let installation = try await Installation()
        let night = try installation.start(
            "margin", Self.run, environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(night)
        // The server's process cannot notice that its program is gone: as on a machine that has no time for it.
        let session = try installation.number(
            "select pid::bigint from pg_stat_activity "
                + "where datname = current_database() and application_name = 'margin'")
        #expect(try Self.send("STOP", to: session) == 0)
        kill(night.process.processIdentifier, SIGKILL)
        #expect(try night.wait().code == 137)
        let next = try installation.start("margin", Self.run, environment: ["MARGIN_HOLDER_WAIT": "600"])
        try installation.waitUntil("the next start waits") {
            try installation.errors(of: next).contains(#""event":"waiting""#)
        }
        #expect(next.process.isRunning)
        #expect(try Self.send("CONT", to: session) == 0)
        let ended = try next.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        let recovered = ended.errors.split(separator: "\n").first { $0.contains(#""event":"recovered""#) } ?? ""
        for key in ["business_date", "cycle", "run", "stage", "execution"] {
            #expect(recovered.contains("\"\(key)\":\""), "\(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `a program that is seen at work is not waited for`() async throws {
        let installation = try await Installation()
        let night = try installation.start(
            "margin", Self.run, environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(night)
        let second = try installation.start("margin", Self.run, environment: ["MARGIN_HOLDER_WAIT": "600"]).wait()
        #expect(second.code == 75)
        #expect(second.errors.contains("error: another process is at work on 2018-12-31 EOD\n"), "\(second.errors)")
        #expect(!second.errors.contains(#""event":"waiting""#), "\(second.errors)")
        kill(night.process.processIdentifier, SIGCONT)
        #expect(try night.wait().code == 0)
        try await installation.close()
    }

    @Test func `a holder that is not seen here is waited for as long as is set, and no longer`() async throws {
        let installation = try await Installation()
        let other = try installation.connect()
        try other.script(
            """
            select pg_advisory_lock(
                x'6D61726700000000'::bigint | (('2018-12-31'::date - '2000-01-01'::date)::bigint << 4))
            """)
        let second = try installation.start("margin", Self.run, environment: ["MARGIN_HOLDER_WAIT": "1"]).wait()
        #expect(second.code == 75)
        #expect(second.errors.contains("another process is at work on 2018-12-31 EOD, on another machine"))
        #expect(second.errors.contains("has not ended its session within 1 s"), "\(second.errors)")
        let third = try installation.start("margin", Self.run, environment: ["MARGIN_HOLDER_WAIT": "600"])
        try installation.waitUntil("the next start waits") {
            try installation.errors(of: third).contains(#""event":"waiting""#)
        }
        try other.script("select pg_advisory_unlock_all()")
        #expect(try third.wait().code == 0)
        try await installation.close()
    }

    /// Sends a signal to a process of the server, and returns what `kill` returned.
    private static func send(_ signal: String, to process: Int64) throws -> Int32 {
        let kill = try Process.run(URL(fileURLWithPath: "/bin/kill"), arguments: ["-\(signal)", "\(process)"])
        kill.waitUntilExit()
        return kill.terminationStatus
    }
}

extension Installation {
    /// What a program under way has written to standard error.
    func errors(of started: Started) throws -> String {
        String(decoding: FileManager.default.contents(atPath: "\(started.name).err") ?? Data(), as: UTF8.self)
    }
}
