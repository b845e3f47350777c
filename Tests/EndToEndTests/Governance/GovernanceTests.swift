import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// Parameters and corrections that another person approves.
@Suite struct GovernanceTests {
    static let override = [
        "correct", "parameter", "combined_commodity_margin", "--business-date", "2018-12-31", "--until", "2019-01-02",
        "combined_commodity=CRUDE", "set", "price_scan_range=5.5", "--reason", "moves beyond the range",
    ]

    /// A installation and a login of its own that may approve there; both are gone afterwards.
    func withOfficer(_ body: (Installation, String) async throws -> Void) async throws {
        let installation = try await Installation()
        let officer = "officer_" + installation.settings.database
        let admitted = try installation.run("margin", "db", "person", officer)
        #expect(admitted.output == "\(officer) is admitted, a new login\n", "\(admitted.errors)")
        try await body(installation, officer)
        try installation.connect().script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }

    @Test func `an override is computed with, published once another person approves, and then expires`() async throws {
        try await withOfficer { installation, officer in
            _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
            let made = try installation.start("margin", Self.override).wait()
            #expect(made.code == 0, "\(made.errors)")
            #expect(made.output.contains("  price_scan_range: 3.60 → 5.5\n"), "\(made.output)")
            #expect(made.output.contains("holds from 2018-12-31 to 2019-01-02"), "\(made.output)")
            // Crude's four series; natural gas has the same scenario set and is not touched.
            #expect(made.output.contains("touches 4 series, 3 accounts, 2 members\n"), "\(made.output)")
            let number = try installation.number("select max(load_id) from margin.input_load")
            let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(night.code == 66, "\(night.errors)")
            #expect(night.errors.contains("run 2 is computed and not published: not approved: correction \(number)"))
            #expect(
                try installation.number("select run_number::bigint from margin.run where status = 'published'") == 1)
            let looked = try installation.run("margin", "approve", "correction", "\(number)", "--dry-run")
            #expect(
                looked.output.contains(
                    """
                    , an override of parameter set P2018
                      combined_commodity_margin P2018, CRUDE
                        price_scan_range: 3.60 → 5.5
                      holds from 2018-12-31 to 2019-01-02; then the set's own row holds again
                      touches 4 series, 3 accounts, 2 members
                    dry run: nothing is approved

                    """), "\(looked.output)")
            #expect(looked.output.contains(", to be approved: moves beyond the range\n  at 20"), "\(looked.output)")
            let json = try installation.run(
                "margin", "corrections", "--business-date", "2018-12-31", "--waiting", "--json")
            #expect(
                json.output.contains(
                    #"[{"after":"5.5","before":"3.60","column":"price_scan_range","row":"P2018, CRUDE"}]"#))
            #expect(json.output.contains(#""touches":{"accounts":3,"members":2,"series":4}"#), "\(json.output)")
            let own = try installation.run("margin", "approve", "correction", "\(number)", "--reason", "mine")
            #expect(own.code == 77, "\(own.errors)")
            #expect(own.output.contains("price_scan_range: 3.60 → 5.5"), "\(own.output)")
            let other = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
            #expect(other.output.hasSuffix("correction \(number) is approved by \(officer)\n"), "\(other.errors)")
            let again = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
            #expect(again.code == 65, "\(again.errors)")
            let published = try installation.run("margin", "publish", "--business-date", "2018-12-31")
            #expect(published.output == "2018-12-31 EOD run 2 is published\n", "\(published.errors)")
            let files = try installation.reportFiles("2018-12-31")
            let report = String(
                decoding: files["corrections.2018-12-31.BETA.EOD.r2.csv"] ?? Data(), as: UTF8.self)
            #expect(
                report.contains(
                    "override,combined_commodity_margin,\"P2018, CRUDE\",price_scan_range,3.60,5.5,2018-12-31,2019-01-02,"
                ),
                "\(report)")
            for name in [
                "margin-call.2018-12-31.BETA.EOD.r2.json", "parameters.2018-12-31.EOD.r2.json", "manifest.json",
            ] {
                let document = try jsonObject(files[name] ?? Data())
                let header = document["header"] as? [String: Any] ?? document
                #expect(header["overrides"] as? [Int] == [Int(number)], "\(name)")
            }
            let ranges = """
                select string_agg(trim_scale(m.price_scan_range)::text, ' ' order by d.day)
                from (values (date '2018-12-30'), (date '2018-12-31'), (date '2019-01-02'), (date '2019-01-03'))
                    as d (day)
                cross join lateral margin.combined_commodity_margin_as_of(9223372036854775807, d.day) as m
                where m.combined_commodity = 'CRUDE'
                """
            #expect(try installation.connect().one(ranges).text(.at(0)) == "3.6 5.5 5.5 3.6")
        }
    }

    @Test func `an override approved before the run is published with its approver in the reports`() async throws {
        try await withOfficer { installation, officer in
            _ = try installation.start("margin", Self.override).wait()
            let number = try installation.number("select max(load_id) from margin.input_load")
            _ = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
            let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(night.code == 0, "\(night.errors)")
            let files = try installation.reportFiles("2018-12-31")
            let report = String(decoding: files["house-corrections.2018-12-31.EOD.r1.csv"] ?? Data(), as: UTF8.self)
            #expect(report.contains(",\(officer),3,2\r\n"), "\(report)")
            let parameters = files["parameters.2018-12-31.EOD.r1.json"] ?? Data()
            #expect(String(decoding: parameters, as: UTF8.self).contains(#""price_scan_range":"5.5""#))
        }
    }

    @Test func `where corrections need approval, a run with one is computed and not published before`() async throws {
        try await withOfficer { installation, officer in
            let rule = try installation.run(
                "margin", "governance", "require", "correction_approval", "--reason", "four eyes")
            #expect(rule.code == 0, "\(rule.errors)")
            let made = try installation.run(
                "margin", "correct", "price", "--business-date", "2018-12-31", "--series", "CL-2019-03", "--price",
                "45.91", "--reason", "late print", "--as", officer)
            #expect(made.code == 0, "\(made.errors)")
            let number = try installation.number("select max(load_id) from margin.input_load")
            #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 66)
            let refused = #expect(throws: PostgresError.self) {
                try installation.connect().script(
                    "update margin.run set status = 'published', published_at = now(), published_by = 'me'")
            }
            #expect(refused?.message == "correction \(number) among the inputs is not approved")
            let listed = try installation.run("margin", "corrections", "--business-date", "2018-12-31")
            #expect(listed.output.contains("\(number) settlement_price, 1 row, by \(officer), to be approved"))
            let own = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "mine", "--as", officer)
            #expect(own.code == 77, "\(own.errors)")
            #expect(try installation.run("margin", "approve", "correction", "\(number)", "--reason", "seen").code == 0)
            #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        }
    }

    @Test func `a set is proposed, compared, approved by another person, and takes effect on its date`() async throws {
        try await withOfficer { installation, officer in
            let proposed = try installation.run(
                "margin", "parameters", "propose", "P2018B", "--base", "P2018", "--effective-from", "2018-12-31",
                "--reason", "scan range review", "combined_commodity_margin", "combined_commodity=CRUDE", "set",
                "price_scan_range=4.4", "and", "call_rule", "set", "lot=1000", "--as", officer)
            #expect(proposed.code == 0, "\(proposed.errors)")
            let difference = try installation.run("margin", "parameters", "diff", "P2018", "P2018B")
            #expect(
                difference.output.contains("\ncombined_commodity_margin,CRUDE,changed,price_scan_range,3.60,4.4\n"),
                "\(difference.output)")
            #expect(difference.output.contains(",changed,lot,"), "\(difference.output)")
            let before = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(before.code == 0, "\(before.errors)")
            let own = try installation.run(
                "margin", "parameters", "approve", "P2018B", "--reason", "mine", "--as", officer)
            #expect(own.code == 77, "\(own.errors)")
            #expect(own.errors.contains("\(officer) may not approve parameter set P2018B"), "\(own.errors)")
            let other = try installation.run("margin", "parameters", "approve", "P2018B", "--reason", "seen", "--yes")
            #expect(other.code == 0, "\(other.errors)")
            _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
            let sets = try installation.connect().rows("select parameter_set::text from margin.run order by run_number")
                .map {
                    try $0.text(.at(0))
                }
            #expect(sets == ["P2018", "P2018B"])
            let more = try installation.write(
                "call_rule.csv", "parameter_set,account_class,threshold,minimum_transfer_amount,lot",
                "P2018B,NEW,0,0,1")
            let late = try installation.run("margin", "load", "call_rule", more)
            #expect(late.code == 65, "\(late.errors)")
            #expect(late.errors.contains("it is approved, and an approved set never changes"), "\(late.errors)")
        }
    }

    @Test func `a proposal that contradicts itself or names what is not there is refused`() async throws {
        let installation = try await Installation()
        let head = [
            "parameters", "propose", "PX", "--base", "P2018", "--effective-from", "2019-01-02", "--reason", "R",
        ]
        let bad: [([String], Int32, String)] = [
            (
                ["combined_commodity_margin", "combined_commodity=NONE", "set", "price_scan_range=1"], 65,
                "has no row with"
            ),
            (["combined_commodity_margin", "combined_commodity=CRUDE", "set", "range=1"], 65, "unknown column range"),
            (["position", "account=A", "set", "long_quantity=1"], 64, "position is no table of parameters"),
            (
                ["combined_commodity_margin", "combined_commodity=CRUDE", "set", "price_scan_range=-1"], 65,
                "not_negative"
            ),
            (
                ["combined_commodity_margin", "combined_commodity=CRUDE", "set", "scenario_set=X"], 65,
                "no scenario set X"
            ),
            (["combined_commodity_margin", "combined_commodity=CRUDE"], 64, "after “set”"),
        ]
        for (words, code, said) in bad {
            let ended = try installation.start("margin", head + words).wait()
            #expect(ended.code == code, "\(words): \(ended.errors)")
            #expect(ended.errors.contains(said), "\(words): \(ended.errors)")
        }
        #expect(try installation.number("select count(*) from margin.parameter_set") == 1)
        #expect(try installation.run("margin", "parameters", "diff", "P2018", "PX").code == 66)
        #expect(try installation.run("margin", "parameters", "approve", "PX", "--reason", "R").code == 66)
        #expect(try installation.run("margin", "approve", "correction", "1", "--reason", "R").code == 66)
        try await installation.close()
    }

    @Test func `where approvals are given in the database, a file that brings its own is refused`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "governance", "require", "parameter_set_approval", "--reason", "four eyes")
        let file = try installation.write(
            "parameter_set.csv", "parameter_set,effective_from,author,approved_by,reason",
            "P2019,2019-01-02,a.quant,r.officer,review")
        let refused = try installation.run("margin", "load", "parameter_set", file)
        #expect(refused.code == 65, "\(refused.errors)")
        #expect(refused.errors.contains("approvals are given in the database"), "\(refused.errors)")
        try await installation.close()
    }

    @Test func `the faults of a refused file are kept with line, column, value and reason`() async throws {
        let installation = try await Installation()
        let file = try installation.write(
            "prices.csv", "business_date,series,price,currency", "2019-01-02,CL-2019-02,dear,USD",
            "2019-31-02,CL-2019-03,45,USD", "2018-12-31,CL-2019-02,45,USD")
        #expect(try installation.run("margin", "load", "settlement_price", file).code == 65)
        let listed = try installation.run("margin", "rejects", "settlement_price")
        #expect(listed.output.contains("line 2, price “dear”: is not a number"), "\(listed.output)")
        #expect(listed.output.contains("line 3, business_date “2019-31-02”: is not a day of the calendar"))
        #expect(listed.output.contains("[not_a_date]"), "\(listed.output)")
        #expect(try installation.number("select count(*) from margin.rejected_row where source_line is not null") == 2)
        #expect(try installation.run("margin", "rejects", "position").output == "nothing was refused\n")
        try await installation.close()
    }
}
