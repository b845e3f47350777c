import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// A night costs what the first one did, however many the database holds and whatever the planner has heard of it: rows
/// are counted here, not seconds (Benchmarks/nights.sh has these).
@Suite struct LaterNightTests {
    /// A day before the first night, and the nights.
    static let dates = [
        "2018-12-12", "2018-12-13", "2018-12-14", "2018-12-17", "2018-12-18",
    ]

    @Test func `no stage and no rerun touches twice the rows of the first night, with autovacuum off`() async throws {
        let cluster = PrivateCluster(
            folder: FileManager.default.temporaryDirectory.path + "/later-nights-\(getpid())",
            settings: ["shared_buffers": "64MB", "autovacuum": "off"])
        let installation = try await Installation(house: nil, on: try await cluster.start())
        let house = try DatedHouse(in: installation)
        try house.load(into: installation, on: Self.dates[0])
        var first: [String: Int] = [:]
        for date in Self.dates.dropFirst() {
            try house.load(into: installation, on: date)
            // The first night with one before it that it is attributed against.
            guard date == Self.dates[2] || date == Self.dates.last else {
                #expect(try installation.run("margin", "run", "--business-date", date).code == 0)
                continue
            }
            let work = try Self.work(installation, on: date)
            if first.isEmpty { first = work }
            for (what, rows) in work.sorted(by: { $0.key < $1.key }) {
                let before = try #require(first[what])
                #expect(rows <= 2 * before, "\(date) \(what): \(rows) rows, \(before) on the first night")
            }
        }
        try await installation.close()
        try await cluster.destroy()
    }

    /// Every row that a plan's nodes made, or looked at and left out, in each stage of a night and in two reruns: of a
    /// corrected price, and of everything.
    private static func work(_ installation: Installation, on date: String) throws -> [String: Int] {
        let day = ["--business-date", date]
        let reason = ["--reason", "test"]
        var work: [String: Int] = [:]
        for stage in NightTests.stages { work[stage] = try rows(installation, "margin-\(stage)", day) }
        work["publish"] = try rows(installation, "margin", ["publish"] + day)
        let price = ["correct", "price", "--series", "WTI-F-2019-02", "--price", "46.5"]
        _ = try rows(installation, "margin", price + day + reason)
        work["rerun"] = try rows(installation, "margin", ["rerun"] + day + reason)
        work["rerun --whole"] = try rows(installation, "margin", ["rerun", "--whole"] + day + reason)
        return work
    }

    /// Runs a program and adds up what the server says its statements did.
    private static func rows(_ installation: Installation, _ program: String, _ arguments: [String]) throws -> Int {
        let options = [
            "session_preload_libraries=auto_explain", "auto_explain.log_min_duration=0", "auto_explain.log_analyze=on",
            "auto_explain.log_timing=off",
        ]
        return rows(inPlans: try installation.serverLog(of: program, arguments, options: options))
    }

    /// `(actual rows=N loops=L)` is an average over L; so is `Rows Removed by …: N` of the node above it.
    static func rows(inPlans text: String) -> Int {
        var sum = 0
        var loops = 1
        for line in text.split(separator: "\n") {
            guard line.contains("rows=") || line.contains("Rows Removed") else { continue }
            if let made = line.firstMatch(of: /\(actual rows=(\d+) loops=(\d+)\)/) {
                loops = Int(made.2) ?? 1
                sum += (Int(made.1) ?? 0) * loops
            } else if let removed = line.firstMatch(of: /Rows Removed by [A-Za-z ]+: (\d+)/) {
                sum += (Int(removed.1) ?? 0) * loops
            }
        }
        return sum
    }
}
