import Runtime
import Storage

/// One `expected/TABLE.csv` of a folder case: the rows of a result table, each with the columns its header names.
struct ExpectedTable {
    let table: ResultTable
    private let file: CSVTable
    private let approximate: [String]

    /// Reads a file.
    /// - Throws: `Failure` 65 for a file named after no result table, or with a column that the table does not have.
    init(name: String, path: String, database: Database) throws {
        guard let table = ResultTable.named(name) else {
            throw Failure(
                .inputRejected, "\(path) is named after no result table",
                hint: "one of: \(ResultTable.all.map(\.name).joined(separator: ", "))")
        }
        let columns = try CaseStore(database).columns(of: name)
        let file = try CSVTable(file: path)
        for column in file.header where !columns.contains(where: { $0.0 == column }) {
            throw Failure(
                .inputRejected, "\(path): unknown column \(column)",
                hint: "the columns are: \(columns.map(\.0).joined(separator: ", "))")
        }
        self.table = table
        self.file = file
        approximate = columns.filter { $0.1 == "finite" || $0.1 == "float8" }.map(\.0)
    }

    /// What differs from the run's rows, each row matched by the key columns that the header names; rows that are alike
    /// in those are matched in order.
    func differences(from found: [ResultRow]) -> [String] {
        let keys = table.keys.filter(file.header.contains)
        var waiting = Dictionary(grouping: found) { row in keys.map { row.text($0) } }
        var differences: [String] = []
        for cells in file.rows {
            let wanted = Dictionary(zip(file.header, cells), uniquingKeysWith: { first, _ in first })
            let key = keys.map { wanted[$0] ?? "" }
            let location = location(keys, key)
            guard let row = waiting[key]?.first else {
                differences.append("\(location): the case expects a row of \(words(table.name)), the run has none")
                continue
            }
            waiting[key]?.removeFirst()
            for column in file.header where !keys.contains(column) {
                let value = wanted[column] ?? ""
                if agree(value, row.text(column), column) { continue }
                differences.append(
                    "\(location): \(words(column)) is \(shown(row.text(column))), the case expects \(shown(value))")
            }
        }
        for row in found where !needsNoStatement(row) {
            let key = keys.map { row.text($0) }
            guard waiting[key]?.isEmpty == false else { continue }
            waiting[key]?.removeFirst()
            differences.append(
                "\(location(keys, key)): the run has a row of \(words(table.name)), which the case lacks")
        }
        return differences
    }

    /// A house that is one-sided on purpose: where other findings are stated, that its longs and shorts differ need
    /// not be.
    private func needsNoStatement(_ row: ResultRow) -> Bool {
        guard table.name == "finding", !file.rows.isEmpty, row.text("rule") == "long_short_balance",
            let rule = file.header.firstIndex(of: "rule")
        else { return false }
        return !file.rows.contains { $0[rule] == "long_short_balance" }
    }

    private func agree(_ expected: String, _ found: String, _ column: String) -> Bool {
        if expected == found || areEqualNumbers(expected, found) { return true }
        if approximate.contains(column), let left = Double(expected), let right = Double(found) {
            return abs(left - right) <= 1e-9
        }
        guard expected.hasPrefix("{"), found.hasPrefix("[") else { return false }
        let (left, right) = (ResultRow.elements(of: expected), ResultRow.elements(of: found))
        return left.count == right.count && zip(left, right).allSatisfy { $0 == $1 || areEqualNumbers($0, $1) }
    }

    /// `account A, combined commodity OIL`: key columns without a value are left out.
    private func location(_ keys: [String], _ values: [String]) -> String {
        zip(keys, values).filter { !$0.1.isEmpty }.map { "\(words($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    private func words(_ name: String) -> String { name.replacing("_", with: " ") }

    private func shown(_ value: String) -> String {
        if value.isEmpty { return "empty" }
        return value.hasPrefix("[") ? "{\(ResultRow.elements(of: value).joined(separator: ","))}" : value
    }
}
