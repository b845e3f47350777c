import Postgres
import Storage

/// One row of a result table, cell by cell as text; an empty cell is absent.
struct ResultRow {
    let cells: [String: String]

    subscript(column: String) -> String? { cells[column] }

    /// A cell's text, empty where the cell is.
    func text(_ column: String) -> String { cells[column] ?? "" }

    /// The elements of a list.
    func list(_ column: String) -> [String] { Self.elements(of: text(column)) }

    /// The elements of `[1, "a"]` or `{1,a}`; none for anything else. Codes and numbers have no commas and quotes.
    static func elements(of text: String) -> [String] {
        guard let first = text.first, let last = text.last, (first, last) == ("[", "]") || (first, last) == ("{", "}")
        else { return [] }
        return text.dropFirst().dropLast().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\"" } }
    }
}

/// What a run wrote, table by table, each in the order of its key.
struct ResultRows {
    let tables: [String: [ResultRow]]
    /// Net positions of the business date, by account and series.
    let closingPositions: [String: [String: String]]

    static let none = ResultRows(tables: [:], closingPositions: [:])

    private init(tables: [String: [ResultRow]], closingPositions: [String: [String: String]]) {
        self.tables = tables
        self.closingPositions = closingPositions
    }

    /// The rows of the last run opened in the database; none if there is no run.
    init(from connection: Connection, businessDate: Value) throws {
        guard let run = try connection.optional(.caseNewestRun).map({ try $0.int64("run_id") }) else {
            self = .none
            return
        }
        var tables: [String: [ResultRow]] = [:]
        var cells: [String: String] = [:]
        var current: (table: String, number: Int64)?
        func finish() {
            if let current { tables[current.table, default: []].append(ResultRow(cells: cells)) }
            cells = [:]
        }
        for row in try connection.rows(.caseResults, [.int64(run)]) {
            let (table, number) = (try row.text("table_name"), try row.int64("row_number"))
            if current?.table != table || current?.number != number {
                finish()
                current = (table, number)
            }
            cells[try row.text("column_name")] = try row.textOrNull("value")
        }
        finish()
        var positions: [String: [String: String]] = [:]
        for row in try connection.rows(.caseClosingPositions, [businessDate]) {
            positions[try row.text("account"), default: [:]][try row.text("series")] = String(try row.int64("quantity"))
        }
        self.init(tables: tables, closingPositions: positions)
    }

    subscript(table: String) -> [ResultRow] { tables[table] ?? [] }

    /// The rows of one account and owner.
    func rows(_ table: String, account: String, owner: String? = nil) -> [ResultRow] {
        self[table].filter { $0["account"] == account && (owner == nil || $0["owner"] == owner) }
    }
}
