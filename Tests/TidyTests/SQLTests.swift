import Testing

/// The rules for SQL, each held to every file below sql/.
struct SQLTests {
    @Test func `there are queries, tables and functions to look at`() {
        #expect(Repository.queries.count > 50)
        #expect(Repository.schema.count > 10)
        #expect(Repository.functions.count > 50)
    }

    @Test func `a query begins with purpose, grain, order where it has one, what it reads and needs, parameters`() {
        expectNone(Repository.queries.flatMap(SQLRules.headerIsComplete))
    }

    @Test func `a header names the tables a query reads, behind functions and temporary tables too`() throws {
        let schema = SchemaText(Repository.schema + Repository.functions)
        #expect(schema.tables.count > 80 && schema.functions.count > 50)
        expectNone(Repository.queries.flatMap { schema.readsAreNamed($0, among: Repository.queries) })
    }

    @Test func `a header names the temporary tables a query needs, and whether it is restricted`() {
        let schema = SchemaText(Repository.schema + Repository.functions)
        let made = schema.temporaryTables(of: Repository.queries)
        #expect(made.contains("held_series") && made.contains("staged_row"))
        expectNone(Repository.queries.flatMap { schema.needsAreNamed($0, of: made) })
        expectNone(Repository.queries.flatMap(SQLRules.restrictionIsNamed))
        expectNone(Repository.queries.flatMap(SQLRules.essentialHitsAreNamed))
        expectNone(Repository.queries.flatMap(SQLRules.booksAreNotLookedAt))
    }

    @Test func `the header describes the parameters that are used, and no others`() {
        expectNone(Repository.queries.flatMap(SQLRules.parametersAreDescribed))
    }

    @Test func `the inputs of calibrations and backtests are those that no night looks at`() {
        let inputs = Repository.schema.filter { $0.path.contains("-calibration.") || $0.path.contains("-validation.") }
            .flatMap { $0.text.matches(of: /margin\.version_input\('(\w+)'/).map { String($0.1) } }
        let versions = Repository.text("sql/functions/versions/input_versions.sql")
        let leftOut = versions.firstMatch(of: /l\.table_name not in \(([^)]*)\)/).map { String($0.1) } ?? ""
        #expect(inputs.count == 11)
        #expect(leftOut.matches(of: /'(\w+)'/).map { String($0.1) } == inputs.sorted())
    }

    @Test func `a query is one statement`() { expectNone(Repository.queries.flatMap(SQLRules.isOneStatement)) }

    @Test func `columns are named, never a star`() { expectNone(Repository.queries.flatMap(SQLRules.columnsAreNamed)) }

    @Test func `SQL is written in lower case`() {
        expectNone((Repository.queries + Repository.schema + Repository.functions).flatMap(SQLRules.wordsAreLowerCase))
    }

    @Test func `files of the schema are numbered without a gap and say what for`() {
        expectNone(SQLRules.schemaIsNumbered(Repository.schema))
    }

    @Test func `a function stands in the file of its name, and nowhere else`() {
        expectNone(Repository.functions.flatMap { SQLRules.functionIsInItsFile($0, after: Repository.schema) })
        expectNone(Repository.schema.flatMap(SQLRules.makesNoFunction))
    }

    @Test func `SQL stands in sql and not in Swift`() {
        expectNone(Repository.sources.flatMap(SQLRules.swiftHoldsNoSQL))
    }

    /// Gates are found by the rule's name, reports by the report's: they are listed where those are.
    @Test func `every query is used`() {
        let code = Repository.sources.map { $0.swift.code }.joined()
        let unused = Repository.queries.filter { query in
            let words = query.name.dropLast(4).split(separator: "-")
            let name = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            return !code.contains(".\(name)")
        }
        expectNone(unused.map { Violation($0, "no Swift file uses it: remove it") })
    }
}
