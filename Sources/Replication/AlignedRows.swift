/// Rows for a terminal.
package enum AlignedRows {
    /// Columns of equal width, texts to the left and figures to the right; a column that is empty in every row but the
    /// first is left out. `texts` are numbers of columns.
    package static func lines(_ rows: [[String]], texts: Set<Int>) -> [String] {
        let columns = rows[0].indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(columns, widths).map { column, width in
                let space = String(repeating: " ", count: width - row[column].count)
                return texts.contains(column) ? row[column] + space : space + row[column]
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
