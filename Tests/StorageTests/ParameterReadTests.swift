import Foundation
import Postgres
import Storage
import TestSupport
import Testing

/// Overrides count only where rows of parameters are read as they hold on a date.
struct ParameterReadTests {
    @Test func `every query reads parameter rows as a run sees them`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let tables = try connection.values(
                """
                select table_name from margin.input_column group by table_name
                having bool_or(column_name = 'parameter_set') and table_name <> 'parameter_set' order by table_name
                """, as: .text)
            #expect(tables.contains("scenario"))
            let folder = URL(fileURLWithPath: Checkout.root + "/sql/queries")
            // A calibration starts from what the approved set says, overrides aside (docs/methodology.md §10.2).
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".sql") && !$0.hasPrefix("calibration/")
            }
            #expect(files.count > 200)
            for file in files.sorted() {
                let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                for table in tables where try text.contains(Regex("margin\\.\(table)\\b(?!_as_of)")) {
                    Issue.record("\(file) reads margin.\(table): read margin.\(table)_as_of(pin, date)")
                }
            }
        }
    }

    @Test func `an override holds from its first date to its last, and for runs that pinned it`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            func load(_ table: String, _ columns: [String], _ row: String) throws {
                _ = try InputLoader(connection).load(
                    InputFile(
                        table: table, source: "\(table).csv", sha256: [], columns: columns, headerLines: 1,
                        rows: Array((row + "\n").utf8)))
            }
            try load("calendar_date", ["calendar_date", "is_business_day"], "2018-12-31,true\n2019-01-02,true")
            try load(
                "parameter_set", ["parameter_set", "effective_from", "author", "approved_by", "reason"],
                "P,2018-12-01,a,b,first")
            let columns = ["parameter_set", "account_class", "threshold", "minimum_transfer_amount", "lot"]
            try load("call_rule", columns, "P,HOUSE,100,10,1")
            for (threshold, first, last) in [("200", "2018-12-31", "2019-01-10"), ("300", "2019-01-02", "2019-01-03")] {
                try connection.script(
                    """
                    select margin.correct('call_rule', '{parameter_set,account_class,threshold}',
                        '[{"staged_line": 1, "parameter_set": "P", "account_class": "HOUSE",
                            "threshold": "\(threshold)"}]',
                        'psql', null, 'emergency', null, false, false, '\(first)', '\(last)')
                    """)
            }
            let held = """
                select string_agg(coalesce(c.threshold::text, '-'), ' ' order by d.day)
                from (values (date '2018-12-30'), (date '2018-12-31'), (date '2019-01-02'), (date '2019-01-03'),
                    (date '2019-01-04'), (date '2019-01-10'), (date '2019-01-11')) as d (day)
                left join lateral margin.call_rule_as_of($1, d.day) as c on true
                """
            #expect(try connection.one(held, [.int64(.max)]).text(.at(0)) == "100 200 300 300 200 200 100")
            let loads = try connection.values(
                "select load_id from margin.input_load where kind = 'correction' order by load_id", as: .int64)
            #expect(try connection.one(held, [.int64(loads[0])]).text(.at(0)) == "100 200 200 200 200 200 100")
            #expect(try connection.one(held, [.int64(loads[0] - 1)]).text(.at(0)) == "100 100 100 100 100 100 100")
            let before = "select string_agg(before_value, ' ' order by load_id) from margin.corrected_cell"
            #expect(try connection.one(before).text(.at(0)) == "100 200")
        }
    }

    @Test(arguments: [("2018-12-31", "2018-12-30"), ("2018-12-31", "2020-01-31")])
    func `an override expires after it begins and within a year`(_ first: String, _ last: String) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused {
                try connection.script(
                    """
                    insert into margin.input_load (table_name, kind, source, row_count, reason)
                    values ('call_rule', 'correction', 'psql', 1, 'emergency'),
                        ('parameter_set', 'load', 'psql', 1, null);
                    insert into margin.parameter_set (parameter_set, effective_from, author, reason, load_id)
                    values ('P', '2018-12-01', 'a', 'first', 2);
                    insert into margin.call_rule (parameter_set, account_class, threshold, minimum_transfer_amount, lot,
                        load_id, revision, valid_from, expires_on)
                    values ('P', 'HOUSE', 1, 1, 1, 1, 2, '\(first)', '\(last)')
                    """)
            }
            #expect(refusal?.constraint == "override_expires_within_a_year")
        }
    }
}
