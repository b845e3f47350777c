import Postgres
import Quantities
import Storage
import Testing

struct CorrectionTests {
    @Test func `a correction adds a revision, the old row stays, and each pin sees its own`() async throws {
        try await withPrices { (connection) throws in
            let pin = try lastLoad(connection)
            let made = try correct(connection, [PriceFile.price], reason: "decimal point slipped at the source")
            #expect(made.rows == 1)
            let later = try lastLoad(connection)
            #expect(made.number == later)

            #expect(try rows(connection) == ["CLG19 1 454.1 2", "CLG19 2 45.41 2", "CLH19 1 45.6 3"])
            #expect(try seen(connection, pin: pin) == ["CLG19 454.1", "CLH19 45.6"])
            #expect(try seen(connection, pin: later) == ["CLG19 45.41", "CLH19 45.6"])
            #expect(try seen(connection, pin: 0) == [])
            let audit = "select concat_ws('|', kind, source, reason, loaded_by = session_user) from margin.input_load"
            #expect(
                try connection.values(audit + " where table_name = 'settlement_price' order by load_id", as: .text)
                    == ["load|prices.csv|t", "correction|prices.csv|decimal point slipped at the source|t"])
        }
    }

    @Test func `the database journals what each cell was and is, whatever inserts the row`() async throws {
        try await withPrices { (connection) throws in
            let made = try correct(connection, [PriceFile.price], reason: "slipped")
            #expect(
                made.cells.map { "\($0.rowKey) \($0.column) \($0.before ?? "-") \($0.after ?? "-")" }
                    == ["2018-12-31, CLG19, settlement price 454.1 45.41"])
            try connection.script(
                """
                insert into margin.input_load (table_name, kind, source, row_count, reason)
                values ('settlement_price', 'correction', 'psql', 1, 'by hand');
                insert into margin.settlement_price (business_date, series, price, currency, load_id, revision)
                select '2018-12-31', 'CLG19', 45.43, 'USD', max(load_id), 3 from margin.input_load
                """)
            let journal = """
                select concat_ws(' ', column_name, before_value, after_value) from margin.corrected_cell
                order by load_id
                """
            #expect(try connection.values(journal, as: .text) == ["price 454.1 45.41", "price 45.41 45.43"])
        }
    }

    @Test func `of several corrections the last one a pin sees counts`() async throws {
        try await withPrices { (connection) throws in
            for price in ["1", "2", "3"] {
                _ = try correct(connection, ["2018-12-31,CLG19,\(price),USD"], reason: "try \(price)")
                #expect(
                    try seen(connection, pin: try lastLoad(connection)) == ["CLG19 \(price)", "CLH19 45.6"])
            }
            #expect(try PriceFile.count(connection) == 5)
        }
    }

    /// A correction that is refused, and what is said of it.
    struct Refused: Sendable, CustomTestStringConvertible {
        let what: String
        let row: String
        let kind: RejectReason
        let said: String
        var testDescription: String { what }
    }

    static let refused = [
        Refused(
            what: "changes nothing", row: "2018-12-31,CLG19,454.100,USD", kind: .changesNothing,
            said: "the correction changes nothing: every row in force says so already"),
        Refused(
            what: "no such row", row: "2018-12-31,CLZ19,45.41,USD", kind: .noSuchRow,
            said: "there is no such row in force"),
        Refused(
            what: "no number", row: "2018-12-31,CLG19,cheap,USD", kind: .notANumber,
            said: "is not a number: digits with a point for the decimals"),
        Refused(
            what: "not finite", row: "2018-12-31,CLG19,NaN,USD", kind: .notANumber,
            said: "is not written as a number: digits with a point for the decimals, as 1250.75"),
        Refused(
            what: "no date", row: "someday,CLG19,45.41,USD", kind: .notADate, said: "is not a date, as 2018-12-31"),
        Refused(
            what: "a required cell empty", row: "2018-12-31,CLG19,45.41,", kind: .missingValue, said: "missing value"),
        Refused(
            what: "a holiday", row: "2018-12-25,CLG19,45.41,USD", kind: .notABusinessDay,
            said: "the clearing house is closed on this day: Christmas"),
        Refused(
            what: "a day the calendar does not have", row: "2019-06-03,CLG19,45.41,USD", kind: .notABusinessDay,
            said: "the calendar does not have this day"),
        Refused(
            what: "the same key twice", row: "2018-12-31,CLG19,45.41,USD\n2018-12-31,CLG19,45.42,USD",
            kind: .standsTwice, said: "the same key stands on line 2"),
    ]

    @Test(arguments: refused) func `a correction that a load would refuse, or that is none, changes nothing`(
        _ bad: Refused
    ) async throws {
        try await withPrices { (connection) throws in
            let before = try lastLoad(connection)
            var faults: [RowError] = []
            do {
                // Rows that are not there are added where the day is what is wrong.
                let action: CorrectionRequest.Action = bad.kind == .notABusinessDay ? .changeOrAdd : .change
                _ = try correct(connection, [bad.row], reason: "mending", action: action)
            } catch LoadRefusal.rows(let errors) {
                faults = errors
            }
            #expect(faults.map(\.kind) == [bad.kind])
            #expect(faults.map(\.reason) == [bad.said])
            #expect(try lastLoad(connection) == before)
            #expect(try PriceFile.count(connection) == 2)
        }
    }

    @Test func `a row that is taken back is seen by no run from there on, and may be added again`() async throws {
        try await withPrices { (connection) throws in
            _ = try correct(connection, [PriceFile.price], reason: "never printed", action: .withdraw)
            #expect(try seen(connection, pin: .max) == ["CLH19 45.6"])
            _ = try correct(connection, [PriceFile.price], reason: "printed after all", action: .changeOrAdd)
            #expect(try seen(connection, pin: .max) == ["CLG19 45.41", "CLH19 45.6"])
        }
    }

    @Test func `a file corrects the rows that differ and leaves the others without a revision`() async throws {
        try await withPrices { (connection) throws in
            let made = try correct(
                connection, [PriceFile.price, "2018-12-31,CLH19,45.60,USD"], reason: "vendor's resend")
            #expect(made.rows == 1)
            #expect(made.unchangedRows == 1)
            #expect(try rows(connection).count == 3)
        }
    }

    @Test func `the database refuses to change or remove a row of any input table`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(PriceFile.file([PriceFile.price]))
            let tables =
                try InputLoader(connection).tables() + [
                    "input_load", "input_load_date", "input_load_parameter_set", "corrected_row", "corrected_cell",
                    "correction_approval", "parameter_set_approval",
                ]
            for table in tables {
                // The load's own number is the server's to give: a change of it is refused before our rule is asked.
                let column = table == "input_load" ? "row_count" : "load_id"
                for change in [
                    "update margin.\(table) set \(column) = 1", "delete from margin.\(table)",
                    "truncate margin.\(table) cascade",
                ] {
                    let refusal = StorageTests.refused { try connection.script(change) }
                    #expect(refusal?.sqlState == .checkViolation, "\(change)")
                    #expect(refusal?.message.contains("never changed or removed") == true, "\(change)")
                }
            }
            #expect(try PriceFile.count(connection) == 1)
        }
    }

    @Test(arguments: ["null", "''", "'  '"]) func `the database refuses a correction without a reason`(
        _ reason: String
    ) async throws {
        try await withPrices { (connection) throws in
            let refusal = StorageTests.refused {
                try connection.script(
                    """
                    insert into margin.input_load (table_name, kind, source, row_count, reason)
                    values ('settlement_price', 'correction', 'prices.csv', 1, \(reason))
                    """)
            }
            #expect(refusal?.constraint == "correction_has_a_reason")
            let called = StorageTests.refused {
                try connection.script(
                    """
                    select margin.correct('settlement_price', '{business_date,series,price}',
                        '[{"staged_line": 1, "business_date": "2018-12-31", "series": "CLG19", "price": "45.41"}]',
                        'psql', null, \(reason), null, false, false, null, null)
                    """)
            }
            #expect(called?.constraint == "correction_has_a_reason")
        }
    }

    @Test func `the database refuses a new revision that no correction explains`() async throws {
        try await withPrices { (connection) throws in
            let refusal = StorageTests.refused {
                try connection.script(
                    """
                    insert into margin.settlement_price (business_date, series, price, currency, load_id, revision)
                    select '2018-12-31', 'CLG19', 45.43, 'USD', max(load_id), 2 from margin.input_load
                    """)
            }
            #expect(refusal?.sqlState == .checkViolation)
            #expect(refusal?.message == "a changed row of margin.settlement_price needs a correction that says why")
        }
    }

    @Test func `who corrected is the session's login, whatever the loader says`() async throws {
        try await withPrices { (connection) throws in
            try connection.script(
                """
                insert into margin.input_load (table_name, kind, source, row_count, reason, loaded_by, loaded_at)
                values ('settlement_price', 'correction', 'psql', 1, 'by hand', 'somebody', '2001-01-01')
                """)
            let signed = "select loaded_by = session_user and loaded_at > '2018-01-01' from margin.input_load"
            #expect(try connection.values(signed + " order by load_id desc limit 1", as: .bool) == [true])
        }
    }

    @Test func `the database refuses an approval by who corrected, also where another is named`() async throws {
        try await withPrices { (connection) throws in
            let made = try correct(connection, [PriceFile.price], reason: "slipped")
            #expect(approvalRefusal(of: made.number, connection) == .authorApproves)
            let approval = "insert into margin.correction_approval (load_id, requested_by, approved_by, reason) values "
            let forged = StorageTests.refused {
                try connection.script(approval + "(\(made.number), session_user, 'somebody', 'theirs')")
            }
            #expect(forged?.constraint == "approver_is_not_the_author")
            let blamed = StorageTests.refused {
                try connection.script(approval + "(\(made.number), 'somebody', 'somebody else', 'theirs')")
            }
            #expect(blamed?.sqlState == .foreignKeyViolation)
            let silent = StorageTests.refused {
                try connection.script(approval + "(\(made.number), 'somebody', 'somebody else', ' ')")
            }
            #expect(silent?.constraint == "approval_has_a_reason")
        }
    }

    @Test func `the reasons of rejects are those the database takes`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let store = RejectedRowStore(connection)
            let faults = RejectReason.allCases.map { kind in
                RowError(line: 2, column: "price", value: "dear", kind: kind, reason: "in words")
            }
            try store.save(table: "settlement_price", source: "prices.csv", sha256: [1], faults)
            #expect(try store.latest(1, table: nil).map(\.reason) == RejectReason.allCases.map(\.rawValue))
            let reasons = """
                select count(*) from pg_constraint as c
                cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''[a-z_]+''', 'g') as m
                where c.conname = 'reason_is_of_the_closed_set'
                """
            #expect(try connection.value(reasons, as: .int64) == Int64(RejectReason.allCases.count))
        }
    }

    /// A database with a calendar, and CLG19 ten times too high on 2018-12-31.
    private func withPrices(_ body: (Connection) throws -> Void) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(
                InputFile(
                    table: "calendar_date", source: "calendar.csv", sha256: [],
                    columns: ["calendar_date", "is_business_day", "description"], headerLines: 1,
                    rows: Array("2018-12-25,false,Christmas\n2018-12-31,true,\n".utf8)))
            _ = try InputLoader(connection).load(
                PriceFile.file(["2018-12-31,CLG19,454.1,USD", "2018-12-31,CLH19,45.6,USD"]))
            try body(connection)
        }
    }

    private func correct(
        _ connection: Connection, _ rows: [String], reason: String, action: CorrectionRequest.Action = .change
    ) throws -> Correction {
        try connection.transaction {
            try CorrectionStore(connection).correct(
                CorrectionRequest(file: PriceFile.file(rows), reason: reason, action: action))
        }
    }

    private func lastLoad(_ connection: Connection) throws -> Int64 {
        try connection.value("select max(load_id) from margin.input_load", as: .int64)
    }

    /// Series, revision, price and source line of every row.
    private func rows(_ connection: Connection) throws -> [String] {
        try connection.values(
            """
            select concat_ws(' ', series, revision, price, source_line) from margin.settlement_price
            order by series, revision
            """, as: .text)
    }

    /// Series and price as a run sees them that pinned a load.
    private func seen(_ connection: Connection, pin: Int64) throws -> [String] {
        try connection.values(
            "select concat_ws(' ', series, price) from margin.settlement_price_as_of($1) order by series",
            [.int64(pin)], as: .text)
    }
}

/// What the database says to who approves a correction; nil if it takes it.
private func approvalRefusal(of number: Int64, _ connection: Connection) -> GovernanceRefusal? {
    do {
        try CorrectionStore(connection).approve(number, reason: "mine")
        return nil
    } catch {
        return error as? GovernanceRefusal
    }
}
