import Foundation
import Postgres
import Testing

/// What is loaded while a night is under way: the run goes through on what it has pinned, and what is published follows
/// from everything that was there.
@Suite struct LateInputTests {
    static let day = "2018-12-31"

    @Test func `a correction during a night lets its run go through, and the next one is published`() async throws {
        let expected = try await Self.installation(correctedFirst: true)
        #expect(try expected.run("margin", "run", "--business-date", Self.day).code == 0)
        for point in ["ingest:after-commit", "offsets:mid-copy", "report:after-commit"] {
            let installation = try await Self.installation()
            let night = try installation.start(
                "margin", ["run", "--business-date", Self.day], environment: ["MARGIN_FAILPOINT": "\(point):stop"])
            try installation.waitUntilStopped(night)
            try Self.correct(installation)
            kill(night.process.processIdentifier, SIGCONT)
            let ended = try night.wait()
            #expect(ended.code == 0, "\(point): \(ended.errors)")
            #expect(ended.output.contains("run 1: report done"), "\(point): \(ended.output)")
            #expect(ended.output.contains("run 2: report done"), "\(point): \(ended.output)")
            #expect(ended.output.contains("2018-12-31 EOD run 2 is published\n"), "\(point): \(ended.output)")
            #expect(ended.errors.contains(#""event":"outdated""#), "\(point): \(ended.errors)")
            #expect(try Self.statuses(installation) == ["complete", "published"], "\(point)")
            #expect(try Self.calls(installation) == Self.calls(expected), "\(point)")
            let status = try installation.run("margin", "status", "--business-date", Self.day)
            #expect(status.output.hasSuffix("run 2 is published and its inputs are current\n"), "\(status.output)")
            try await installation.close()
        }
        try await expected.close()
    }

    @Test func `stage programs go on with what ingest pinned, and the stale run is not published`() async throws {
        let undisturbed = try await Self.installation()
        #expect(try undisturbed.run("margin", "run", "--business-date", Self.day).code == 0)
        let installation = try await Self.installation()
        #expect(try installation.run("margin-ingest", "--business-date", Self.day).code == 0)
        try Self.correct(installation)
        for stage in NightTests.stages.dropFirst() {
            let ended = try installation.run("margin-\(stage)", "--business-date", Self.day)
            #expect(ended.code == 0, "\(stage): \(ended.errors)")
            #expect(ended.errors.contains(#""event":"outdated""#), "\(stage): \(ended.errors)")
        }
        let shown = "/2018-12-31/EOD/r1/margin-call.2018-12-31.ALPHA.EOD.r1.csv"
        let file = FileManager.default.contents(atPath: installation.reports + shown)
        #expect(file != nil && file == FileManager.default.contents(atPath: undisturbed.reports + shown))
        let plan = try installation.run("margin", "plan", "--business-date", Self.day)
        #expect(plan.output.contains("a new run, compared with run 1"), "\(plan.output)")
        let again = try installation.run("margin-report", "--business-date", Self.day)
        #expect(again.code == 66 && again.errors.contains("run 1 is stale: settlement_price v"), "\(again.errors)")
        let refused = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "1")
        #expect(refused.code == 66, "\(refused.errors)")
        #expect(refused.errors.contains("run 1 is not published: its inputs have changed since"), "\(refused.errors)")
        #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
        #expect(try Self.statuses(installation) == ["complete", "published"])
        try await undisturbed.close()
        try await installation.close()
    }

    @Test func `a rerun says that it is stale already`() async throws {
        let installation = try await Self.installation()
        #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
        let rerun = try installation.start(
            "margin", ["rerun", "--business-date", Self.day, "--whole", "--reason", "test"],
            environment: ["MARGIN_FAILPOINT": "calls:after-commit:stop"])
        try installation.waitUntilStopped(rerun)
        try Self.correct(installation)
        kill(rerun.process.processIdentifier, SIGCONT)
        let ended = try rerun.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(
            ended.output.contains("2018-12-31 EOD run 2 is complete and stale already: settlement_price v"),
            "\(ended.output)")
        #expect(ended.output.hasSuffix("next: margin rerun --business-date 2018-12-31 --reason R\n"), "\(ended.output)")
        try await installation.close()
    }

    @Test func `inputs that never stop coming are exit 75, and the same command later publishes`() async throws {
        let installation = try await Self.installation()
        try installation.connect().script(
            """
            create function load_late() returns trigger language plpgsql as $$
            declare
                late bigint;
            begin
                insert into margin.input_load (table_name, kind, source, source_sha256, row_count)
                values ('fx_rate', 'load', 'late', sha256('late'), 1) returning load_id into late;
                insert into margin.input_load_date values (late, '2018-12-31', 1);
                return new;
            end
            $$;
            create trigger load_late before insert on margin.execution
                for each row when (new.stage = 'report') execute function load_late()
            """)
        let ended = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(ended.code == 75, "\(ended.errors)")
        let last = "run 4 is complete and not published: inputs were loaded since it began: fx_rate v"
        #expect(ended.errors.contains(last), "\(ended.errors)")
        #expect(ended.errors.contains("hint: once the loads are over: margin run --business-date 2018-12-31"))
        #expect(try Self.statuses(installation) == ["complete", "complete", "complete", "complete"])
        try installation.connect().script("drop trigger load_late on margin.execution")
        #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
        #expect(try Self.statuses(installation).suffix(2) == ["complete", "published"])
        try await installation.close()
    }

    private static func installation(correctedFirst: Bool = false) async throws -> Installation {
        let installation = try await Installation()
        if correctedFirst { try correct(installation) }
        return installation
    }

    private static func correct(_ installation: Installation) throws {
        let ended = try installation.run(
            "margin", "correct", "price", "--business-date", day, "--series", "CL-2019-03", "--price", "45.91",
            "--reason", "late")
        #expect(ended.code == 0, "\(ended.errors)")
    }

    private static func statuses(_ installation: Installation) throws -> [String] {
        try installation.connect().rows("select status from margin.run order by run_number").map { try $0.text(.at(0)) }
    }

    /// The calls of the published run, a text each.
    private static func calls(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select (to_jsonb(c) - 'run_id')::text
            from margin.run as r cross join lateral margin.margin_call_of(r.run_id) as c
            where r.status = 'published' order by c.account collate "C"
            """
        ).map { try $0.text(.at(0)) }
    }
}
