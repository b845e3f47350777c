import ClearingModel
import Postgres
import Quantities
import Reporting

/// The rows of a run's reports, out of what the statements select and what `ReportReference` knows.
package final class ReportReader {
    let database: Database
    let run: PinnedRun
    let reference: ReportReference
    /// Works on the next report while this program reads one; nil where the server has no second session for it.
    private let second: SecondSession?

    package init(_ database: Database, of run: PinnedRun, isWhole: Bool, _ second: SecondSession? = nil) {
        self.database = database
        self.run = run
        self.second = second
        reference = ReportReference(database, of: run, isWhole: isWhole)
    }

    /// The statement behind each report, by its name.
    private static let queries: [String: Query] = Dictionary(
        [
            Query.reportMarginCall, .reportRequirement, .reportRequirementByOwner, .reportComponents,
            .reportValueAtRisk, .reportComponentShortfall, .reportSpreads, .reportAddOns, .reportMemberConcentration,
            .reportCreditCuts, .reportVariationMargin, .reportCollateral, .reportPositions, .reportReleasedMargin,
            .reportReducingTrades, .reportGreeks, .reportHouseSummary, .reportRiskArrays, .reportParameters,
            .reportAccounts, .reportFindings, .reportLimits, .reportCorrections, .reportHouseCorrections, .reportStress,
            .reportStressArrays, .reportStressExposures, .reportStressUnits, .reportCoverTwo, .reportReverseStress,
            .reportTomorrow, .reportHouseTomorrow, .reportTomorrowCalls, .reportCallStatus, .reportHouseCallStatus,
            .reportSecondRound,
            .reportSecondRoundImpacts, .reportSecondRoundMembers, .reportAttribution, .reportHouseAttribution,
            .reportAttributionInteraction, .reportAttributionPositions, .reportAttributionWeights,
            .reportAttributionParameters,
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
        let session = second.flatMap { $0.take(layout.name) } ?? database
        try session.stream(query, literals) { source in
            try cells.read(&source, into: &row)
            try body(row)
        }
    }

    /// Has the second session begin a report that is soon to be read, if it is idle: rows that are joined and sorted
    /// meanwhile are there when `stream` asks for them. Does nothing for a report that takes more than one statement,
    /// or rows and tables that only the first session has.
    package func begin(_ layout: ReportLayout) throws {
        guard let second, let query = Self.queries[layout.name], layout.name != ReportCatalogue.greeks.name,
            !ReportCatalogue.isOfTrades(layout),
            !ReportCatalogue.isOfItsOwnStage(layout), query.needs.allSatisfy({ $0 == "reported_account" })
        else { return }
        try second.begin(layout.name, query.copyOut(literals))
    }

    /// The accounts that a report of trades is written for, in its order: those of members who want it.
    package func accounts(of layout: ReportLayout) throws -> [AccountCode] {
        guard let query = Self.queries[layout.name] else { preconditionFailure("report \(layout.name) has its query") }
        return try database.rows(query.text(literals)).map { AccountCode(try $0.text("account")) }
    }

    /// What a report's statement may name as `$1`, `$2`, ….
    var literals: [CopyLiteral] {
        [
            .int64(run.id), .int64(run.load), .date(run.businessDate.dayNumber), .code(run.cycle.rawValue),
            .int64(Int64(run.number)), .code(run.parameterSet.text),
        ]
    }
}
