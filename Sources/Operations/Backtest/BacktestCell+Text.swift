import Storage
import TextFiles

extension BacktestCell {
    /// Nil for an empty cell; a statistic has the fewest digits that are it again.
    var csvText: String? {
        switch self {
        case .null: nil
        case .text(let text): text
        case .count(let count): "\(count)"
        case .exact(let value): "\(value)"
        case .statistic(let value): "\(value)"
        case .date(let day): "\(day)"
        case .flag(let flag): "\(flag)"
        }
    }

    /// Exact numbers are texts, statistics and counts JSON's numbers.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .count(let count): .number("\(count)")
        case .exact(let value): .text("\(value)")
        case .statistic(let value): .number("\(value)")
        case .date(let day): .text("\(day)")
        case .flag(let flag): .flag(flag)
        }
    }
}

extension NewTableFolder {
    /// Writes one table as CSV and as JSON, a list of objects.
    func write(_ name: String, columns: [String], rows: [[BacktestCell]]) throws {
        var bytes: [UInt8] = []
        bytes.append(csvLine: columns)
        for row in rows { bytes.append(csvLine: row.map(\.csvText)) }
        try write(bytes, name)
        var document: [UInt8] = []
        JSONValue.array(
            rows.map { row in
                .object(Dictionary(zip(columns, row.map(\.json)), uniquingKeysWith: { first, _ in first }))
            }
        ).append(to: &document)
        document.append(UInt8(ascii: "\n"))
        try write(document, name, ending: "json")
    }
}
