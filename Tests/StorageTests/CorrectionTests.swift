import Postgres
import Storage
import Testing

struct CorrectionTests {
    @Test func `a correction adds a revision, the old row stays, and each pin sees its own`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let loader = InputLoader(connection)
            _ = try loader.load(PriceFile.file(["2018-12-31,CLG19,454.1,USD", "2018-12-31,CLH19,45.6,USD"]))
            let pin = try lastLoad(connection)
            let file = PriceFile.file([PriceFile.price], correcting: "decimal point slipped at the source")
            #expect(try loader.load(file) == 1)
            let later = try lastLoad(connection)

            #expect(try rows(connection) == ["CLG19 1 454.1 2", "CLG19 2 45.41 2", "CLH19 1 45.6 3"])
            #expect(try seen(connection, pin: pin) == ["CLG19 454.1", "CLH19 45.6"])
            #expect(try seen(connection, pin: later) == ["CLG19 45.41", "CLH19 45.6"])
            #expect(try seen(connection, pin: 0) == [])
            let audit = "select concat_ws('|', kind, source, reason, loaded_by = session_user) from margin.input_load"
            #expect(
                try connection.values(audit + " order by load_id", as: .text)
                    == ["load|prices.csv|t", "correction|prices.csv|decimal point slipped at the source|t"])
        }
    }

    @Test func `of several corrections the last one a pin sees counts`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            for (revision, price) in ["1", "2", "3"].enumerated() {
                let reason = revision == 0 ? nil : "try \(revision)"
                let file = PriceFile.file(["2018-12-31,CLG19,\(price),USD"], correcting: reason)
                _ = try InputLoader(connection).load(file)
                #expect(try seen(connection, pin: try lastLoad(connection)) == ["CLG19 \(price)"])
            }
            #expect(try PriceFile.count(connection) == 3)
        }
    }

    @Test func `the database refuses to change or remove a row of any input table`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(PriceFile.file([PriceFile.price]))
            let tables =
                try InputLoader(connection).tables() + [
                    "input_load", "input_load_date", "input_load_parameter_set",
                ]
            for table in tables {
                // The load's own number is the server's to give: a change of it is refused before our rule is asked.
                let column = table == "input_load" ? "row_count" : "load_id"
                for change in [
                    "update margin.\(table) set \(column) = 1", "delete from margin.\(table)",
                    "truncate margin.\(table) cascade",
                ] {
                    let refusal = refused { try connection.script(change) }
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
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused {
                try connection.script(
                    """
                    insert into margin.input_load (table_name, kind, source, row_count, reason)
                    values ('settlement_price', 'correction', 'prices.csv', 1, \(reason))
                    """)
            }
            #expect(refusal?.constraint == "correction_has_a_reason")
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
