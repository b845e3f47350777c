import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import Runtime
import Storage

/// Looks at the night beside those before it, builds and reconciles the run's report files from its rows, records them
/// and marks the run complete.
///
/// Against a base only the members for whom something was computed get their reports written again, and of those only
/// files with other content are issued; the manifest lists the base's files for the rest. With another parameter set
/// in force all are issued, since each names the set.
///
/// The folder gets its name before the transaction commits: a kill between the two leaves a whole folder that the next
/// start replaces by an equal one. Nothing is published here.
struct ReportStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        try execution.tables.openReported(isWhole: execution.scope == .whole)
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        try makeFolder(settings.reportsFolder)
        let context = execution.context
        let hasLimits = try NightMonitoring(execution).perform()
        let wanted = try NextNightStore(execution.database).wanted(pin: context.pinnedLoad, context.businessDate)
        let looksAhead = try await NextNightForecast(execution).perform(
            isWanted: wanted.tomorrow, threads: settings.threads)
        let second = try secondSession(execution)
        let store = ReportStore(execution.database)
        let files = ReportLedger(execution.database)
        let header = try header(context, store)
        var folder = try ReportFolder(
            root: settings.reportsFolder, header: header,
            earlier: try context.base.map { try files.files(ofRun: $0.run) } ?? [],
            keepingEqual: context.base?.hasOtherParameterSet != true, replacingUnrecorded: true)
        let unchanged = try UnchangedReports(execution, files)
        let reader = ReportReader(
            execution.database, of: context.pinned, isWhole: execution.scope == .whole, second)
        let stressScenarios = try store.stressScenarios(run: context.run)
        let followsCalls = try self.followsCalls(context, on: execution.database)
        let layouts = inTurn(
            ReportCatalogue.all(
                scenarioCount: max(1, try store.longestArray(run: context.run)),
                stressScenarioCount: stressScenarios, hasLimits: hasLimits, looksAhead: looksAhead,
                attributes: try AttributionStore(execution.database).note(ofRun: context.run)?.isAttributed ?? false,
                followsCalls: followsCalls
            ).filter { !(unchanged.isUnchanged($0) && folder.keep($0.name, totals: [])) })
        let trades = try await TradeReports(execution, reader, threads: settings.threads)
        for (index, layout) in layouts.enumerated() {
            if index + 1 < layouts.count { try reader.begin(layouts[index + 1]) }
            Progress.part("report \(layout.name)")
            try unchanged.keepMembers(layout, in: &folder)
            try write(layout, reader, trades, to: &folder)
            if layout.name == ReportCatalogue.components.name { Failpoint.midFile.reached(.report) }
            try StopSignals.check()
        }
        if stressScenarios > 0, !(unchanged.keepsStress && folder.keep(StressPage.name, totals: [])) {
            Progress.part("report \(StressPage.name)")
            try folder.add(StressPage.page(try StressPageReader(reader).read(), header: header))
        }
        if wanted.pages, context.cycle == .endOfDay {
            Progress.part("pages")
            try NightPages(execution, reader, callsDue: wanted.callsDue)
                .write(
                    to: &folder, header, trades: trades.byMember, isStressed: stressScenarios > 0,
                    followsCalls: followsCalls)
        }
        let totals = folder.controlTotals
        let mismatches = try reconcile(totals)
        if let mismatch = mismatches.first {
            try folder.abandon()
            throw Failure(
                .invariantBroken, "the reports do not reconcile, \(mismatches.count) times: \(mismatch)",
                hint: "nothing was published; keep the database as it is and report this")
        }
        let sealed = try folder.seal()
        Failpoint.afterRename.reached(.report)
        try files.save(sealed, totals: totals, run: context.run, number: context.number)
        try RunLedger(execution.database).complete(run: context.run)
        return Int64(sealed.files.count { $0.runNumber == context.number })
    }

    /// Whether the house records what becomes of calls: at the end of the day, from the first night with an event on.
    private func followsCalls(_ context: RunContext, on database: Database) throws -> Bool {
        try context.cycle == .endOfDay
            && CallEventStore(database).isFollowed(pin: context.pinnedLoad, context.businessDate)
    }

    /// Nil where there is no second session to be had, and where a verification holds all stages in one transaction: no
    /// other session sees their rows.
    private func secondSession(_ execution: StageExecution) throws -> SecondSession? {
        guard execution.followsCommitted, let session = try Session.second(beside: execution.database) else {
            return nil
        }
        return try SecondSession(
            session, beside: execution.database, of: execution.context.pinned, isWhole: execution.scope == .whole)
    }

    /// The reports in the order in which they are written: each that the server is long to begin after one that it is
    /// long to send, so that it begins while that one is read. Files do not hang on it.
    private func inTurn(_ layouts: [ReportLayout]) -> [ReportLayout] {
        let turns = [
            "margin-call", "components", "requirement", "spreads", "requirement-by-owner", "variation-margin",
            "collateral", "positions", "risk-arrays", "greeks", "parameters",
        ]
        let places = Dictionary(turns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return layouts.enumerated().sorted {
            (places[$0.element.name] ?? turns.count, $0.offset) < (places[$1.element.name] ?? turns.count, $1.offset)
        }.map(\.element)
    }

    /// Makes the reports folder and those above it.
    private func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch let error as CocoaError {
            let exitCode: ExitCode =
                switch error.code {
                case .fileWriteNoPermission, .fileWriteVolumeReadOnly: .permission
                case .fileWriteOutOfSpace: .cannotWriteReport
                default: .cannotCreateReport
                }
            let reason = error.code == .fileWriteFileExists ? "a file has this name" : Failure.words(error)
            throw Failure(
                exitCode, "the reports folder \(path) cannot be made: \(reason)",
                hint: "make room for it, or name another with --reports, and start again: what is computed stays")
        }
    }

    private func header(_ context: RunContext, _ store: ReportStore) throws -> RunHeader {
        RunHeader(
            run: context.identity, parameterSet: context.parameterSet.text,
            roundingTable: try store.roundingTable(of: context.parameterSet),
            numbersVersions: Dictionary(
                StageTable.rows.map { ($0.stage.rawValue, Int64($0.numbersVersion)) },
                uniquingKeysWith: { first, _ in first }),
            overrides: try store.overrides(run: context.run))
    }

    private func write(
        _ layout: ReportLayout, _ reader: ReportReader, _ trades: TradeReports, to folder: inout ReportFolder
    ) throws {
        var row = ReportRow(layout)
        switch layout.audience {
        case .member:
            var members = MemberReports(layout)
            if ReportCatalogue.isOfTrades(layout) {
                try trades.stream(layout, into: &row) { row in try members.write(row, to: &folder) }
            } else {
                try reader.stream(layout, into: &row) { row in try members.write(row, to: &folder) }
            }
            try members.finish(&folder)
        case .run:
            var files = try folder.start(layout)
            try reader.stream(layout, into: &row) { row in try files.write(row) }
            try folder.add(files)
        }
    }
}

extension RunContext {
    /// The run as report names and folders spell it.
    package var identity: RunIdentity {
        RunIdentity(
            businessDate: businessDate, cycle: cycle == .endOfDay ? .endOfDay : .intraday, runNumber: number)
    }
}
