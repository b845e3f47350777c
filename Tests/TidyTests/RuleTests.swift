import Testing

/// The rules themselves: each finds what it is for, on the right line, and lets its neighbour pass.
struct RuleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        var path = "Sources/Margining/Sample.swift"
        /// The lines the rule is to find.
        let lines: [Int]
        var testDescription: String { text }
    }

    private func lines(_ example: Example, _ rule: (TextFile) throws -> [Violation]) rethrows -> [Int] {
        try rule(TextFile(path: example.path, text: example.text)).map(\.line)
    }

    static let tokens = [
        Example(text: "let a = try! b()", lines: [1]),
        Example(text: "// try! in a comment\nlet a = \"try! in a string\"", lines: []),
        Example(text: "/* a /* nested */ try! */ let a = 1\nlet b = c as! D", lines: [2]),
        Example(text: "let a = \"\\(try! b(\"\\(c as! D)\"))\"", lines: [1, 1]),
        Example(text: "let a = #\"try! \"quoted\" \"#; fatalError(\"\")", lines: [1]),
        Example(text: "let a = \"\"\"\n    try! \"\"\n    \"\"\"\nlet b = a!.count", lines: [4]),
        Example(text: "if a != b, !c { d[0]! += 1 }", lines: [1]),
        Example(text: "final class A: @unchecked Sendable {}", lines: [1]),
        Example(text: "// TO" + "DO later", lines: [1]),
        Example(text: "print(1)\nlog.print(1)", lines: [1]),
        Example(text: "print(1)", path: "Sources/margin/Sample.swift", lines: []),
        Example(text: "let now = Date()", lines: [1]),
        Example(text: "let now = Date()", path: "Sources/EndOfDay/Sample.swift", lines: []),
        Example(text: "let a = try row.text(0)\nlet b = try row.numericScaled(1, scale: 2)", lines: [1, 2]),
        Example(text: "let a = \"\\(try row.amount(.at(3)))\"\nlet b = row.text(place)", lines: [1]),
        Example(text: "let a = try row.text(\"account\")", lines: []),
        Example(text: "let a = try row.bool(.at(0))", path: "Sources/Postgres/Sample.swift", lines: []),
        Example(text: "import Quantities\nimport Foundation", lines: [2]),
        Example(text: "import Foundation", path: "Sources/Reporting/Sample.swift", lines: []),
    ]

    @Test(arguments: tokens) func `banned tokens are found in code and nowhere else`(_ example: Example) throws {
        let found = try TokenRules.banned.flatMap { token in
            try lines(example) { try TokenRules.violations(token, $0) }
        }
        #expect(found.sorted() == example.lines)
    }

    @Test func `sizes are measured`() {
        let body = String(repeating: "    work()\n", count: 99)
        let long = Example(text: "let a = 1\nfunc a(\n    _ b: Int = { 1 }()\n) {\n\(body)}\n", lines: [2])
        let fits = Example(text: "init() {\n\(body.dropLast(11))}\nstatic let t = [\n\(body)]\n", lines: [])
        for example in [long, fits] { #expect(lines(example, SizeRules.functionsAreShort) == example.lines) }
        let wide = Example(
            text: String(repeating: "é", count: 120) + "\n" + String(repeating: "a", count: 121), lines: [2])
        #expect(lines(wide, SizeRules.linesFit) == wide.lines)
        let quoted = String(repeating: " ", count: 90) + "\"" + String(repeating: "a", count: 30) + "\""
        let inTests = Example(text: quoted, path: "Tests/MarginingTests/Sample.swift", lines: [])
        #expect(lines(inTests, SizeRules.linesFit) == inTests.lines)
        #expect(lines(Example(text: quoted, lines: [1]), SizeRules.linesFit) == [1])
        let file = Example(text: String(repeating: "\n", count: 400), lines: [1])
        #expect(lines(file, SizeRules.fileIsShort) == file.lines)
    }

    static let documented = [
        Example(text: "package struct A {}", lines: [1]),
        Example(text: "/// An A.\n@safe\npackage struct A {\n    package func b() {}\n}", lines: [4]),
        Example(text: "/// An A.\npackage enum A {\n    package static func == (a: A, b: A) {}\n}", lines: []),
        Example(text: "/// Cells.\nextension A {\n    package func b() {}\n}\npackage func c() {}", lines: [5]),
        Example(text: "struct A { func b() {} }", lines: []),
    ]

    @Test(arguments: documented) func `what is offered without a doc comment is found`(_ example: Example) {
        #expect(lines(example, DocumentRules.isDocumented) == example.lines)
    }

    static let sql = [
        Example(text: "let a = \"select 1\"", path: "Sources/EndOfDay/Sample.swift", lines: [1]),
        Example(
            text: "let a = \"\"\"\n    insert into a values (1)\n    \"\"\"", path: "Sources/Storage/Sample.swift",
            lines: [1]),
        Example(text: "let a = \"copy a.b (c, d) from stdin\"", path: "Sources/Storage/Sample.swift", lines: []),
        Example(text: "let a = \"copy a.b (c, d) from stdin\"", path: "Sources/EndOfDay/Sample.swift", lines: [1]),
        Example(text: "let a = \"selected 1\", b = \"copy of a\"", path: "Sources/EndOfDay/Sample.swift", lines: []),
        Example(text: "let a = \"select 1\"", path: "Sources/Postgres/Sample.swift", lines: []),
    ]

    @Test(arguments: sql) func `SQL in Swift is found`(_ example: Example) {
        #expect(lines(example, SQLRules.swiftHoldsNoSQL) == example.lines)
    }

    static let head = "-- purpose: a\n-- grain: one row a b\n"
    static let queries = [
        Example(text: head + "-- reads: b\n-- parameters: none\nselect a from b", lines: []),
        Example(
            text: head + "-- order: a\n-- reads: b\n-- parameters: $1 b\nselect a from b where c = $1 order by a",
            lines: []),
        Example(text: head + "select a from b", lines: [1, 1]),
        Example(text: head + "-- reads: b\n-- parameters: none\nselect a from b order by a", lines: [1]),
        Example(
            text: head + "-- reads: b\n-- parameters: $1 b\nselect count(*), row_number() over (order by a) from b",
            lines: [1]),
        Example(text: head + "-- reads: b\n-- parameters: none\nSELECT a from \"B\" where c = 'D;'", lines: [5]),
        Example(text: head + "-- reads: b\n-- parameters: none\nselect a from b;\nselect c.* from c", lines: [5, 6]),
    ]

    @Test(arguments: queries) func `a query that breaks a rule is found`(_ example: Example) {
        let rules = [
            SQLRules.headerIsComplete, SQLRules.parametersAreDescribed, SQLRules.wordsAreLowerCase,
            SQLRules.isOneStatement, SQLRules.columnsAreNamed,
        ]
        #expect(rules.flatMap { lines(example, $0) }.sorted() == example.lines)
    }

    @Test func `documents, machines and names of tests are looked at`() {
        #expect(lines(Example(text: "# A\n```\n# b\n```\n", lines: []), DocumentRules.hasOneTitle) == [])
        #expect(lines(Example(text: "# A\n# B\n", lines: []), DocumentRules.hasOneTitle) == [1])
        let path = "see\n/" + "home/ann/a and https://b.c/" + "home/"
        #expect(lines(Example(text: path, lines: []), DocumentRules.namesNoMachine) == [2])
        let tests = "@Te" + "st func adds() {}\n@Te" + "st func `a sum`() {}"
        #expect(lines(Example(text: tests, lines: []), DocumentRules.testIsASentence) == [1])
    }

    @Test func `an import that goes up, and one the architecture forbids, are found`() {
        let package = """
            Module("Quantities", imports: ["Storage"]),
            Module(
                "Storage", .library,
                imports: ["Quantities", "Pricing"], products: [.product(name: "a", package: "b")], tested: false),
            Module("Nobody"),
            """
        let found = ModuleRules.upwardImports(ModuleRules.table(package))
        #expect(
            found.map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
                == ["Quantities imports Storage,", "Storage imports Pricing:", "Nobody stands in"])
    }

    @Test func `folders are counted by themselves, whatever stands below or beside them`() {
        func files(_ folder: String, _ count: Int) -> [TextFile] {
            (0..<count).map { TextFile(path: "\(folder)/\($0).sql", text: "") }
        }
        let fit = files("sql/a", 24) + files("sql/a/b", 24) + files("docs", 30)
        #expect(FolderRules.crowded(fit) == [])
        #expect(FolderRules.crowded(fit + files("Tests/a/b", 25)) == ["Tests/a/b: 25 files"])
    }

    @Test func `a type's name is taken twice by two modules, by a nested type too, and not by a subcommand`() {
        let files = [
            TextFile(path: "Sources/Alpha/Tick.swift", text: "package struct Tick {}\n// struct Bid {}"),
            TextFile(path: "Sources/Alpha/Bid.swift", text: "struct Bid { }\nextension Bid { enum Side { case buy } }"),
            TextFile(path: "Sources/Beta/Tick.swift", text: "struct Ask {\n    enum Tick { case up }\n}"),
            TextFile(path: "Sources/margin/Show.swift", text: "struct Show {\n    struct Tick {}\n}"),
        ]
        #expect(
            TypeNameRules.namesTakenTwice(files).map(\.description) == [
                "Sources/Beta/Tick.swift:2: Tick is a type of Alpha as well"
            ])
        #expect(TypeNameRules.namesTakenTwice(Array(files.prefix(2))).isEmpty)
    }
}
