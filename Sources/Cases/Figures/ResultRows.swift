import Quantities
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
    init(from database: Database, businessDate: BusinessDate) throws {
        let store = CaseStore(database)
        guard let run = try store.newestRun() else {
            self = .none
            return
        }
        self.init(
            tables: try store.rows(ofRun: run).mapValues { $0.map { ResultRow(cells: $0) } },
            closingPositions: try store.closingPositions(businessDate).mapValues { $0.mapValues { String($0) } })
    }

    subscript(table: String) -> [ResultRow] { tables[table] ?? [] }

    /// The rows of one account and owner.
    func rows(_ table: String, account: String, owner: String? = nil) -> [ResultRow] {
        self[table].filter { $0["account"] == account && (owner == nil || $0["owner"] == owner) }
    }
}
