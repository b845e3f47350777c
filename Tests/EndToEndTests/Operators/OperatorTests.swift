import Foundation
import Postgres
import TestSupport
import Testing

/// What operators look at: status, show, doctor, config and the JSON of each.
@Suite struct OperatorTests {
    private static func json(_ ended: Ended) throws -> [String: Any] {
        try jsonObject(ended.output)
    }

    @Test func `status says at a glance what was called and that nothing is to be done`() async throws {
        let installation = try await Installation()
        let empty = try installation.run("margin", "status", "--business-date", "2018-12-31")
        #expect(empty.output.hasSuffix("next, EOD: no run yet\n  margin run --business-date 2018-12-31\n"))
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let status = try installation.run(
            "margin", "status", "--business-date", "2018-12-31", environment: ["MARGIN_DEADLINE": "20:30 Europe/Paris"])
        #expect(status.code == 0, "\(status.errors)")
        #expect(status.output.hasPrefix("business date 2018-12-31, deadline 2018-12-31T19:30:00Z, missed\n"))
        for stage in NightTests.stages {
            #expect(
                status.output.contains(try Regex("(?m)^  \(stage) +succeeded +[0-9.]+ s +[0-9]+ rows$")), "\(stage)")
        }
        let called = try #require(night.output.firstMatch(of: /called ([\d.]+) from (\d+) of (\d+) accounts/))
        #expect(status.output.contains("called \(called.1) from \(called.2) of \(called.3) accounts"))
        #expect(status.output.hasSuffix("next, EOD: run 1 is published and its inputs are current\n"))
        try await installation.close()
    }

    @Test func `status names what blocks, what is stale, and the run before`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let wrong = try installation.write(
            "wrong.csv", "business_date,series,price,currency", "2018-12-31,CL-2019-02,454.1,USD")
        _ = try installation.run("margin", "load", "settlement_price", wrong, "--correct", "--reason", "a slip")
        let stale = try installation.run("margin", "status", "--business-date", "2018-12-31")
        #expect(stale.output.contains("next, EOD: inputs were loaded since: settlement_price"), "\(stale.output)")
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 65)
        let blocked = try installation.run("margin", "status", "--business-date", "2018-12-31")
        #expect(blocked.output.contains("EOD run 1: published"), "\(blocked.output)")
        #expect(blocked.output.contains("EOD run 2: void"), "\(blocked.output)")
        #expect(blocked.output.contains("findings block: slipped_price; mend or waive them"), "\(blocked.output)")
        try await installation.close()
    }

    @Test func `what runs prints one document with --json, and nothing else`() async throws {
        let installation = try await Installation()
        func document(_ program: String, _ words: String...) throws -> [String: Any] {
            let ended = try installation.start(program, words + ["--business-date", "2018-12-31", "--json"]).wait()
            #expect(ended.code == 0, "\(ended.errors)")
            return try Self.json(ended)
        }
        func outcomes(_ document: [String: Any]) -> [String] {
            (document["stages"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String }
        }
        let ingest = try document("margin-ingest")
        #expect(ingest["status"] as? String == "building" && outcomes(ingest) == ["whole"])
        let night = try document("margin", "run")
        #expect(night["status"] as? String == "published")
        #expect(outcomes(night) == ["complete"] + Array(repeating: "whole", count: 7))
        let price = ["--series", "CL-2019-02", "--price", "45.61", "--reason", "late print"]
        let corrected = try installation.start("margin", ["correct", "price", "--business-date", "2018-12-31"] + price)
            .wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
        let rerun = try document("margin", "rerun", "--reason", "late print")
        #expect(rerun["status"] as? String == "complete" && rerun["base_run"] as? Int == 1)
        // What moved since the night before is computed whole or not at all.
        #expect(outcomes(rerun) == NightTests.stages.map { $0 == "attribution" ? "whole" : "affected" })
        let published = try document("margin", "publish", "--run", "2")
        #expect(published["status"] as? String == "published" && published["run"] as? Int == 2)
        let verified = try document("margin", "verify")
        #expect(verified["is_equal"] as? Bool == true && (verified["reports"] as? Int ?? 0) > 20)
        #expect(verified["recorded_sha256"] as? String == verified["replayed_sha256"] as? String)
        let idle = try document("margin", "rerun", "--reason", "again")
        #expect(idle["run"] == nil && outcomes(idle).isEmpty)
        try await installation.close()
    }

    @Test func `run says how many accounts have no call rule, which nothing is called from`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("call_rule", "P2018,HOUSE,5000,1000,1000\n", with: "")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.output.contains("of 2 accounts; 1 account has no call rule\n"), "\(night.output)")
        let document = try Self.json(installation.run("margin", "run", "--business-date", "2018-12-31", "--json"))
        let calls = try #require(document["calls"] as? [[String: Any]])
        let without = calls.map { "\($0["currency"] ?? "") \($0["accounts_without_call_rule"] ?? "")" }
        #expect(without == ["EUR 0", "USD 1"])
        try await installation.close()
    }

    @Test func `the JSON of status has sorted keys and amounts as texts`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let ended = try installation.run("margin", "status", "--business-date", "2018-12-31", "--json")
        let document = try Self.json(ended)
        #expect(document["business_date"] as? String == "2018-12-31")
        let run = try #require((document["runs"] as? [[String: Any]])?.first)
        #expect(run["status"] as? String == "published")
        let calls = try #require(run["calls"] as? [[String: Any]])
        #expect(calls.count > 0)
        for call in calls { #expect((call["called"] as? String)?.contains(/^\d+\.\d\d$/) == true) }
        #expect((run["executions"] as? [[String: Any]])?.count == 8)
        let keys = ended.output.matches(of: /(?m)^  "(\w+)"/).map { String($0.output.1) }
        #expect(keys == keys.sorted() && keys.count >= 3)
        try await installation.close()
    }

    @Test func `show lists any run's files, prints one as it was issued, and says what is gone or changed`()
        async throws
    {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let first = try installation.reportFiles("2018-12-31")
        let fix = try installation.write(
            "fix.csv", "business_date,series,price,currency", "2018-12-31,CL-2019-02,45.40,USD")
        _ = try installation.run("margin", "load", "settlement_price", fix, "--correct", "--reason", "late print")
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        let show = ["show", "--business-date", "2018-12-31", "--run", "1"]
        let list = try installation.start("margin", show).wait()
        #expect(list.code == 0, "\(list.errors)")
        #expect(list.output.hasPrefix("2018-12-31 EOD run 1 is superseded"))
        for name in first.keys { #expect(list.output.contains("2018-12-31/EOD/r1/\(name)"), "\(name)") }
        let printed = try installation.start("margin", show + ["--report", "house-summary"]).wait()
        let name = "house-summary.2018-12-31.EOD.r1.csv"
        #expect(Data(printed.output.utf8) == first[name])
        let unknown = try installation.start("margin", show + ["--report", "house"]).wait()
        #expect(unknown.code == 66)
        #expect(unknown.errors.contains("house-summary"), "\(unknown.errors)")
        let path = "\(installation.reports)/2018-12-31/EOD/r1/\(name)"
        try (String(contentsOfFile: path, encoding: .utf8) + " ").write(toFile: path, atomically: true, encoding: .utf8)
        let changed = try installation.start("margin", show + ["--report", "house-summary"]).wait()
        #expect(changed.code == 70)
        #expect(changed.output.isEmpty)
        #expect(changed.errors.contains("is not the file that was issued"), "\(changed.errors)")
        try FileManager.default.removeItem(atPath: "\(installation.reports)/2018-12-31/EOD/r1")
        let gone = try installation.start("margin", show + ["--report", "house-summary"]).wait()
        #expect(gone.code == 66)
        #expect(gone.errors.contains("margin show --business-date 2018-12-31 --run 1 --reports DIR"), "\(gone.errors)")
        try await installation.close()
    }

    @Test func `the doctor passes a sound house and warns of a short calendar`() async throws {
        let installation = try await Installation()
        let ended = try installation.run("margin", "doctor", "--business-date", "2018-12-31")
        #expect(ended.code == 0, "\(ended.output)\(ended.errors)")
        for check in ["server", "fsync", "schema", "role", "clock", "reports folder", "connections"] {
            #expect(ended.output.contains(try Regex("(?m)^ok +\(check): ")), "\(check): \(ended.output)")
        }
        #expect(ended.output.contains("warning calendar: 1 business day after 2018-12-31, 5 are wanted"))
        try await installation.close()
    }

    @Test func `the doctor fails, each with what to do, and exits 1`() async throws {
        let installation = try await Installation()
        let holiday = try installation.run("margin", "doctor", "--business-date", "2019-01-01")
        #expect(holiday.code == 1)
        #expect(holiday.output.contains("FAIL    calendar: 2019-01-01 is no business day of it\n        hint: "))
        try installation.connect().script("delete from margin_schema.function where name = 'block_of'")
        let older = try installation.run(
            "margin", "doctor", "--json", "--reports", try installation.write("a-file", ""))
        #expect(older.code == 1)
        let document = try Self.json(older)
        let checks = try #require(document["checks"] as? [[String: Any]])
        let failed = checks.filter { $0["state"] as? String == "FAIL" }
        #expect(failed.map { $0["check"] as? String } == ["schema", "reports folder"])
        #expect(failed.allSatisfy { $0["advice"] is String })
        let lost = try installation.run("margin", "doctor", environment: ["PGPORT": "5999"])
        #expect(lost.code == 69)
        #expect(lost.output.hasPrefix("FAIL    server: "), "\(lost.output)")
        try await installation.close()
    }

    @Test func `the doctor names inputs that have not come`() async throws {
        let installation = try await Installation.editing { house in
            let lines = try house.text("fx_rate").split(separator: "\n").filter { !$0.hasPrefix("2018-12-31") }
            try house.write("fx_rate", lines.joined(separator: "\n") + "\n")
        }
        let ended = try installation.run("margin", "doctor", "--business-date", "2018-12-31")
        #expect(ended.output.contains("warning inputs: no rows of 2018-12-31 in fx_rate"), "\(ended.output)")
        try await installation.close()
    }

    @Test func `a flag wins over a variable, that over the file, that over the default`() async throws {
        let installation = try await Installation(house: nil)
        let file = try installation.write(
            "margin.conf", "# the house's settings", "reports = /srv/file", "threads=3", "deadline = 20:30 Europe/Paris"
        )
        let environment = ["MARGIN_SETTINGS": file, "MARGIN_REPORTS": "/srv/variable", "MARGIN_THREADS": "4"]
        let ended = try installation.start(
            "margin", ["config", "--origin", "--threads", "5"], environment: environment
        ).wait()
        #expect(ended.code == 0, "\(ended.errors)")
        for line in [
            "threads = 5  # flag --threads", "reports = /srv/variable  # variable MARGIN_REPORTS",
            "deadline = 20:30 Europe/Paris  # file \(file)", "lock_timeout = 60  # default",
        ] { #expect(ended.output.contains(line + "\n"), "\(line): \(ended.output)") }
        for (text, says) in [
            ("password = x", "line 1: no setting: password"),
            ("deadline = noon", "deadline in \(file) is no time and zone"),
            ("threads = 2\nthreads = 3", "line 2: threads stands twice"),
        ] {
            _ = try installation.write("margin.conf", text)
            let refused = try installation.start("margin", ["config"], environment: ["MARGIN_SETTINGS": file]).wait()
            #expect(refused.code == 78, "\(text)")
            #expect(refused.errors.contains(says), "\(refused.errors)")
        }
        try await installation.close()
    }

    @Test func `the JSON of explain holds the published figures as texts, and that of case says what agrees`()
        async throws
    {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let call = try installation.connect().one(
            "select account::text, deficit::text from margin.margin_call order by account limit 1")
        let account = try call.text(.at(0))
        let explained = try Self.json(
            try installation.run("margin", "explain", account, "--business-date", "2018-12-31", "--json"))
        let rows = try #require(explained["rows"] as? [String: [[String: Any]]])
        #expect(rows["call"]?.first?["deficit"] as? String == (try call.text(.at(1))))
        #expect(rows["components"]?.isEmpty == false)
        #expect(rows["call"]?.first?["due_date"] as? String == "2019-01-02")
        let series = try Self.json(
            try installation.run(
                "margin", "explain", "--series", "CL-2019-02", "--business-date", "2018-12-31", "--json"))
        #expect(((series["rows"] as? [String: [[String: Any]]])?["array"]?.first?["risk_array"] as? [Int])?.count == 16)
        let cases = try Self.json(
            try installation.run("margin", "case", Checkout.fixtures + "/single-future", "--json"))
        #expect(cases["exit_code"] as? Int == 0)
        #expect((cases["results"] as? [[String: Any]])?.map { $0["outcome"] as? String } == ["agrees"])
        try await installation.close()
    }
}
