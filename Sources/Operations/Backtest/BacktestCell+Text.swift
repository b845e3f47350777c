import Quantities
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
        case .money(let units, let decimals):
            ExactDecimal(minorUnits: units, decimals: decimals).text(decimals: decimals)
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
        case .exact, .money: .text(csvText ?? "")
        case .statistic(let value): .number("\(value)")
        case .date(let day): .text("\(day)")
        case .flag(let flag): .flag(flag)
        }
    }
}

extension NewTableFolder {
    /// Writes one table as CSV and as JSON in the shape of the other reports.
    func write(
        _ name: String, header: [String: JSONValue] = [:], columns: [String], rows: [[BacktestCell]]
    ) throws {
        try write(Table(name: name, columns: columns, rows: rows.map { $0.map(\.csvText) }))
        let document = StudyDocument(
            header: header.merging(["report": .text(name)]) { $1 }, columns: columns, rows: rows.map { $0.map(\.json) })
        try write(document.bytes, name, ending: "json")
    }
}
