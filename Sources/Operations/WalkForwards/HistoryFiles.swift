import ClearingModel
import Foundation
import InputRows
import Quantities
import Replication
import Runtime

/// Levels of risk factors read from files in the columns of `risk_factor_level`, without a database.
package struct HistoryFiles: Sendable {
    /// One factor's, oldest first.
    struct Levels: Sendable {
        var dates: [BusinessDate] = []
        var levels: [ExactDecimal] = []

        /// Those up to a day, itself included.
        func through(_ last: BusinessDate?) -> Levels {
            guard let last else { return self }
            let count = dates.firstIndex { $0 > last } ?? dates.count
            return Levels(dates: Array(dates.prefix(count)), levels: Array(levels.prefix(count)))
        }
    }

    private(set) var factors: [RiskFactorCode: Levels] = [:]

    /// Reads files, and of folders every CSV file in them by name. The days of a factor ascend.
    /// - Throws: `Failure` 66 for what cannot be read, 65 for a file of other columns, for a value that is none and for
    ///   a day that does not come after the one before, by file, line and value.
    package init(_ paths: [String]) throws {
        for path in try paths.flatMap(Self.files) {
            let rows = try TableRow.rows(
                path, of: "risk_factor_level", required: ["risk_factor", "level_date", "level"], optional: ["source"])
            try reading(path, "risk_factor_level") { for row in rows { try add(row) } }
        }
    }

    private mutating func add(_ row: TableRow) throws {
        let factor: RiskFactorCode = try row.code("risk_factor")
        let date = try row.date("level_date")
        let level = try row.decimal("level")
        var levels = factors.removeValue(forKey: factor) ?? Levels()
        if let before = levels.dates.last, before >= date {
            throw Failure(
                .inputRejected, "\(row.location): \(factor) has \(date) below \(before): its days do not ascend",
                hint: "one row a factor and day, oldest first; then the same command again")
        }
        levels.dates.append(date)
        levels.levels.append(level)
        factors[factor] = levels
    }

    private static func files(of path: String) throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [path] }
        let files = names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            throw Failure(
                .inputMissing, "the folder \(path) holds no CSV file",
                hint: "name files in the columns of risk_factor_level: margin template risk_factor_level")
        }
        return files.map { "\(path)/\($0)" }
    }
}

extension TableRow {
    /// The rows of a file in the columns of an input table, or of none; its other columns, where they are let be, are
    /// not read.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for one of another form.
    static func rows(
        _ path: String, of table: String?, required: [String], optional: [String] = [], ignoresOthers: Bool = false
    ) throws -> [TableRow] {
        try reading(path, table) {
            try CSVFile(path: path, required: required, optional: optional, ignoresOthers: ignoresOthers).rows
        }
    }
}

/// What reads a file in the columns of a table, or of none, with what is wrong in it as a failure of the command.
func reading<Value>(_ path: String, _ table: String?, _ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as ReplicationError {
        let columns = table.map { "; its columns: margin template \($0)" } ?? ""
        guard error.category == .missing else {
            throw Failure(
                .inputRejected, error.message, hint: "mend the file, then the same command again\(columns)")
        }
        throw Failure(
            .inputMissing, "\(path) cannot be read",
            hint: "name what is there, or run it where fixtures/ is: margin walk-forward --help\(columns)")
    }
}
