import Foundation
import Postgres
import TestSupport
import Testing

/// Runs that somebody is to look at before they are published, and what is said of a night that was stopped.
@Suite struct ReviewTests {
    static let day = "2018-12-31"
    static let date = ["--business-date", day]

    private func publishedDesk() async throws -> Installation {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        return installation
    }

    private func correct(_ installation: Installation, _ price: String) throws {
        let words = ["correct", "price", "--series", "CL-2019-03", "--price", price, "--reason", "late print"]
        let made = try installation.start("margin", words + Self.date).wait()
        #expect(made.code == 0, "\(made.errors)")
    }

    private func margin(_ installation: Installation, _ words: String...) throws -> Ended {
        try installation.start("margin", words + Self.date).wait()
    }

    private func published(_ installation: Installation) throws -> [Int64] {
        try installation.connect().rows("select run_number::bigint from margin.run where status = 'published'").map {
            try $0.int64(.at(0))
        }
    }

    @Test func `a rerun is published by margin publish alone, and margin run says so with 66`() async throws {
        let installation = try await publishedDesk()
        try correct(installation, "45.91")
        #expect(try margin(installation, "rerun", "--reason", "late print").code == 0)
        let night = try margin(installation, "run")
        #expect(night.code == 66)
        #expect(night.errors.contains("run 2 is a rerun that waits to be looked at: margin publish alone publishes it"))
        #expect(
            night.errors.contains(
                "hint: margin diff --business-date 2018-12-31 --runs 1,2, then margin publish --business-date "
                    + "2018-12-31 --run 2\n"), "\(night.errors)")
        #expect(try published(installation) == [1])
        let status = try margin(installation, "status")
        #expect(
            status.output.hasSuffix(
                "next, EOD: run 2 is a rerun that waits to be looked at: margin diff --business-date 2018-12-31 --runs "
                    + "1,2\n  margin publish --business-date 2018-12-31 --run 2\n"), "\(status.output)")
        // What came in since is looked at too, before it is published.
        try correct(installation, "45.92")
        let stale = try margin(installation, "run")
        #expect(stale.code == 66)
        #expect(stale.errors.contains("inputs were loaded since: settlement_price"), "\(stale.errors)")
        #expect(stale.errors.contains("hint: margin rerun --business-date 2018-12-31 --reason R, then margin publish"))
        #expect(try margin(installation, "rerun", "--reason", "later print").code == 0)
        #expect(try margin(installation, "publish").output == "2018-12-31 EOD run 3 is published\n")
        // Published, it is a night like any other.
        #expect(try margin(installation, "run").code == 0)
        try correct(installation, "45.93")
        #expect(try margin(installation, "run").code == 0)
        #expect(try published(installation) == [4])
        try await installation.close()
    }

    @Test func `a rerun killed half-way is gone on with by margin rerun, neither by margin run nor by publish`()
        async throws
    {
        let installation = try await publishedDesk()
        try correct(installation, "45.91")
        let killed = try installation.start(
            "margin", ["rerun", "--reason", "late print"] + Self.date,
            environment: ["MARGIN_FAILPOINT": "offsets:before-commit"]
        ).wait()
        #expect(killed.code == 137)
        let status = try margin(installation, "status")
        #expect(status.output.contains("EOD run 2: building, a rerun, "), "\(status.output)")
        #expect(
            status.output.hasSuffix(
                "next, EOD: offsets was killed; the next start goes on\n  margin rerun --business-date 2018-12-31 "
                    + "--reason R\n"), "\(status.output)")
        let night = try margin(installation, "run")
        #expect(night.code == 66)
        #expect(night.errors.contains("run 2 is a rerun that is not finished"), "\(night.errors)")
        let early = try margin(installation, "publish")
        #expect(early.code == 66)
        #expect(early.errors.contains("run 2 is not published: margin rerun has not finished it"), "\(early.errors)")
        #expect(early.errors.contains("hint: margin rerun --business-date 2018-12-31 --reason R\n"))
        #expect(try installation.number("select count(*) from margin.execution where status = 'succeeded'") == 10)
        let rest = try margin(installation, "rerun", "--reason", "after the power cut")
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(rest.output.contains("run 2: risk-arrays is already complete"), "\(rest.output)")
        #expect(try margin(installation, "status").output.contains(", because: late print; after the power cut\n"))
        #expect(try margin(installation, "publish", "--run", "2").code == 0)
        try await installation.close()
    }

    @Test func `a night that margin rerun goes on with is left to margin publish too, and both reasons stay`()
        async throws
    {
        let installation = try await Installation()
        let killed = try installation.start(
            "margin", ["run", "--reason", "first"] + Self.date, environment: ["MARGIN_FAILPOINT": "calls:before-commit"]
        ).wait()
        #expect(killed.code == 137)
        #expect(try margin(installation, "rerun", "--reason", "second").code == 0)
        #expect(try margin(installation, "run").code == 66)
        let status = try jsonObject(margin(installation, "status", "--json").output)
        let run = try #require((status["runs"] as? [[String: Any]])?.first)
        #expect(run["reason"] as? String == "first; second")
        #expect(run["awaits_review"] as? Bool == true)
        #expect(try margin(installation, "publish").code == 0)
        try await installation.close()
    }

    @Test func `a run is superseded when it was superseded, in status, show and their JSON`() async throws {
        let installation = try await publishedDesk()
        try installation.connect().script(
            "update margin.run set published_at = published_at - interval '3 days', created_at = created_at")
        try correct(installation, "45.91")
        #expect(try margin(installation, "run").code == 0)
        let times = try installation.connect().one(
            """
            select to_char(o.superseded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                o.superseded_at - n.published_at between interval '-1 minute' and interval '1 minute'
            from margin.run as o join margin.run as n on n.run_number = 2 where o.run_number = 1
            """)
        #expect(try times.bool(.at(1)))
        let time = try times.text(.at(0))
        #expect(try margin(installation, "status").output.contains("EOD run 1: superseded \(time), "))
        #expect(try margin(installation, "status", "--json").output.contains("\"superseded_at\" : \"\(time)\""))
        let shown = try margin(installation, "show", "--run", "1")
        #expect(shown.output.hasPrefix("2018-12-31 EOD run 1 is superseded since \(time), "), "\(shown.output)")
        #expect(
            try margin(installation, "show", "--run", "1", "--json").output.contains("\"superseded_at\" : \"\(time)\""))
        try await installation.close()
    }

    @Test func `publish, plan and status of a night that was stopped name the finding, and how it is waived`()
        async throws
    {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", "2018-12-31,CL-2019-02,45.41", with: "2018-12-31,CL-2019-02,454.1")
        }
        #expect(try margin(installation, "run").code == 65)
        let waive = "margin waive slipped_price 'CL-2019-02, settlement' --business-date 2018-12-31 --reason R"
        let publish = try margin(installation, "publish")
        let byNumber = try margin(installation, "publish", "--run", "1")
        #expect(publish.code == 66 && byNumber.code == 66)
        let plan = try margin(installation, "plan")
        let status = try margin(installation, "status")
        for said in [publish.errors, byNumber.errors, plan.output, status.output] {
            #expect(said.contains("settlement_price, CL-2019-02, settlement ("), "\(said)")
            #expect(said.contains("price “454.1”: "), "\(said)")
            #expect(said.contains(waive + "\n"), "\(said)")
        }
        #expect(plan.output.contains("run 1 was stopped: 1 finding blocks: slipped_price; it would be stopped again\n"))
        #expect(plan.output.hasSuffix("next: margin run --business-date 2018-12-31\n"), "\(plan.output)")
        let document = try margin(installation, "plan", "--json").output
        #expect(document.contains("\"stopped_run\" : 1") && document.contains("\"waive\" : \"\(waive)\""))
        try await installation.close()
    }

    @Test func `a rerun that was stopped is tried again by margin rerun`() async throws {
        let installation = try await publishedDesk()
        try correct(installation, "458.1")
        let stopped = try margin(installation, "rerun", "--reason", "late print")
        #expect(stopped.code == 65)
        #expect(stopped.errors.hasSuffix("then: margin rerun --business-date 2018-12-31 --reason R\n"))
        let status = try margin(installation, "status")
        #expect(status.output.hasSuffix("\n  margin rerun --business-date 2018-12-31 --reason R\n"), "\(status.output)")
        try await installation.close()
    }
}
