/// Why a row is refused; a closed set, held by a constraint of margin.rejected_row.
package enum RejectReason: String, CaseIterable, Sendable {
    case malformedFile = "malformed_file"
    case unknownColumn = "unknown_column"
    case missingColumn = "missing_column"
    case missingValue = "missing_value"
    case notANumber = "not_a_number"
    case notAWholeNumber = "not_a_whole_number"
    case notADate = "not_a_date"
    case notAFlag = "not_a_flag"
    case outOfRange = "out_of_range"
    case breaksARule = "breaks_a_rule"
    case standsTwice = "stands_twice"
    case alreadyLoaded = "already_loaded"
    case noSuchRow = "no_such_row"
    case changesNothing = "changes_nothing"
    case notABusinessDay = "not_a_business_day"
    case unknownReference = "unknown_reference"
    case parameterRule = "parameter_rule"
    case refusedByTheDatabase = "refused_by_the_database"
}

/// One bad cell of a file: the whole load is refused and the file is untouched.
package struct RowError: Sendable {
    /// The line in the file, the first being 1; nil for a row that came from no file.
    package let line: Int64?
    /// The column, or several of a key or rule; empty for the row as a whole.
    package let column: String
    package let value: String
    package let kind: RejectReason
    /// The fault in words.
    package let reason: String

    package init(line: Int64?, column: String, value: String, kind: RejectReason, reason: String) {
        self.line = line
        self.column = column
        self.value = value
        self.kind = kind
        self.reason = reason
    }
}

/// Why a file was not loaded.
package enum LoadRefusal: Error {
    case unknownTable(String, known: [String])
    case unknownColumn(String, known: [String])
    case missingColumn(String, table: String)
    /// At most 100 errors, in the order of their lines.
    case rows([RowError])
    /// A row's business date, and the archive that holds it.
    case archived(String, folder: String)
    /// A rule of the whole row, with the server's words.
    case rule(String)
    /// Rules between the rows of parameter sets, at most 100.
    case parameters([BrokenParameterRule])
}

extension LoadRefusal {
    /// The faults as rows of margin.rejected_row; none for a table that does not exist.
    package var faults: [RowError] {
        func fault(_ column: String, _ kind: RejectReason, _ reason: String) -> [RowError] {
            [RowError(line: nil, column: column, value: "", kind: kind, reason: reason)]
        }
        switch self {
        case .unknownTable: return []
        case .unknownColumn(let column, _): return fault(column, .unknownColumn, "unknown column")
        case .missingColumn(let column, _): return fault(column, .missingColumn, "the column is missing")
        case .rows(let errors): return errors
        case .archived(let date, let folder):
            return fault("business_date", .refusedByTheDatabase, "\(date) is archived in \(folder)")
        case .rule(let rule): return fault("", .refusedByTheDatabase, rule)
        case .parameters(let broken):
            return broken.map { rule in
                RowError(
                    line: rule.line, column: rule.table, value: "\(rule.parameterSet), \(rule.rowKey)",
                    kind: .parameterRule,
                    reason: rule.rule)
            }
        }
    }
}

/// A row of a parameter set that contradicts others of it, or that lacks one.
package struct BrokenParameterRule: Hashable, Sendable {
    package let parameterSet: String
    package let table: String
    package let rowKey: String
    package let rule: String
    /// The file and line the row came from; nil where the rule is about a row that is not there, or about the set.
    package var source: String?
    package var line: Int64?

    /// Where the row stands, for a line of text; empty where that is not known.
    package var location: String {
        source.map { " (\($0)" + (line.map { ", line \($0)" } ?? "") + ")" } ?? ""
    }
}
