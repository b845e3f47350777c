import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// The thirtieth evening costs what the first did, whatever the server believes of its tables: what each stage of a
/// night had it read of the house's tables, by the server's own counters.
@Suite struct ThirtyNightsTests {
    /// What a stage had the server do.
    struct Work {
        /// Rows that scans returned.
        var rows: Int64
        /// Pages asked for, whether they were in memory or not.
        var pages: Int64
    }

    /// What the server is made to believe of every table before each stage.
    static let beliefs = [
        ("as they are", ""), ("deleted", "delete from pg_statistic; update pg_class set reltuples = -1"),
        ("one row", "update pg_class set reltuples = 1, relpages = 1 where relkind in ('r', 'p', 'i')"),
    ]

    @Test func `stages read what those of the first nights did, with statistics, without, and with wrong ones`()
        async throws
    {
        let cluster = PrivateCluster(
            folder: FileManager.default.temporaryDirectory.path + "/thirty-nights-\(getpid())",
            settings: ["shared_buffers": "64MB", "autovacuum": "off"])
        let installation = try await Installation(house: nil, on: try await cluster.start())
        let house = try DatedHouse(in: installation, copies: 4)
        let dates = Self.businessDates(35)
        try house.load(into: installation, on: dates[0])
        // The first night has none before it that it is attributed against: those after it are measured.
        try house.load(into: installation, on: dates[1])
        #expect(try installation.run("margin", "run", "--business-date", dates[1]).code == 0)
        var first: [[String: Work]] = []
        for ((_, script), date) in zip(Self.beliefs, dates[2...]) {
            try house.load(into: installation, on: date)
            first.append(try Self.night(installation, on: date, believing: script))
            try installation.connect().script("analyze")
        }
        for (number, date) in dates[5..<32].enumerated() {
            try house.load(into: installation, on: date)
            #expect(try installation.run("margin", "run", "--business-date", date).code == 0)
            guard number % 5 == 4 else { continue }
            let rerun = ["rerun", "--whole", "--business-date", date, "--reason", "test"]
            #expect(try installation.start("margin", rerun).wait().code == 0)
        }
        #expect(try installation.connect().value("select count(*) from margin.run", as: .int64) == 36)
        for (((belief, script), early), date) in zip(zip(Self.beliefs, first), dates[32...]) {
            try house.load(into: installation, on: date)
            let later = try Self.night(installation, on: date, believing: script)
            let registered = try installation.number(
                """
                select (select count(*) from margin.report_file as f where f.run_id = r.run_id)
                    + (select count(*) from margin.report_total as t where t.run_id = r.run_id)
                from margin.run as r
                where r.business_date = '\(date)'
                """)
            for (stage, work) in later.sorted(by: { $0.key < $1.key }) {
                let before = try #require(early[stage])
                #expect(
                    Self.isWithin(work.rows, before.rows),
                    "\(belief), \(stage): rows \(work.rows), first \(before.rows)")
                #expect(
                    Self.isWithin(work.pages, before.pages, deeper: registered),
                    "\(belief), \(stage): pages \(work.pages), first \(before.pages)")
            }
        }
        try await installation.close()
        try await cluster.destroy()
    }

    /// Whether more work was done than before by no more than 5 %. An index one level deeper is a page more a row found
    /// or written, and the registers of files and their totals grow by many small rows a night: as many pages as the
    /// night has rows there are allowed beside it.
    private static func isWithin(_ work: Int64, _ before: Int64, deeper: Int64 = 0) -> Bool {
        (work - deeper) * 100 <= before * 105
    }

    /// Runs the stages of a date one by one, each after a script, and publishes.
    private static func night(
        _ installation: Installation, on date: String, believing script: String
    ) throws -> [String: Work] {
        let connection = try installation.connect()
        var work: [String: Work] = [:]
        for stage in NightTests.stages {
            if !script.isEmpty { try connection.script(script) }
            let before = try counters(connection)
            let ended = try installation.run("margin-\(stage)", "--business-date", date)
            #expect(ended.code == 0, "\(date) \(stage): \(ended.errors)")
            let after = try counters(connection)
            work[stage] = Work(rows: after.rows - before.rows, pages: after.pages - before.pages)
        }
        #expect(try installation.run("margin", "publish", "--business-date", date).code == 0)
        return work
    }

    /// The counters of all tables but the server's own, once every other session has ended and handed its own in.
    private static func counters(_ connection: Connection) throws -> Work {
        let others =
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        while try connection.value(others, as: .int64) > 0 { usleep(10_000) }
        try connection.script("select pg_stat_force_next_flush()")
        let row = try connection.one(
            """
            select sum(coalesce(s.seq_tup_read, 0) + coalesce(s.idx_tup_fetch, 0))::bigint as rows,
                sum(coalesce(b.heap_blks_hit + b.heap_blks_read, 0) + coalesce(b.idx_blks_hit + b.idx_blks_read, 0)
                    + coalesce(b.toast_blks_hit + b.toast_blks_read, 0)
                    + coalesce(b.tidx_blks_hit + b.tidx_blks_read, 0))::bigint as pages
            from pg_stat_user_tables as s
            join pg_statio_user_tables as b using (relid)
            """)
        return Work(rows: try row.int64("rows"), pages: try row.int64("pages"))
    }

    /// Days from Monday to Friday before 2018-12-21, the last `count` of them without the one holiday among them.
    static func businessDates(_ count: Int) -> [String] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        let days = (1...(2 * count)).compactMap { back -> String? in
            guard let start = try? format.parse("2018-12-21"),
                let day = calendar.date(byAdding: .day, value: -back, to: start)
            else { return nil }
            let text = format.format(day)
            return (2...6).contains(calendar.component(.weekday, from: day)) && text != "2018-11-22" ? text : nil
        }
        return days.prefix(count).reversed()
    }
}
