import ClearingModel
import Postgres
import Quantities
import Reporting

/// The rows of reports out of the database.
package struct ReportStore {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The statement behind each report, by its name.
    private static let queries: [String: Query] = Dictionary(
        [
            Query.reportMarginCall, .reportRequirement, .reportRequirementByOwner, .reportComponents,
            .reportValueAtRisk,
            .reportComponentShortfall, .reportSpreads,
            .reportAddOns, .reportMemberConcentration, .reportCreditCuts, .reportVariationMargin,
            .reportCollateral, .reportGreeks, .reportHouseSummary, .reportRiskArrays, .reportParameters,
            .reportAccounts, .reportFindings, .reportCorrections, .reportHouseCorrections,
        ].map { (String($0.name.dropFirst("report-".count)), $0) }, uniquingKeysWith: { first, _ in first })

    /// Values in the run's longest published array.
    package func longestArray(run: Int64) throws -> Int {
        Int(try database.one(.reportLongestArray, [.int64(run)]).int64("scenario_count"))
    }

    /// The overrides of a run; the stage's scope knows what they touch.
    package func overrides(run: Int64) throws -> [RunHeader.Override] {
        try database.rows(.overridesOfRun, [.int64(run)]).map { row in
            RunHeader.Override(number: try row.int64("load_id"), members: Set(try row.textArray("members")))
        }
    }

    /// The table by which a set's amounts are rounded, as its header names it.
    package func roundingTable(of set: ParameterSetCode) throws -> String {
        try database.one(.roundingTable, [.text(set.text)]).text("rounding_table")
    }

    /// Calls `body` with each row of a report, in the report's order; `row` is filled anew each time.
    package func stream(
        _ layout: ReportLayout, of run: PinnedRun, into row: inout ReportRow,
        _ body: (borrowing ReportRow) throws -> Void
    ) throws {
        guard let query = Self.queries[layout.name] else { preconditionFailure("report \(layout.name) has its query") }
        var list: [Int64] = []
        let literals: [CopyLiteral] = [
            .int64(run.id), .int64(run.load), .date(run.businessDate.dayNumber), .code(run.cycle.rawValue),
            .int64(Int64(run.number)), .code(run.parameterSet.text),
        ]
        try database.stream(query, literals) { source in
            row.removeAll()
            for column in layout.columns {
                if column.isOptional, source.isNextNull {
                    try source.skip()
                    try row.appendNull()
                    continue
                }
                switch column.kind {
                case .text:
                    try source.withBytes { (bytes: Span<UInt8>) throws(ReportError) in try row.append(text: bytes) }
                case .object:
                    try source.withBytes { (bytes: Span<UInt8>) throws(ReportError) in try row.append(object: bytes) }
                case .integer: row.append(integer: try source.int64())
                case .decimal:
                    let number = try source.numeric()
                    row.append(unscaled: number.unscaled, scale: number.scale)
                case .date: row.append(date: BusinessDate(dayNumber: try source.date()))
                case .flag: row.append(flag: try source.bool())
                case .decimals:
                    try source.int64Array(into: &list)
                    row.append(decimals: list.span)
                }
            }
            try body(row)
        }
    }
}
