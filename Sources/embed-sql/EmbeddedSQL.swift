import Foundation

/// Writes the statements below sql/ into one Swift file, so that a binary carries its own SQL.
///
/// Usage: `embed-sql OUTPUT.swift ROOT FILE …`. Below ROOT a file `schema/NN-NAME.sql` becomes a `Schema.File`, a file
/// `functions/SUBJECT/NAME.sql` a `Schema.Function`, `upgrades/NNNN-NAME.sql` a `Schema.Upgrade`, and
/// `queries/SUBJECT/NAME.sql` a `Query` with what its header says of it: `queries/book/load-positions.sql` is
/// `Query.loadPositions`. Any other file ends the build; so do a name that stands twice and a header that is not whole.
@main
enum EmbeddedSQL {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count > 2, let output = arguments.first else {
            refuse("usage: embed-sql OUTPUT.swift ROOT FILE …")
        }
        let root = URL(fileURLWithPath: arguments[arguments.startIndex + 1]).path + "/"
        let files = arguments.dropFirst(2).map { URL(fileURLWithPath: $0) }.sorted {
            ($0.lastPathComponent, $0.path) < ($1.lastPathComponent, $1.path)
        }
        var written: [String: String] = ["schema": "", "functions": "", "upgrades": "", "queries": ""]
        var placed: [String: String] = [:]
        for file in files {
            let path = String(file.path.dropFirst(root.count))
            guard file.path.hasPrefix(root), file.pathExtension == "sql" else {
                refuse("sql/\(path): not a statement; only .sql files stand below sql/")
            }
            let statement = Statement(
                path: path, name: file.deletingPathExtension().lastPathComponent,
                text: try String(contentsOf: file, encoding: .utf8))
            if let other = placed.updateValue(path, forKey: statement.name) {
                refuse("sql/\(path): its name is that of sql/\(other)")
            }
            written[statement.room, default: ""] += statement.swift
        }
        let source = """
            extension Schema {
                /// What sql/ holds.
                package static let current = Schema(
                    files: [
            \(written["schema", default: ""])        ],
                    functions: [
            \(written["functions", default: ""])        ],
                    upgrades: [
            \(written["upgrades", default: ""])        ])
            }
            extension Query {
            \(written["queries", default: ""])}

            """
        try source.write(to: URL(fileURLWithPath: output), atomically: true, encoding: .utf8)
    }
}

/// One file below sql/, and what it becomes in Swift.
private struct Statement {
    let path: String
    let name: String
    let text: String

    /// The first of the folders it stands in.
    var room: String { path.split(separator: "/").first.map(String.init) ?? "" }

    private var literal: String { "##\"\"\"\n\(text)\n\"\"\"##" }

    var swift: String {
        let header = Header(text)
        switch (room, path.split(separator: "/").count) {
        case ("schema", 2): return "    Schema.File(name: \"\(name)\", text: \(literal)),\n"
        case ("functions", 3):
            guard let after = header.names("after")?.first else { refuse("sql/\(path): its header has no after") }
            return "    Schema.Function(name: \"\(name)\", after: \"\(after)\", text: \(literal)),\n"
        case ("upgrades", 2):
            guard let release = Int(name.prefix { $0 != "-" }) else {
                refuse("sql/\(path): begin its name with a number")
            }
            return "    Schema.Upgrade(release: \(release), name: \"\(name)\", text: \(literal)),\n"
        case ("queries", 3):
            guard let reads = header.names("reads") else { refuse("sql/\(path): its header has no reads") }
            return """
                    static let \(camelCase) = Query(
                        name: "\(name)", reads: \(reads), needs: \(header.names("needs") ?? []),
                        marksEssentialHits: \(header.names("marks") == ["essential hits"]),
                        isWithinCombinedCommodities: \(header.names("within") == ["combined commodities"]),
                        hangsOnPriceValues: \(header.names("prices") != ["which there are"]),
                        text: \(literal))

                """
        default: refuse("sql/\(path): there is no such place; see the usage of embed-sql")
        }
    }

    private var camelCase: String {
        let words = name.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

/// Ends the build with a sentence.
private func refuse(_ message: String) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(65)
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
