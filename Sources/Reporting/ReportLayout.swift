/// One report as data: its name, who gets it, and its columns in the order of the CSV file.
///
/// The layout is all that the CSV and the JSON of a report have in common; docs/schemas holds the same columns, and a
/// test compares the two.
package struct ReportLayout: Sendable {
    /// Who gets the report.
    package enum Audience: Sendable {
        /// One file a clearing member; the first column is then `member`, and rows come member by member.
        case member
        /// One file for the whole run.
        case run
    }

    /// The report's part of its file names: lower-case words joined by hyphens.
    package let name: String
    package let audience: Audience
    package let columns: [ReportColumn]
    /// What the report's statement selects, in order.
    package var selected: [String] {
        (isOfAccounts ? ["place"] : [])
            + columns.flatMap { column -> [String] in
                switch column.source {
                case .selected, .trimmed, .rounded, .minorUnits: [column.name]
                case .account: []
                case .lookedUp(let names): names
                }
            }
    }
    /// Whether each row is of an account, whose place is selected.
    package var isOfAccounts: Bool { columns.contains { $0.source == .account } }
    /// The column with the currency of the totalled figures; nil where nothing is totalled.
    let currencyColumn: Int?
    /// The columns totalled per currency.
    let totalledColumns: [Int]
    /// How many leading columns are content; those behind only say which run it is.
    let contentColumnCount: Int

    /// A layout; `totalledBy` names the column with the currency of the totalled figures.
    ///
    /// Column names are distinct; a member's report begins with the text column `member`; run columns come last.
    package init(
        _ name: String, for audience: Audience, columns: [ReportColumn], totalledBy currency: String? = nil
    ) {
        precondition(columns.count > 1, "a report has two columns at least, so that no line of its CSV is empty")
        precondition(Set(columns.map(\.name)).count == columns.count, "the columns of \(name) have distinct names")
        precondition(
            audience == .run || (columns[0].name == "member" && columns[0].kind == .text && !columns[0].isOptional),
            "a member's report begins with its member")
        self.name = name
        self.audience = audience
        self.columns = columns
        currencyColumn = currency.flatMap { name in columns.firstIndex { $0.name == name && $0.kind == .text } }
        totalledColumns = columns.indices.filter { columns[$0].isTotalled }
        contentColumnCount = columns.firstIndex { $0.isRunIdentity } ?? columns.count
        precondition(
            (currencyColumn == nil) == totalledColumns.isEmpty, "figures of \(name) are totalled by a currency column")
        precondition(
            columns.indices.allSatisfy { index in
                guard case .decimals(let count) = columns[index].kind else { return true }
                return count > 0 && index > 0 && columns[index - 1].kind == .integer && !columns[index].isOptional
            }, "a list of decimals in \(name) follows the integer column with its scale")
        precondition(
            columns[contentColumnCount...].allSatisfy(\.isRunIdentity), "the run columns of \(name) come last")
    }
}

/// One column of a report.
package struct ReportColumn: Sendable {
    /// What the cells of a column are.
    package enum Kind: Hashable, Sendable {
        /// Valid UTF-8 without NUL.
        case text
        /// A whole number that fits a Double exactly (a scenario, a count): a JSON number.
        case integer
        /// An amount, price, rate or quantity, exact and with the decimals it comes with: a JSON string.
        case decimal
        /// A calendar day, `2018-12-31`.
        case date
        /// `true` or `false`.
        case flag
        /// Up to `count` decimals of one scale: a JSON array of strings, and `count` CSV columns `name_1` …, where the
        /// columns behind the last value stay empty. The column before it is the integer with the scale.
        case decimals(count: Int)
        /// One JSON object on one line, names in the order of their bytes, as the query gives it: an object in JSON,
        /// its text in CSV.
        case object
    }

    /// Where the cells of a column come from.
    package enum Source: Hashable, Sendable {
        /// The report's statement selects them as they are written.
        case selected
        /// Selected; a decimal loses the zeros behind its last digit that says something.
        case trimmed
        /// Selected exact, and rounded to so many decimals, ties away from zero.
        case rounded(decimals: Int)
        /// Selected exact, and rounded to the minor unit of the currency in an earlier column, ties away from zero.
        case minorUnits(currency: String)
        /// The account of the row says it, whose place among the accounts reported is selected first.
        case account
        /// Found by what else the row says; the statement selects these in its stead, if any.
        case lookedUp(by: [String] = [])
    }

    package let name: String
    package let kind: Kind
    package let source: Source
    /// Whether a cell may be null: `null` in JSON, an empty cell in CSV.
    package let isOptional: Bool
    /// Whether the writer adds the column up, per currency and member.
    package let isTotalled: Bool
    /// Whether the column only says which run the row comes from: it is left out of the content digest.
    package let isRunIdentity: Bool

    package init(
        _ name: String, _ kind: Kind, _ source: Source = .selected, isOptional: Bool = false, isTotalled: Bool = false,
        isRunIdentity: Bool = false
    ) {
        precondition(!isTotalled || (kind == .decimal && !isOptional), "only decimals that are never null are totalled")
        self.name = name
        self.kind = kind
        self.source = source
        self.isOptional = isOptional
        self.isTotalled = isTotalled
        self.isRunIdentity = isRunIdentity
    }
}

extension ReportColumn {
    /// A text that the account of the row says.
    static func account(_ name: String) -> ReportColumn { ReportColumn(name, .text, .account) }

    /// An amount in the minor unit of the currency in an earlier column.
    static func money(
        _ name: String, in currency: String = "currency", isOptional: Bool = false, isTotalled: Bool = false
    ) -> ReportColumn {
        ReportColumn(
            name, .decimal, .minorUnits(currency: currency), isOptional: isOptional, isTotalled: isTotalled)
    }

    /// A decimal without zeros that say nothing.
    static func exact(_ name: String, isOptional: Bool = false, isTotalled: Bool = false) -> ReportColumn {
        ReportColumn(name, .decimal, .trimmed, isOptional: isOptional, isTotalled: isTotalled)
    }

    /// Whether the combined commodity's data are made up, or the series' of it.
    static let isSynthetic = ReportColumn("is_synthetic", .flag, .lookedUp())
    /// Whether a combined commodity with made-up data is part of the figure.
    static let includesSynthetic = ReportColumn("includes_synthetic", .flag, .lookedUp())
}
