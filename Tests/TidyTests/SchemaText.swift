/// The tables and functions of the schema as its text makes them, to hold the headers of queries to it.
struct SchemaText {
    /// Names of tables and views, without the schema.
    let tables: Set<String>
    /// The body of each function; those of one name that differ in their parameters together.
    let functions: [String: String]

    init(_ files: [TextFile]) {
        let text = files.map(\.text).joined(separator: "\n")
        tables = Set(
            text.matches(of: /create (?:table|(?:or replace )?view) margin\.(\w+)/).map { String($0.output.1) })
        var functions: [String: String] = [:]
        for match in text.matches(of: Self.function) {
            let name = String(match.output.1)
            let body = String(match.output.3)
            functions[name, default: ""] += body
        }
        self.functions = functions
    }

    private static var function: Regex<(Substring, Substring, Substring, Substring)> {
        /create (?:or replace )?function margin\.(\w+)\((?:(?!\bas \$)[\s\S])*\bas (\$\w*\$)([\s\S]*?)\2/
    }

    /// What the header says is read is what the statement names, what the functions it calls name, and what the
    /// temporary tables it needs were made of.
    func readsAreNamed(_ file: TextFile, among queries: [TextFile]) -> [Violation] {
        let said = Set(Self.names("reads", of: file))
        var read = tables(in: SQLRules.code(of: file), behind: [])
        for needed in Self.names("needs", of: file) {
            for maker in queries where Self.temporaryTable(madeBy: maker) == needed {
                read.formUnion(Self.names("reads", of: maker))
            }
        }
        return read.subtracting(said).sorted().map { Violation(file, "the header's reads leaves out \($0)") }
            + said.subtracting(tables).sorted().map {
                Violation(file, "the header's reads names \($0), which is no table")
            }
    }

    private static func temporaryTable(madeBy file: TextFile) -> String? {
        SQLRules.code(of: file).firstMatch(of: temporary).map { String($0.output.1) }
    }

    private static var temporary: Regex<(Substring, Substring)> { /create temporary table (?:if not exists )?(\w+)/ }

    /// Temporary tables: those that queries make, and those that functions make for a load and an archive.
    func temporaryTables(of queries: [TextFile]) -> Set<String> {
        let inFunctions = functions.values.flatMap { $0.matches(of: Self.temporary).map { String($0.output.1) } }
        return Set(queries.compactMap(Self.temporaryTable) + inFunctions)
    }

    func needsAreNamed(_ file: TextFile, of temporary: Set<String>) -> [Violation] {
        let code = SQLRules.code(of: file)
        // A common table expression may have the name of another statement's temporary table.
        let own =
            code.matches(of: /\b(\w+)\s*(?:\([^()]*\)\s*)?as (?:not )?(?:materialized )?\(/).map { String($0.output.1) }
            + (Self.temporaryTable(madeBy: file).map { [$0] } ?? [])
        let words = code.matches(of: /[\w.]+/).map {
            $0.output.hasPrefix("pg_temp.") ? $0.output.dropFirst(8) : $0.output
        }
        let used = temporary.intersection(words.map(String.init))
        let said = Set(Self.names("needs", of: file))
        let needed = used.subtracting(own)
        return needed.symmetricDifference(said).sorted().map {
            Violation(file, needed.contains($0) ? "the header's needs leaves out \($0)" : "it does not need \($0)")
        }
    }

    private func tables(in code: String, behind seen: Set<String>) -> Set<String> {
        var found: Set<String> = []
        for match in code.matches(of: /\bmargin\.(\w+)/) {
            let name = String(match.output.1)
            for ending in ["", "_as_of", "_of"] where name.hasSuffix(ending) {
                let table = String(name.dropLast(ending.count))
                if tables.contains(table) { found.insert(table) }
            }
            if let body = functions[name], !seen.contains(name) {
                let plain = body.replacing(/--[^\n]*/) { _ in "" }
                found.formUnion(tables(in: plain, behind: seen.union([name])))
            }
        }
        return found
    }

    private static func names(_ label: String, of file: TextFile) -> [String] {
        let text = SQLRules.header(of: file).first { $0.label == label }?.text ?? "none"
        return text == "none" ? [] : text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
}
