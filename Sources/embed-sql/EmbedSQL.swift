import Foundation

/// Writes the statements below sql/ into one Swift file, so that a binary carries its own SQL.
///
/// Usage: `embed-sql OUTPUT.swift FILE.sql …`. A file of a `migrations` folder becomes a `Migration`, any other a
/// `Query` named after it: `queries/load-positions.sql` is `Query.loadPositions`.
@main
enum EmbedSQL {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else { exit(64) }
        let files = arguments.dropFirst().sorted().map { URL(fileURLWithPath: $0) }
        var migrations = ""
        var queries = ""
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            let name = file.deletingPathExtension().lastPathComponent
            let literal = "##\"\"\"\n\(text)\n\"\"\"##"
            if file.deletingLastPathComponent().lastPathComponent == "migrations" {
                migrations += "    Migration(name: \"\(name)\", text: \(literal)),\n"
            } else {
                queries += "    package static let \(camelCase(name)) = Query(name: \"\(name)\", text: \(literal))\n"
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
}
