import Postgres

/// The data dictionary, written from the comments in the database: docs/data-dictionary.md is this text.
package struct DataDictionary {
    private let connection: Connection

    /// Reads the schema `connection` sees; it should be migrated to this program's.
    package init(_ connection: Connection) { self.connection = connection }

    /// Domains, tables, views and columns of schema margin that have no comment, by name; none in a released schema.
    package func undescribed() throws -> [String] {
        try connection.rows(.undescribedObjects).map { try $0.text("name") }
    }

    /// The whole document: types first, then the tables group by group, each with purpose, grain, key and columns.
    package func markdown() throws -> String {
        var text = """
            # Data dictionary

            Every table of schema `margin`, from the comments in the database: `margin dictionary` prints this file, and
            a test compares the two. To change it, change the comment beside the object in sql/schema.


            """
        text += try types()
        let columns = try connection.rows(.dataDictionary).map(DictionaryColumn.init)
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
            text +=
                "| `\(try row.text("type_name"))` | \(try row.text("base_type")) | \(cell(try row.text("comment"))) |\n"
        }
        return text
    }
}

/// One column with the table it belongs to.
private struct DictionaryColumn {
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
        group = try row.text("group_name")
        table = try row.text("table_name")
        tableComment = try row.text("table_comment")
        key = try row.text("key_columns")
        name = try row.text("column_name")
        type = try row.text("type_name")
        mayBeNull = try row.bool("may_be_null")
        comment = try row.text("column_comment")
        partitions = try row.textOrNull("partition_extent")
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
