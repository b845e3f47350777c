import Foundation
import Postgres
import Testing

/// Partitions are made while others work: loads, nights and the opening of runs do not stand in each other's way.
@Suite struct PartitionContentionTests {
    private static let day = "2018-12-31"
    /// Seconds a statement waits for a lock here: a command that has to wait for another one ends with 75.
    private static let impatience = ["MARGIN_LOCK_TIMEOUT": "2"]

    @Test func `a load of a new month does not wait for a stage that is under way`() async throws {
        let installation = try await Installation()
        let night = try installation.start(
            "margin", ["run", "--business-date", Self.day], environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(night)
        for table in ["settlement_price", "underlying_price"] {
            let file = try Self.prices(installation, table, "2019-01-02")
            let loaded = try installation.start("margin", ["load", table, file], environment: Self.impatience).wait()
            #expect(loaded.code == 0, "\(loaded.errors)")
        }
        kill(night.process.processIdentifier, SIGCONT)
        let ended = try night.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(!ended.errors.contains("retried"), "\(ended.errors)")
        try await installation.close()
    }

    @Test func `loads of new months beside each other all succeed`() async throws {
        let installation = try await Installation()
        let loads = try (1...6).map { month in
            let table = month.isMultiple(of: 2) ? "settlement_price" : "underlying_price"
            return try installation.start(
                "margin", ["load", table, Self.prices(installation, table, "2019-0\((month + 1) / 2)-15")])
        }
        for load in loads {
            let ended = try load.wait()
            #expect(ended.code == 0, "\(ended.errors)")
        }
        let made = "select count(*) from pg_class where relname ~ '^(settlement|underlying)_price_2019_0[123]$'"
        #expect(try installation.number(made) == 6)
        try await installation.close()
    }

    @Test func `a run is opened beside another that is being opened, though its block is almost full`() async throws {
        let installation = try await Installation()
        try installation.connect().script("select setval('margin.run_run_id_seq', 40)")
        let other = try installation.connect()
        try other.script(
            """
            begin;
            insert into margin.run (business_date, cycle, run_number, status) values ('2018-12-28', 'ITD', 1, 'void')
            """)
        let night = try installation.start(
            "margin", ["run", "--business-date", Self.day], environment: Self.impatience
        ).wait()
        #expect(night.code == 0, "\(night.errors)")
        let ahead = "select count(*) from pg_class where relname = 'margin_call_from_64'"
        #expect(try installation.number(ahead) == 0)
        try other.script("rollback")
        let rerun = try installation.run("margin", "rerun", "--whole", "--business-date", Self.day, "--reason", "r")
        #expect(rerun.code == 0, "\(rerun.errors)")
        #expect(try installation.number(ahead) == 1)
        try await installation.close()
    }

    /// A file with one price of a day.
    private static func prices(_ installation: Installation, _ table: String, _ day: String) throws -> String {
        let name = "\(table)-\(day).csv"
        return table == "settlement_price"
            ? try installation.write(name, "business_date,series,price,currency", "\(day),CL-2019-03,46.54,USD")
            : try installation.write(name, "business_date,underlying,price", "\(day),XAU,1284.1")
    }
}
