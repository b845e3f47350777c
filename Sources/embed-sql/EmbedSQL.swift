import Foundation

/// Writes the statements below sql/ into one Swift file, so that a binary carries its own SQL.
///
/// Usage: `embed-sql OUTPUT.swift ROOT FILE …`. A file `migrations/0001-NAME.sql` below ROOT becomes a `Migration`, a
/// file `queries/SUBJECT/NAME.sql` a `Query` with what its header says of it: `queries/book/load-positions.sql` is
/// `Query.loadPositions`. Any other file ends the build; so do a name that stands twice and a header without `reads`.
@main
enum EmbedSQL {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count > 2, let output = arguments.first else {
            refuse("usage: embed-sql OUTPUT.swift ROOT FILE …")
        }
        let root = URL(fileURLWithPath: arguments[arguments.startIndex + 1]).path + "/"
        let files = arguments.dropFirst(2).map { URL(fileURLWithPath: $0) }.sorted {
            ($0.lastPathComponent, $0.path) < ($1.lastPathComponent, $1.path)
        }
        var migrations = ""
        var queries = ""
        var placed: [String: String] = [:]
        for file in files {
            let path = String(file.path.dropFirst(root.count))
            let folders = path.split(separator: "/").dropLast().map(String.init)
            let name = file.deletingPathExtension().lastPathComponent
            guard file.path.hasPrefix(root), file.pathExtension == "sql" else {
                refuse("sql/\(path): not a statement; only .sql files stand below sql/")
            }
            if let other = placed.updateValue(path, forKey: name) {
                refuse("sql/\(path): its name is that of sql/\(other)")
            }
            let text = try String(contentsOf: file, encoding: .utf8)
            let literal = "##\"\"\"\n\(text)\n\"\"\"##"
            switch (folders.first, folders.count) {
            case ("migrations", 1): migrations += "    Migration(name: \"\(name)\", text: \(literal)),\n"
            case ("queries", 2):
                let header = Header(text)
                guard let reads = header.names("reads") else { refuse("sql/\(path): its header has no reads") }
                queries += """
                        package static let \(camelCase(name)) = Query(
                            name: "\(name)", reads: \(reads), needs: \(header.names("needs") ?? []),
                            isWithinCombinedCommodities: \(header.names("within") == ["combined commodities"]),
                            text: \(literal))

                    """
            default: refuse("sql/\(path): a query stands in sql/queries/SUBJECT, a migration in sql/migrations")
            }
        }
        let source = """
            extension Migration {
                /// Every migration, in the order of its number.
                package static let all: [Migration] = [
            \(migrations)    ]
            }
            extension Query {
            \(queries)}

            """
        try source.write(to: URL(fileURLWithPath: output), atomically: true, encoding: .utf8)
    }

    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Ends the build with a sentence.
    private static func refuse(_ message: String) -> Never {
        FileHandle.standardError.write(Data("error: \(message)\n".utf8))
        exit(65)
    }
}

/// The labelled comment lines a statement begins with. A list goes on in lines that are indented further.
private struct Header {
    private let labels: [String: String]

    init(_ text: String) {
        var labels: [String: String] = [:]
        var last: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(while: { $0.hasPrefix("-- ") })
        {
            if let match = line.wholeMatch(of: /-- ([a-z]+): *(.*)/) {
                last = String(match.1)
                labels[String(match.1)] = String(match.2)
            } else if let label = last, let more = line.wholeMatch(of: /-- {4,}(.*)/) {
                labels[label, default: ""] += " " + more.1
            } else {
                last = nil
            }
        }
        self.labels = labels
    }

    /// The names a label lists; empty for `none`, nil where there is no such label.
    func names(_ label: String) -> [String]? {
        guard let text = labels[label] else { return nil }
        return text == "none" ? [] : text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
}
