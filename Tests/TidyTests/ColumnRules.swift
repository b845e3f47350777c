/// Rows are read by the names of their columns, which are those of the query.
enum ColumnRules {
    /// What reads a column of a row, in Postgres and in the extensions of its `Row`.
    private static let reader =
        #"[\w)?]\.(?:bool|int16|int32|int64|integer|double|text|bytes|date|timestamp|numeric|numericScaled|int64Array"#
        + #"|textArray|isNull|columnType|code|choice|currency|month|decimal|digest|amount|exact|decimalText)"#
        + #"(?:OrNull)?\("(\w+)"[,)]"#

    /// A column that Swift reads stands in one of the queries that the type's files name: one that is renamed in SQL
    /// alone would be found only at night. A file that hands a query on, as the gates', may read what gates give.
    static func columnsAreOfQueries(_ files: [TextFile], _ queries: [TextFile]) throws -> [Violation] {
        let ofQuery = Dictionary(queries.map { (property($0), words(of: $0)) }, uniquingKeysWith: { $0.union($1) })
        let gates = ofQuery.filter { $0.key.hasPrefix("gate") }.values.reduce(into: Set<Substring>()) {
            $0.formUnion($1)
        }
        var ofType: [Substring: Set<Substring>] = [:]
        for file in files {
            for name in file.swift.code.matches(of: /\.(\w+)/).map(\.output.1) {
                ofType[type(file), default: []].formUnion(ofQuery[String(name)] ?? [])
            }
            if file.swift.code.contains("rows(query,") { ofType[type(file), default: []].formUnion(gates) }
        }
        let pattern = try Regex(reader, as: (Substring, Substring).self)
        return files.flatMap { file -> [Violation] in
            // Files that name no query read rows of another kind: of a folder, of a document, of a case.
            guard let known = ofType[type(file)], !known.isEmpty, !file.isBelow("Sources/Cases") else { return [] }
            return file.text.matches(of: pattern).filter { !known.contains($0.output.1) }.map { match in
                Violation(
                    file, line: lineNumber(of: match.output.1.startIndex, in: file.text),
                    "no query that is named here has a column \(match.output.1)")
            }
        }
    }

    /// The file's path up to the type it is about, so that `Explanation+Options.swift` and `Explanation.swift` are one.
    private static func type(_ file: TextFile) -> Substring {
        file.path.prefix { $0 != "+" && $0 != "." }
    }

    /// The Swift property a query's file is embedded as.
    private static func property(_ query: TextFile) -> String {
        let words = query.name.dropLast(4).split(separator: "-")
        return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func words(of query: TextFile) -> Set<Substring> {
        let lines = query.lines.filter { !$0.hasPrefix("--") }
        return Set(lines.flatMap { $0.matches(of: /\w+/).map(\.output) })
    }
}
