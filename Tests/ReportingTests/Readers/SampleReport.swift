import Reporting
import TestSupport

/// Reports as the product writes them, with cells that a test chooses.
enum SampleReport {
    /// A cell as its column's kind takes it; an amount by its whole cents.
    enum Cell {
        case text(String), cents(Int128), empty
    }

    /// The CSV of a report of member `007`. What a row does not say of a column is the column's usual cell.
    static func csv(_ layout: ReportLayout, rows: [[String: Cell]]) throws -> String {
        let scratch = try ScratchFolder()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var files = try folder.start(layout, member: layout.audience == .member ? "007" : nil)
        var row = ReportRow(layout)
        for cells in rows {
            row.removeAll()
            while !row.isComplete { try append(cells[row.nextColumn.name], to: &row) }
            try files.write(row)
        }
        try folder.add(files)
        let entry = try folder.seal().files.first { $0.format == .csv }
        return String(decoding: try scratch.read("2018-12-31/EOD/r1/\(entry?.name ?? "")"), as: UTF8.self)
    }

    private static func append(_ cell: Cell?, to row: inout ReportRow) throws {
        switch cell {
        case .text(let text): return try row.append(text: text)
        case .cents(let cents): return row.append(unscaled: cents, scale: 2)
        case .empty: return try row.appendNull()
        case nil: break
        }
        let column = row.nextColumn
        switch column.kind {
        case .text: try row.append(text: column.name.hasSuffix("currency") ? "USD" : "007")
        case .object: try row.append(object: Array(#"{"a":"1E5","b":null}"#.utf8).span)
        case .integer: row.append(integer: 2)
        case .decimal: row.append(unscaled: -12_345, scale: 2)
        case .date: row.append(date: sampleHeader.run.businessDate)
        case .flag: row.append(flag: true)
        case .decimals(let count):
            let values = (0..<count).map { Int64($0 * 150 - 300) }
            row.append(decimals: values.span)
        }
    }
}
