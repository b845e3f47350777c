import Postgres

/// The data dictionary, written from the comments in the database: docs/data-dictionary.md is this text.
package struct DataDictionary {
    private let connection: Connection

    /// Reads the schema `connection` sees; it should be migrated to this program's.
    package init(_ connection: Connection) { self.connection = connection }

    /// Domains, tables, views and columns of schema margin that have no comment, by name; none in a released schema.
    package func undescribed() throws -> [String] {
        try connection.rows(.undescribedObjects).map { try $0.text(0) }
    }

    /// The whole document: types first, then the tables group by group, each with purpose, grain, key and columns.
    package func markdown() throws -> String {
        var text = """
            # Data dictionary

            Every table of schema `margin`, from the comments in the database: `margin dictionary` prints this file, and
            a test compares the two. To change it, change the comment beside the object in sql/schema.


            """
        text += try types()
        let columns = try connection.rows(.dataDictionary).map(Column.init)
        for (position, column) in columns.enumerated() {
            let before = position == 0 ? nil : columns[position - 1]
            if before?.group != column.group { text += "\n## \(column.group)\n" }
            if before?.table != column.table { text += column.heading }
            text += column.line
        }
        return text
    }

    private func types() throws -> String {
        var text = """
            ## Types

            | type | of | meaning |
            |---|---|---|

            """
        for row in try connection.rows(.dataDictionaryTypes) {
            text += "| `\(try row.text(0))` | \(try row.text(1)) | \(cell(try row.text(2))) |\n"
        }
        return text
    }
}

/// One column with the table it belongs to.
private struct Column {
    let group: String
    let table: String
    let tableComment: String
    let key: String
    let name: String
    let type: String
    let mayBeNull: Bool
    let comment: String
    /// What each partition of the table holds; nil where the table has none.
    let partitions: String?

    init(_ row: Row) throws {
        group = try row.text(0)
        table = try row.text(1)
        tableComment = try row.text(2)
        key = try row.text(3)
        name = try row.text(4)
        type = try row.text(5)
        mayBeNull = try row.bool(6)
        comment = try row.text(7)
        partitions = try row.textOrNull(8)
    }

    /// What stands above a table's columns. A table's comment is its purpose, then "Grain:" and its grain.
    var heading: String {
        let parts = tableComment.split(separator: " Grain: ", maxSplits: 1)
        let purpose = parts.first.map(String.init) ?? ""
        let grain = parts.count > 1 ? String(parts[1]) : ""
        return """

            ### \(table)

            \(purpose)

            Grain: \(grain) Key: `\(key)`.\(partitions.map { " Partitions: \($0) each." } ?? "")

            | column | type | null? | meaning |
            |---|---|---|---|

            """
    }

    var line: String { "| `\(name)` | \(cell(type)) | \(mayBeNull ? "yes" : "no") | \(cell(comment)) |\n" }
}

/// A text as a cell of a Markdown table.
private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
