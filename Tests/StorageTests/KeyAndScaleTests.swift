import ClearingModel
import Postgres
import Quantities
import Storage
import Testing

/// Keys and scales of the database are those of the program.
struct KeyAndScaleTests {
    static let months = [
        "1999-12", "2000-01", "2018-12", "2019-01", "2019-01-15", "2019-01-S1", "2019-02", "2019-02-S0", "2019-12",
        "2020-01",
    ]

    @Test func `contract months are ordered, counted on and found in a span as their type does it`() async throws {
        let months = try Self.months.map { try #require(ContractMonth($0)) }
        let list = months.reversed().map { "('\($0)'::margin.contract_month)" }.joined(separator: ", ")
        try await ScratchDatabase.useMigrated { (connection) throws in
            #expect(
                try connection.values("select m::text from (values \(list)) as v (m) order by m", as: .text)
                    == months.map(\.description))
            #expect(
                try connection.values(
                    "select margin.next_contract_month(m)::text from (values \(list)) as v (m) order by m", as: .text)
                    == months.map { $0.adding(months: 1).description })
            let held = try connection.values(
                """
                select m::text from (values \(list)) as v (m) where margin.is_within_months(m, '2018-12', '2019-02')
                order by m
                """, as: .text)
            let span = (try #require(ContractMonth("2018-12")), try #require(ContractMonth("2019-02")))
            #expect(held == months.filter { $0.isWithin(span.0, span.1) }.map(\.description))
            #expect(held == ["2018-12", "2019-01", "2019-01-15", "2019-01-S1", "2019-02", "2019-02-S0"])
        }
    }

    @Test(arguments: [0, 1, -1, 12_345, -123_456_789])
    func `whole units of delta are the same delta in the database`(_ units: Int64) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            #expect(
                try connection.values("select margin.delta_of_units(\(units))::text", as: .text)
                    == [Delta(units: units).text])
        }
    }

    @Test func `every input's column of months, and every one of deltas and array decimals, has its domain`()
        async throws
    {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let others = try connection.values(
                """
                select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                from pg_attribute as a
                join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p')
                where c.relnamespace = 'margin'::regnamespace and a.attnum > 0 and not a.attisdropped
                    and (a.attname ~ '^((from|to|contract)_month|contract_months|array_decimals)$'
                        or format_type(a.atttypid, a.atttypmod) like 'numeric(%')
                    and format_type(a.atttypid, null) !~ '^(margin[.])?(contract_month|array_decimals)'
                    and not (a.attname ~ '^contract_months?$' and format_type(a.atttypid, null) in ('text', 'text[]')
                        and a.attcollation = '"C"'::regcollation
                        and c.relname in (select t.table_name from margin.result_table as t))
                order by 1
                """, as: .text)
            #expect(others == [])
        }
    }
}
