import Testing

/// Keys and scales that are to grow, each held to its one place.
struct KeyTests {
    @Test func `what a contract month is made of is known to its type and its functions alone`() {
        expectNone(Repository.sources.flatMap(KeyRules.monthIsWhole))
        expectNone((Repository.queries + Repository.functions).flatMap(KeyRules.monthIsWholeInSQL))
        expectNone(Repository.schema.flatMap(KeyRules.monthHasItsDomain))
    }

    @Test func `how many decimals a delta has is known to its type and its domain alone`() {
        expectNone(Repository.sources.flatMap(KeyRules.deltaHasItsDecimals))
        expectNone((Repository.schema + Repository.queries + Repository.functions).flatMap(KeyRules.scalesAreDomains))
    }

    @Test func `the program and the schema have one scale`() throws {
        let domains = Repository.text("sql/schema/01-domains.sql")
        let delta = try #require(Repository.text(KeyRules.delta).firstMatch(of: /static let decimals = (\d+)/)).output.1
        let stored = try #require(domains.firstMatch(of: /domain margin\.delta as numeric\(\d+, (\d+)\)/)).output.1
        #expect(delta == stored)
        let function = Repository.text(KeyRules.keyFunctions + "/delta_of_units.sql")
        let unit = try #require(function.firstMatch(of: /units \* 0\.(0*1)\b/)).output.1
        #expect(Int(delta) == unit.count)
        let array = try #require(Repository.text(KeyRules.arrayUnit).firstMatch(of: /decimals = (\d+)\.\.\.(\d+)/))
        let check = try #require(domains.firstMatch(of: /array_decimals\w+ check \(value between (\d+) and (\d+)\)/))
        #expect(array.output.1 == check.output.1 && array.output.2 == check.output.2)
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        var path = "Sources/Replication/Sample.swift"
        let lines: [Int]
        var testDescription: String { text }

        func found(_ rule: (TextFile) -> [Violation]) -> [Int] { rule(TextFile(path: path, text: text)).map(\.line) }
    }

    static let months = [
        Example(text: "let a = 1\nlet month = \"\\(plain.prefix(4))-\\(plain.dropFirst(4))\"", lines: [2]),
        Example(text: "let year = series.contractMonth.description.prefix(4)", lines: [1]),
        Example(text: "let parts = row.monthText.split(separator: \"-\")", lines: [1]),
        Example(text: "let day = BusinessDate(text + \"-01\")", lines: [1]),
        Example(text: "let month = text.utf8[0..<4]", lines: [1]),
        Example(text: "let packed = civil.year * 12 + civil.month - 1", lines: [1]),
        Example(text: "let near = months.dropFirst(3).prefix(6), text = month.description", lines: []),
        Example(text: "let a = month.description.prefix(4)", path: KeyRules.month, lines: []),
    ]

    @Test(arguments: months) func `a month taken apart is found`(_ example: Example) {
        #expect(example.found(KeyRules.monthIsWhole) == example.lines)
    }

    static let query = "sql/queries/report/a.sql"
    static let monthsInSQL = [
        Example(text: "select a\nwhere left(s.contract_month, 4) = $1", path: query, lines: [2]),
        Example(text: "select to_date(t.to_month, 'YYYY-MM')", path: query, lines: [1, 1]),
        Example(text: "select a where s.contract_month between b and c", path: query, lines: [1]),
        Example(text: "select a where s.contract_month >= b", path: query, lines: [1]),
        Example(text: "select s.contract_month::text, s.contract_month || ':' from a", path: query, lines: []),
        Example(text: "-- left(contract_month, 4)\nselect a order by s.contract_month", path: query, lines: []),
        Example(text: "select left(contract_month, 4)", path: KeyRules.keyFunctions + "/a.sql", lines: []),
    ]

    @Test(arguments: monthsInSQL) func `a month taken apart in SQL is found`(_ example: Example) {
        #expect(example.found(KeyRules.monthIsWholeInSQL) == example.lines)
    }

    static let schema = "sql/schema/12-a.sql"
    static let domains = [
        Example(text: "    contract_months text[] not null,", path: schema, lines: [1]),
        Example(text: "    contract_months margin.contract_month[] not null,", path: schema, lines: []),
        Example(text: "a\n    from_month text not null,", path: schema, lines: [2]),
    ]

    @Test(arguments: domains) func `a month without its domain is found`(_ example: Example) {
        #expect(example.found(KeyRules.monthHasItsDomain) == example.lines)
    }

    static let scales = [
        Example(text: "writer.numeric(unscaled: size.units, scale: 4)", lines: [1]),
        Example(text: "let delta = try row.numericScaled(6)", lines: [1]),
        Example(text: "let decimals = array.arrayDecimals\nlet factor = 10_000, delta = one.units", lines: []),
        Example(text: "let a = delta / 10_000", lines: [1]),
        Example(text: "let a = 4", path: KeyRules.delta, lines: []),
    ]

    @Test(arguments: scales) func `a scale written out in Swift is found`(_ example: Example) {
        #expect(example.found(KeyRules.deltaHasItsDecimals) == example.lines)
    }

    static let scalesInSQL = [
        Example(text: "    net_delta numeric(24, 4) not null,", path: schema, lines: [1]),
        Example(text: "    array_decimals smallint,", path: schema, lines: [1]),
        Example(text: "select round(k.net_delta, 4), m.consumed * 0.0001", path: query, lines: [1, 1]),
        Example(text: "select k.net_delta as net_delta, margin.delta_of_units(m.consumed)", path: query, lines: []),
    ]

    @Test(arguments: scalesInSQL) func `a scale written out in SQL is found`(_ example: Example) {
        #expect(example.found(KeyRules.scalesAreDomains) == example.lines)
    }
}
