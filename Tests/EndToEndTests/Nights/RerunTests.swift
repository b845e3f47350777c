import Foundation
import Postgres
import Testing

/// Runs of corrected inputs: what is computed, what stands, and that the result is that of computing everything.
@Suite struct RerunTests {
    static let day = "2018-12-31"

    @Test func `plan says what the rerun then does, stage by stage`() async throws {
        let installation = try await publishedDesk()
        let current = try installation.run("margin", "plan", "--business-date", Self.day)
        #expect(current.output == "2018-12-31 EOD: nothing is stale, run 1 is current\n")
        try correct(installation, "collateral", "--asset", "CASH-USD", "--price", "0.99")
        let plan = try installation.run("margin", "plan", "--business-date", Self.day)
        let lines = plan.output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "2018-12-31 EOD: a new run, compared with run 1")
        for stage in ["risk-arrays", "offsets", "add-ons"] {
            #expect(
                lines.contains { $0.hasPrefix("  \(stage) ") && $0.hasSuffix("stands: same inputs") },
                "\(plan.output)")
        }
        for stage in ["ingest", "calls", "report"] {
            let isStale = lines.contains { line in
                line.hasPrefix("  \(stage) ") && line.contains("stale") && line.contains("collateral_price v")
            }
            #expect(isStale, "\(plan.output)")
        }
        let rerun = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        for stage in ["risk-arrays", "offsets", "add-ons"] {
            #expect(rerun.output.contains("\(stage) stands as it is: its inputs are unchanged"), "\(rerun.output)")
        }
        for stage in ["ingest", "calls", "report"] {
            #expect(rerun.output.contains("\(stage) done"), "\(rerun.output)")
        }
        #expect(rerun.output.contains("run 2 is complete and not published"))
        try await installation.close()
    }

    @Test func `a rerun from a stage refuses stale ones above it, and one stage alone says what it leaves`()
        async throws
    {
        let installation = try await publishedDesk()
        try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.91")
        let refused = try installation.run(
            "margin", "rerun", "--business-date", Self.day, "--from", "calls", "--reason", "test")
        #expect(refused.code == 66)
        #expect(refused.errors.contains("calls follows from risk-arrays, which is stale: settlement_price v"))
        #expect(refused.errors.contains("hint: margin rerun --business-date 2018-12-31 --from risk-arrays --reason R"))
        let alone = try installation.run(
            "margin", "rerun", "--business-date", Self.day, "--from", "risk-arrays", "--only", "--reason", "test")
        #expect(alone.code == 0, "\(alone.errors)")
        #expect(
            alone.output.contains("left stale: offsets, add-ons, stress, calls, attribution, report\n"),
            "\(alone.output)")
        let early = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        #expect(early.code == 66)
        #expect(early.errors.contains("run 2 is building, not complete"), "\(early.errors)")
        let rest = try installation.run(
            "margin", "rerun", "--business-date", Self.day, "--from", "offsets", "--reason", "test")
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(rest.output.contains("run 2 is complete"))
        try await installation.close()
    }

    @Test func `another value of a price runs no gate of the book, a price that goes runs them`() async throws {
        let installation = try await publishedDesk()
        func rules() throws -> Set<String> {
            let rerun = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
            #expect([0, 65].contains(rerun.code), "\(rerun.errors)")
            return Set(
                try installation.connect().rows(
                    """
                    select p.part from margin.computed_part as p
                    where p.run_id = (select max(r.run_id) from margin.run as r) and p.part_kind = 'rule'
                    """
                ).map { try $0.text(.at(0)) })
        }
        let ofTheBook: Set = ["unknown_code", "missing_price", "position_roll", "missing_fx"]
        let ofValues: Set = ["price_sign", "price_move", "value_bound", "put_call_parity"]
        try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.91")
        let moved = try rules()
        #expect(moved.isSuperset(of: ofValues) && moved.isDisjoint(with: ofTheBook), "\(moved.sorted())")
        try correct(installation, "price", "--series", "CL-2019-03", "--withdraw")
        let gone = try rules()
        #expect(gone.isSuperset(of: ofValues.union(ofTheBook)), "\(gone.sorted())")
        try await installation.close()
    }

    @Test func `a price that is taken back takes its series' array with it`() async throws {
        let installation = try await publishedDesk()
        for holder in [["ALPHA-HOUSE"], ["BETA-CLIENT"], ["BETA-SEG", "--owner", "O2"]] {
            let words =
                ["correct", "position", "--business-date", Self.day, "--series", "LO-2019-03-C50", "--withdraw"]
                + ["--reason", "test", "--account"] + holder
            let corrected = try installation.start("margin", words).wait()
            #expect(corrected.code == 0, "\(corrected.errors)")
        }
        let first = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        #expect(first.code == 0, "\(first.errors)")
        try correct(installation, "price", "--series", "LO-2019-03-C50", "--withdraw")
        let rerun = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        #expect(rerun.code == 0, "\(rerun.errors)")
        let number = try newestRun(installation, Self.day)
        let verified = try installation.run("margin", "verify", "--business-date", Self.day, "--run", number)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        let arrays = try installation.connect().one(
            "select count(*) from margin.run as r cross join lateral margin.risk_array_of(r.run_id) as a "
                + "where r.run_number = \(number) and a.series = 'LO-2019-03-C50'"
        ).int64(.at(0))
        #expect(arrays == 0)
        try await installation.close()
    }

    @Test func `a member replicates a rerun from its manifest, whichever run issued each file`() async throws {
        let installation = try await publishedDesk()
        try correct(installation, "position", "--account", "ALPHA-HOUSE", "--series", "NG-2019-02", "--short", "11")
        _ = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        _ = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        let house = try EditedHouse()
        try house.replace(
            "position", "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,12", with: "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,11")
        let current = "\(installation.reports)/\(Self.day)/EOD/current"
        let words = [
            "replicate", "--parameters", "\(current)/manifest.json", "--positions", house.file("position"), "--check",
            "\(current)/requirement.2018-12-31.ALPHA.EOD.r2.csv", "--check",
            "\(current)/../r1/requirement.2018-12-31.BETA.EOD.r1.csv",
        ]
        let replicated = try installation.start("margin", words).wait()
        #expect(replicated.code == 0, "\(replicated.errors)")
        #expect(replicated.output.contains("account ALPHA-HOUSE"), "\(replicated.output)")
        let arrays = "\(installation.reports)/\(Self.day)/EOD/r1/risk-arrays.2018-12-31.EOD.r1.json"
        let bytes = try #require(FileManager.default.contents(atPath: arrays))
        try Data(String(decoding: bytes, as: UTF8.self).replacing("3600", with: "3700").utf8).write(
            to: URL(fileURLWithPath: arrays))
        let tampered = try installation.start("margin", words).wait()
        #expect(tampered.code == 65)
        #expect(tampered.errors.contains("is not the file that "), "\(tampered.errors)")
        try house.close()
        try await installation.close()
    }

    @Test func `killed at any failpoint of a rerun or its publication, the same commands end with the same bytes`()
        async throws
    {
        func fixed(_ installation: Installation, failpoint: String?) throws -> [String: Data] {
            try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.91")
            let environment = failpoint.map { ["MARGIN_FAILPOINT": $0] } ?? [:]
            func step(_ words: String...) throws {
                let first = try installation.start("margin", words, environment: environment).wait()
                guard first.code != 0 else { return }
                #expect(first.code == 137, "\(failpoint ?? ""): \(first.errors)")
                let again = try installation.start("margin", words).wait()
                #expect(again.code == 0, "\(failpoint ?? ""): \(again.errors)")
            }
            try step("rerun", "--business-date", Self.day, "--reason", "test")
            try step("publish", "--business-date", Self.day, "--run", "2")
            return try installation.reportFiles(Self.day)
        }
        let undisturbed = try await publishedDesk()
        let expected = try fixed(undisturbed, failpoint: nil)
        #expect(expected.keys.contains("margin-call.2018-12-31.ALPHA.EOD.r2.csv"))
        for failpoint in KillTests.failpoints {
            let installation = try await publishedDesk()
            #expect(try fixed(installation, failpoint: failpoint) == expected, "\(failpoint)")
            try await installation.close()
        }
        try await undisturbed.close()
    }

    @Test func `a rerun beside a stage that is running is told to try again`() async throws {
        let installation = try await Installation()
        let night = try installation.start(
            "margin", ["run", "--business-date", Self.day], environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        while try installation.connect().one("select count(*) from margin.execution where stage = 'offsets'").int64(
            .at(0)) == 0
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let rerun = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        #expect(rerun.code == 75, "\(rerun.errors)")
        kill(night.process.processIdentifier, SIGCONT)
        #expect(try night.wait().code == 0)
        try await installation.close()
    }

    /// The two-day house with its night published.
    func publishedDesk() async throws -> Installation {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        return installation
    }

    func correct(_ installation: Installation, _ words: String...) throws {
        let corrected = try installation.start(
            "margin",
            ["correct", words[0], "--business-date", Self.day] + words.dropFirst() + ["--reason", "late print"]
        ).wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
    }

    func newestRun(_ installation: Installation, _ day: String) throws -> String {
        String(
            try installation.connect().one(
                "select max(r.run_number) from margin.run as r where r.business_date = '\(day)'"
            )
            .int32(.at(0)))
    }
}
