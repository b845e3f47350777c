import Attribution
import ClearingModel
import Margining
import Quantities
import Runtime
import Scenarios
import Storage

/// Says why requirements and add-ons moved since the night before, for a house that wants it (docs/methodology.md §13).
///
/// The end of the day alone has a night before. Of two nights that cannot be crossed the run notes why, and the night
/// goes on. Both nights are read whole, also where a base is compared with: a price that was corrected moves states of
/// accounts that no longer hold the series.
struct AttributionStep: StageStep {
    /// Each night makes its own table of accounts while it is read.
    func openScope(_ execution: StageExecution) throws {}

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let (context, database) = (execution.context, execution.database)
        let run = context.pinned
        guard run.cycle == .endOfDay,
            try NextNightStore(database).wanted(pin: run.load, run.businessDate).attribution
        else { return 0 }
        let store = AttributionStore(database)
        guard let before = try nightBefore(execution, store) else {
            try store.note(nil, of: run)
            let date = run.previousBusinessDate.map { "no run of \($0) is published" }
            settings.log.info(
                .unattributed,
                "\(context.title) is attributed to nothing: \(date ?? "the calendar has no business date before")",
                context.logFields(.attribution))
            return 0
        }
        do {
            let changes = try await NightChanges.compute(from: before, to: run, threads: settings.threads, database)
            try store.note(before, of: run)
            return try changes.save(from: before, to: run, store) { Failpoint.midCopy.reached(.attribution) }
        } catch let refusal as any RefusedCalculation {
            try store.note(before, of: run, refusal: "\(refusal)")
            settings.log.notice(
                .unattributed, "\(context.title) cannot be attributed against \(before.run.businessDate): \(refusal)",
                context.logFields(.attribution))
            return 0
        }
    }

    /// Nil where no run of the date before is published, or its results are archived.
    /// - Throws: `Failure` 66 where a run that is computed again was attributed against one that is archived since.
    private func nightBefore(_ execution: StageExecution, _ store: AttributionStore) throws -> NightBefore? {
        guard let before = try store.nightBefore(of: execution.context.pinned) else { return nil }
        if try ArchiveStore(execution.database).archive(holding: before.run.businessDate) != nil {
            guard !execution.followsCommitted else { return nil }
            try RunContext.refuseArchived(before.run.businessDate, as: .inputMissing, from: execution.database)
        }
        return before
    }
}

/// What moved a house's figures from one night to the next, with what lies below the effects.
private struct NightChanges {
    let attribution: NightAttribution
    let positions: [AttributedPosition]
    let weights: [AttributedWeight]
    /// By account of either night, as the later one has it.
    let members: [AccountCode: MemberCode]
    let callCurrencies: [AccountCode: CurrencyCode]

    /// Reads both nights and margins the states between.
    static func compute(
        from before: NightBefore, to run: PinnedRun, threads: Int, _ database: Database
    ) async throws -> NightChanges {
        Progress.part("reading both nights")
        let yesterday = try NightInputs.read(before.run, from: database)
        let today = try NightInputs.read(run, from: database)
        let vegas = try PublishedArrayStore(database).vegas(run: run.id, pin: run.load)
        let reported = try before.reported.map { try yesterday.reported(by: $0, from: database) } ?? [:]
        Progress.part("margining the states between")
        let factors = RiskFactorStore(database)
        let nights = try CrossedNights(yesterday: yesterday, today: today)
        let attribution = try await NightAttribution.compute(nights, reported: reported, threads: threads) {
            night, needed, simulation, windows in
            let pinned = night == .yesterday ? before.run : run
            return try factors.scenarios(
                of: needed, simulation, windows: windows, pin: pinned.load, pinned.businessDate)
        }
        var (members, currencies) = ([AccountCode: MemberCode](), [AccountCode: CurrencyCode]())
        for account in yesterday.house.accounts + today.house.accounts {
            members[account.code] = account.member
            currencies[account.code] = account.callCurrency
        }
        return NightChanges(
            attribution: attribution, positions: nights.changedPositions(), weights: nights.weights(vegas: vegas),
            members: members, callCurrencies: currencies)
    }

    /// Writes all of it, and of the parameters the rows that changed. Returns the rows written.
    func save(
        from before: NightBefore, to run: PinnedRun, _ store: AttributionStore, midway: () -> Void
    ) throws -> Int64 {
        var rows = try store.save(attribution, members: members, currencies: callCurrencies, run: run.id)
        midway()
        rows += try store.save(positions, run: run.id)
        rows += try store.save(weights, run: run.id)
        return try rows
            + store.saveParameters(of: StageTable.attributed.sorted(), from: before.run, to: run)
    }
}
