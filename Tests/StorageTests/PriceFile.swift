import Postgres
import Storage

/// A settlement price file as an operator would write it.
struct PriceFile {
    static let columns = ["business_date", "series", "price", "currency"]
    static let price = "2018-12-31,CLG19,45.41,USD"

    /// A file with a header on line 1 and these rows below it.
    static func file(_ rows: [String], columns: [String] = columns) -> InputFile {
        InputFile(
            table: "settlement_price", source: "prices.csv", sha256: [], columns: columns, headerLines: 1,
            rows: Array(rows.map { $0 + "\n" }.joined().utf8))
    }

    /// Rows of every revision in the table.
    static func count(_ connection: Connection) throws -> Int64 {
        try connection.value("select count(*) from margin.settlement_price", as: .int64)
    }

    /// What the loader refuses a file for: "line 3, price NaN: …" a bad cell, or a few words; empty if it loads.
    static func refusal(_ connection: Connection, _ file: InputFile) throws -> [String] {
        do {
            _ = try InputLoader(connection).load(file)
            return []
        } catch let refusal as LoadRefusal {
            switch refusal {
            case .parameters(let broken): return broken.map { "\($0.table), \($0.rowKey): \($0.rule)" }
            case .rows(let errors):
                return errors.map { "line \($0.line ?? 0), \($0.column) \($0.value): \($0.reason)" }
            case .unknownTable(let table, _): return ["unknown table \(table)"]
            case .unknownColumn(let column, _): return ["unknown column \(column)"]
            case .missingColumn(let column, _): return ["missing column \(column)"]
            case .archived(let date, let folder): return ["\(date) is archived in \(folder)"]
            case .rule(let rule): return ["rule: \(rule)"]
            }
        }
    }
}
