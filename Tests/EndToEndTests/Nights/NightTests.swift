import Foundation
import Postgres
import Testing

/// The night through the built programs, against a real server.
@Suite struct NightTests {
    static let stages = ["ingest", "risk-arrays", "offsets", "add-ons", "stress", "calls", "attribution", "report"]

    @Test func `the stages one by one make the same reports as the whole night`() async throws {
        let whole = try await Installation()
        let stepwise = try await Installation()
        for date in ["2018-12-28", "2018-12-31"] {
            let night = try whole.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
            for stage in Self.stages {
                let step = try stepwise.run("margin-\(stage)", "--business-date", date, "--threads", "1")
                #expect(step.code == 0, "\(stage): \(step.errors)")
            }
            let published = try stepwise.run("margin", "publish", "--business-date", date)
            #expect(published.code == 0, "\(published.errors)")
            let files = try whole.reportFiles(date)
            #expect(files.count > 20)
            #expect(files == (try stepwise.reportFiles(date)))
        }
        try await whole.close()
        try await stepwise.close()
    }

    @Test func `a second run of the same inputs does nothing and says so`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let before = try installation.reportPaths()
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0)
        for stage in Self.stages { #expect(again.output.contains("\(stage) is already complete, nothing to do")) }
        let alone = try installation.run("margin-offsets", "--business-date", "2018-12-31")
        #expect(alone.code == 0)
        #expect(alone.output.contains("already complete"))
        #expect(try installation.reportPaths() == before)
        #expect(try installation.connect().one("select count(*) from margin.run").int64(.at(0)) == 1)
        try await installation.close()
    }

    @Test func `a stage without the one before it is refused with the command that mends it`() async throws {
        let installation = try await Installation()
        let early = try installation.run("margin-offsets", "--business-date", "2018-12-31")
        #expect(early.code == 66)
        #expect(early.errors.contains("hint: margin-ingest --business-date 2018-12-31"))
        _ = try installation.run("margin-ingest", "--business-date", "2018-12-31")
        let skipped = try installation.run("margin-offsets", "--business-date", "2018-12-31")
        #expect(skipped.code == 66)
        #expect(skipped.errors.contains("hint: margin-risk-arrays --business-date 2018-12-31"))
        try await installation.close()
    }

    @Test func `a correction makes the run stale, and the next run supersedes it`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let before = try installation.reportFiles("2018-12-31")
        let file = installation.folder + "/fix.csv"
        try "business_date,series,price,currency\n2018-12-31,CL-2019-02,45.40,USD\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let loaded = try installation.run(
            "margin", "load", "settlement_price", file, "--correct", "--reason", "late print")
        #expect(loaded.code == 0, "\(loaded.errors)")
        let stale = try installation.run("margin-calls", "--business-date", "2018-12-31")
        #expect(stale.code == 66)
        #expect(stale.errors.contains("is stale: settlement_price v"))
        #expect(stale.errors.contains("hint: margin rerun --business-date 2018-12-31 --reason R"))
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        #expect(again.output.contains("2018-12-31 EOD run 2 is published"))
        let statuses = try installation.connect().rows(
            "select status from margin.run where business_date = '2018-12-31' order by run_number"
        ).map { try $0.text(.at(0)) }
        #expect(statuses == ["superseded", "published"])
        #expect(try installation.reportFiles("2018-12-31") != before)
        #expect(FileManager.default.fileExists(atPath: installation.reports + "/2018-12-31/EOD/r1/manifest.json"))
        try await installation.close()
    }

    @Test func `twenty starts at once make one run, and the others say try again or already complete`() async throws {
        let installation = try await Installation()
        let started = try (0..<20).map { _ in
            try installation.start("margin", ["run", "--business-date", "2018-12-31"])
        }
        let ended = try started.map { try $0.wait() }
        #expect(ended.contains { $0.code == 0 && $0.output.contains("ingest done") })
        for end in ended where end.code != 0 {
            #expect(end.code == 75, "\(end.errors)")
            #expect(end.errors.contains("another process is at work on 2018-12-31 EOD"))
        }
        let connection = try installation.connect()
        #expect(try connection.one("select count(*) from margin.run").int64(.at(0)) == 1)
        #expect(try connection.one("select count(*) from margin.execution").int64(.at(0)) == 8)
        try await installation.close()
    }

    @Test func `any number of threads gives the same bytes`() async throws {
        let one = try await Installation()
        let many = try await Installation()
        _ = try one.run("margin", "run", "--business-date", "2018-12-31", "--threads", "1")
        _ = try many.run(
            "margin", "run", "--business-date", "2018-12-31", "--threads", "7",
            environment: ["TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PGOPTIONS": "-c DateStyle=SQL,DMY"])
        #expect(try one.reportFiles("2018-12-31") == many.reportFiles("2018-12-31"))
        try await one.close()
        try await many.close()
    }
}
