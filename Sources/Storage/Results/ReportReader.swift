import ClearingModel
import Postgres
import Quantities
import Reporting

/// The rows of a run's reports, out of what the statements select and what `ReportReference` knows.
package final class ReportReader {
    let database: Database
    let run: PinnedRun
    let reference: ReportReference

    package init(_ database: Database, of run: PinnedRun) {
        self.database = database
        self.run = run
        reference = ReportReference(database, of: run)
    }

    /// The statement behind each report, by its name.
    private static let queries: [String: Query] = Dictionary(
        [
            Query.reportMarginCall, .reportRequirement, .reportRequirementByOwner, .reportComponents,
            .reportValueAtRisk,
            .reportComponentShortfall, .reportSpreads,
            .reportAddOns, .reportMemberConcentration, .reportCreditCuts, .reportVariationMargin,
            .reportCollateral, .reportGreeks, .reportHouseSummary, .reportRiskArrays, .reportParameters,
            .reportAccounts, .reportFindings, .reportCorrections, .reportHouseCorrections, .reportStress,
            .reportStressArrays, .reportStressExposures, .reportStressUnits, .reportCoverTwo, .reportReverseStress,
            .reportSecondRound, .reportSecondRoundImpacts, .reportSecondRoundMembers,
        ].map { (String($0.name.dropFirst("report-".count)), $0) }, uniquingKeysWith: { first, _ in first })

    /// Calls `body` with each row of a report, in the report's order; `row` is filled anew each time.
    ///
    /// One pass over the server's rows. Memory: the greeks' positions and what the reference data take.
    package func stream(
        _ layout: ReportLayout, into row: inout ReportRow, _ body: (borrowing ReportRow) throws -> Void
    ) throws {
        guard let query = Self.queries[layout.name] else { preconditionFailure("report \(layout.name) has its query") }
        if layout.name == ReportCatalogue.greeks.name { return try streamGreeks(query, into: &row, body) }
        var cells = try ReportCells(layout, reference)
        try database.stream(query, literals) { source in
            try cells.read(&source, into: &row)
            try body(row)
        }
    }

    /// What a report's statement may name as `$1`, `$2`, ….
    var literals: [CopyLiteral] {
        [
            .int64(run.id), .int64(run.load), .date(run.businessDate.dayNumber), .code(run.cycle.rawValue),
            .int64(Int64(run.number)), .code(run.parameterSet.text),
        ]
    }
}
