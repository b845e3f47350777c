import Foundation
import Postgres
import PrivateCluster
import Testing

/// What an operator is told at night works as it is printed.
@Suite struct NightHintTests {
    private static let day = ["--business-date", "2018-12-31"]

    private func margin(_ installation: Installation, _ words: String..., environment: [String: String] = [:]) throws
        -> Ended
    {
        try installation.start("margin", words + Self.day, environment: environment).wait()
    }

    private func require(_ installation: Installation, _ rules: String...) throws {
        for rule in rules {
            #expect(try installation.run("margin", "governance", "require", rule, "--reason", "four eyes").code == 0)
        }
    }

    @Test func `an unapproved correction is 66 and named, also where a second person publishes`() async throws {
        let installation = try await Installation()
        #expect(
            try margin(installation, "correct", "price", "--series", "CL-2019-03", "--price", "45.91", "--reason", "r")
                .code
                == 0)
        try require(installation, "correction_approval", "second_person_publishes")
        let officer = "officer_" + installation.settings.database
        #expect(try installation.run("margin", "db", "person", officer).code == 0)
        let number = try installation.number("select max(load_id) from margin.input_load where kind = 'correction'")
        let night = try margin(installation, "run")
        #expect(night.code == 66, "\(night.output)")
        #expect(night.errors.contains("not approved: correction \(number) of settlement_price"), "\(night.errors)")
        let publish = "margin publish --business-date 2018-12-31 --run 1 --as NAME"
        #expect(night.errors.contains("then \(publish)\n"), "\(night.errors)")
        let approved = try installation.run(
            "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
        #expect(approved.code == 0, "\(approved.errors)")
        let twice = try installation.run(
            "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
        let look = "hint: margin approve correction --as \(officer) \(number) --dry-run\n"
        #expect(twice.errors.hasSuffix(look), "\(twice.errors)")
        let again = try margin(installation, "run")
        #expect(again.code == 0 && again.output.hasSuffix("next: \(publish)\n"), "\(again.output)\(again.errors)")
        #expect(try margin(installation, "status").output.hasSuffix("  \(publish)\n"))
        let own = try margin(installation, "publish")
        #expect(
            own.code == 77 && own.errors.contains("and another person publishes\nhint: \(publish)"), "\(own.errors)")
        let words = publish.replacing("NAME", with: officer).split(separator: " ").dropFirst().map(String.init)
        let published = try installation.start("margin", words).wait()
        #expect(published.code == 0, "\(published.errors)")
        // Published once, a night that runs again has nothing to wait for.
        #expect(try margin(installation, "run").code == 0)
        try installation.connect().script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }

    @Test func `a rerun that findings stopped is not published by margin run after the waiver`() async throws {
        let installation = try await Installation()
        #expect(try margin(installation, "run").code == 0)
        let bad = ["--series", "NG-2019-02", "--price", "29.40", "--reason", "r"]
        #expect(try installation.start("margin", ["correct", "price"] + bad + Self.day).wait().code == 0)
        #expect(try margin(installation, "rerun", "--reason", "r").code == 65)
        #expect(try margin(installation, "waive", "slipped_price", "NG-2019-02, settlement", "--reason", "r").code == 0)
        let run = try margin(installation, "run")
        #expect(run.code == 66 && run.errors.contains("run 2 is a rerun that findings stopped: 1 finding blocks"))
        #expect(run.errors.contains("hint: margin rerun --business-date 2018-12-31 --reason R"), "\(run.errors)")
        // Whoever starts the stages instead makes a run that waits as well.
        #expect(try installation.start("margin-ingest", Self.day).wait().code == 0)
        #expect(try margin(installation, "run").code == 66)
        #expect(try installation.number("select run_number::bigint from margin.run where status = 'published'") == 1)
        #expect(try margin(installation, "rerun", "--reason", "r").code == 0)
        for command in [["rerun", "--reason", "r"], ["plan"]] {
            let said = try installation.start("margin", command + Self.day).wait()
            let next =
                "run 3 is complete and not published\nnext: margin diff --business-date 2018-12-31 --runs 1,3\n"
                + "then: margin publish --business-date 2018-12-31 --run 3\n"
            #expect(said.code == 0 && said.output.hasSuffix(next), "\(said.output)")
        }
        #expect(try margin(installation, "publish", "--run", "3").code == 0)
        try await installation.close()
    }

