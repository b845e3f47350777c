import Postgres
import Storage
import Testing

struct InputLoaderTests {
    /// A bad row below a good one, and what is said of it.
    struct BadRow: Sendable, CustomTestStringConvertible {
        let what: String
        let row: String
        let said: String
        var testDescription: String { what }
    }

    static let badRows = [
        BadRow(
            what: "NaN", row: "2018-12-31,CLH19,NaN,USD",
            said: "price NaN: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "infinity", row: "2018-12-31,CLH19,Infinity,USD",
            said: "price Infinity: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "minus infinity", row: "2018-12-31,CLH19,-inf,USD",
            said: "price -inf: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "beyond the bound", row: "2018-12-31,CLH19,1e15,USD",
            said: "price 1e15: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "too many decimals", row: "2018-12-31,CLH19,0.0000000000001,USD",
            said: "price 0.0000000000001: must satisfy: exact stays within bounds: below 1e15, at most 12 decimals"),
        BadRow(
            what: "an exponent", row: "2018-12-31,CLH19,4.5e1,USD",
            said: "price 4.5e1: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "a space", row: "2018-12-31,CLH19, 45.6,USD",
            said: "price  45.6: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "a point without digits before it", row: "2018-12-31,CLH19,.5,USD",
            said: "price .5: is not written as a number: digits with a point for the decimals, as 1250.75"),
        BadRow(
            what: "a year of two digits", row: "31-Dec-18,CLH19,45.6,USD",
            said: "business_date 31-Dec-18: is not a date, as 2018-12-31"),
        BadRow(
            what: "a word for a date", row: "yesterday,CLH19,45.6,USD",
            said: "business_date yesterday: is not a date, as 2018-12-31"),
        BadRow(
            what: "a date without end", row: "infinity,CLH19,45.6,USD",
            said: "business_date infinity: is not a date, as 2018-12-31"),
        BadRow(
            what: "no number", row: "2018-12-31,CLH19,abc,USD",
            said: "price abc: is not a number: digits with a point for the decimals"),
        BadRow(
            what: "malformed code", row: "2018-12-31,CL/H19,45.6,USD",
            said:
                "series CL/H19: must satisfy: code is plain: letters, digits and . _ : + -, at most 64, a letter or digit first"
        ),
        BadRow(
            what: "malformed currency", row: "2018-12-31,CLH19,45.6,usd",
            said: "currency usd: must satisfy: currency code is iso: three capital letters, as EUR"),
        BadRow(
            what: "bad date", row: "2018-13-31,CLH19,45.6,USD",
            said: "business_date 2018-13-31: is not a day of the calendar, as 2018-12-31"),
        BadRow(what: "missing value", row: "2018-12-31,CLH19,,USD", said: "price : missing value"),
        BadRow(
            what: "same key twice", row: "2018-12-31,CLG19,45.6,USD",
            said: "business_date, series, price_kind 2018-12-31, CLG19: the same key stands on line 2"),
    ]

    @Test(arguments: badRows) func `a bad cell gives line, column, value and reason, and nothing is loaded`(
        _ bad: BadRow
    ) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let said = try PriceFile.refusal(connection, PriceFile.file([PriceFile.price, bad.row]))
            #expect(said == ["line 3, \(bad.said)"])
            #expect(try PriceFile.count(connection) == 0)
            #expect(try connection.value("select count(*) from margin.input_load", as: .int64) == 0)
        }
    }

    @Test func `every bad cell of a file is named, in the order of the lines`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let rows = ["2018-12-31,CLF19,NaN,usd", PriceFile.price, "2018-12-31,CL H19,45.6,USD"]
            let said = try PriceFile.refusal(connection, PriceFile.file(rows))
            let cells = said.map { $0.split(separator: ":")[0] }
            #expect(cells == ["line 2, currency usd", "line 2, price NaN", "line 4, series CL H19"])
        }
    }

    @Test func `a key that is loaded already is refused, and the loaded row stays`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            #expect(try PriceFile.refusal(connection, PriceFile.file([PriceFile.price])) == [])
            let again = PriceFile.file(["2018-12-31,CLH19,45.6,USD", "2018-12-31,CLG19,454.1,USD"])
            let reason = "already loaded; to change it, load it as a correction with a reason"
            #expect(
                try PriceFile.refusal(connection, again)
                    == ["line 3, business_date, series, price_kind 2018-12-31, CLG19: \(reason)"])
            #expect(try connection.values("select price::text from margin.settlement_price", as: .text) == ["45.41"])
        }
    }

    @Test func `a line with too many or too few cells is refused by its number`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let more = try PriceFile.refusal(connection, PriceFile.file([PriceFile.price, PriceFile.price + ",1"]))
            #expect(more == ["line 3,  : it has more cells than the header"])
            let fewer = try PriceFile.refusal(connection, PriceFile.file([PriceFile.price, "2018-12-31,CLH19"]))
            #expect(fewer == ["line 3,  : it has too few cells: \"price\" is missing"])
            #expect(try PriceFile.count(connection) == 0)
        }
    }

    @Test func `a column or table that is not known, and a column that is missing, are refused`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let unknown = PriceFile.file([PriceFile.price + ",x"], columns: PriceFile.columns + ["bid"])
            #expect(try PriceFile.refusal(connection, unknown) == ["unknown column bid"])
            let version = PriceFile.file([PriceFile.price + ",9"], columns: PriceFile.columns + ["revision"])
            #expect(try PriceFile.refusal(connection, version) == ["unknown column revision"])
            let missing = PriceFile.file(["2018-12-31,CLG19,45.41"], columns: PriceFile.columns.dropLast())
            #expect(try PriceFile.refusal(connection, missing) == ["missing column currency"])
            let file = InputFile(
                table: "run", source: "run.csv", sha256: [], columns: ["run_id"], headerLines: 1, rows: [])
            #expect(try PriceFile.refusal(connection, file) == ["unknown table run"])
        }
    }

    @Test func `a rule of the whole row is said in the constraint's words`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let columns = ["contract", "combined_commodity", "kind", "contract_value_factor"]
            let file = InputFile(
                table: "contract", source: "contract.csv", sha256: [], columns: columns, headerLines: 1,
                rows: Array("CL,CL,future,1000\n".utf8))
            #expect(
                try PriceFile.refusal(connection, file) == [
                    "line 2, kind, future_valuation, option_model future, , : "
                        + "must satisfy: future has its terms; empty here: future_valuation"
                ])
        }
    }

    /// A rule that asks whether cells are there names those that are not: every such rule has its columns listed.
    @Test func `every rule that asks for a cell says which is empty`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let silent = try connection.values(
                """
                select c.conname::text from pg_constraint as c
                join (select distinct format('margin.%I', i.table_name)::regclass as relation
                    from margin.input_column as i)
                    as t on t.relation = c.conrelid
                where c.contype = 'c' and pg_get_constraintdef(c.oid) ~* 'not null|num_nulls|is null'
                    and margin.columns_wanted(c.conname) = '{}'
                group by c.conname order by 1
                """, as: .text)
            // What the first two forbid is a filled cell; dates of overrides come from no file.
            #expect(
                silent == [
                    "approver_is_not_the_author", "only_american_options_have_a_method", "override_has_its_dates",
                ])
        }
    }
}