    @Test func `a stale run names the newer one that stands complete`() async throws {
        let installation = try await Installation()
        #expect(try margin(installation, "run").code == 0)
        for price in ["45.91", "45.92"] {
            #expect(
                try margin(
                    installation, "correct", "price", "--series", "CL-2019-03", "--price", price, "--reason", "r"
                ).code
                    == 0)
            #expect(try margin(installation, "rerun", "--reason", "r").code == 0)
        }
        let stale = try margin(installation, "publish", "--run", "2")
        #expect(stale.code == 66)
        #expect(stale.errors.contains("run 3 stands complete with these inputs: margin publish --business-date"))
        let diff = try margin(installation, "diff", "--runs", "2,3")
        #expect(!diff.output.contains("1 call differ\n"), "\(diff.output)")
        try await installation.close()
    }

    @Test func `one bad price is mended by the command of the hint, and a rule without waiver offers none`()
        async throws
    {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", "2018-12-31,NG-2019-02,2.940", with: "2018-12-31,NG-2019-02,29.40")
        }
        let night = try margin(installation, "run")
        let line = "margin correct price --business-date 2018-12-31 --series NG-2019-02 --price P --reason R"
        #expect(night.code == 65 && night.errors.contains("mend the rows: \(line)\n"), "\(night.errors)")
        let words = line.replacing("--price P", with: "--price 2.940").split(separator: " ").dropFirst().map(
            String.init)
        #expect(try installation.start("margin", words).wait().code == 0)
        let status = try margin(installation, "status", environment: ["COLUMNS": "80"])
        #expect(
            status.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("margin ") },
            "\(status.output)")
        let found = try margin(installation, "findings", environment: ["COLUMNS": "80"])
        #expect(found.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("margin ") })
        #expect(try margin(installation, "run").code == 0)
        let unwaivable = try installation.run("margin", "run", "--business-date", "2018-12-30")
        #expect(unwaivable.code == 65)
        let sunday = try installation.run("margin", "status", "--business-date", "2018-12-30").output
        #expect(sunday.contains("findings block: calendar; mend them\n"), "\(sunday)")
        for command in ["status", "plan"] {
            let beyond = try installation.run("margin", command, "--business-date", "2081-12-31").output
            #expect(
                beyond.contains("margin load calendar_date FILE.csv") && !beyond.contains("margin run"), "\(beyond)")
        }
        try await installation.close()
    }

    @Test func `a current link that stayed behind is said by status and doctor, and mended by their command`()
        async throws
    {
        let installation = try await Installation()
        #expect(try margin(installation, "run", environment: ["MARGIN_FAILPOINT": "report:after-publish"]).code != 0)
        let publish = "margin publish --business-date 2018-12-31 --run 1"
        let said = try margin(installation, "status").output
        #expect(said.contains("readers do not see it: ") && said.hasSuffix("  \(publish)\n"), "\(said)")
        let doctor = try installation.run("margin", "doctor")
        #expect(doctor.code == 1 && doctor.output.contains("hint: \(publish)\n"), "\(doctor.output)")
        #expect(try margin(installation, "publish", "--run", "1").code == 0)
        #expect(try margin(installation, "status").output.hasSuffix("its inputs are current\n"))
        #expect(try installation.run("margin", "doctor").output.contains("current of 2018-12-31 EOD: run 1\n"))
        try await installation.close()
    }

    @Test func `doctor fails a schedule that is not there and a session that may only read`() async throws {
        let installation = try await Installation()
        let nowhere = try installation.run("margin", "doctor", "--schedule", "/nope")
        #expect(
            nowhere.code == 1 && nowhere.output.contains("FAIL    schedule: /nope cannot be read"), "\(nowhere.output)")
        let reading = ["PGOPTIONS": "-c default_transaction_read_only=on"]
        let doctor = try installation.start("margin", ["doctor"], environment: reading).wait()
        #expect(doctor.code == 1 && doctor.output.contains("FAIL    transaction_read_only: on"), "\(doctor.output)")
        let night = try margin(installation, "run", environment: reading)
        #expect(night.code == 78 && night.errors.contains("default_transaction_read_only is on"), "\(night.errors)")
        let hasty = ["PGOPTIONS": "-c statement_timeout=900ms"]
        let warned = try installation.start("margin", ["doctor"], environment: hasty).wait()
        #expect(warned.output.contains("warning statement_timeout: 900 ms"), "\(warned.output)")
        try await installation.close()
    }
}
