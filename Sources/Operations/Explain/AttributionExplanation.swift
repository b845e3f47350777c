import Attribution
import ClearingModel
import EndOfDay
import Margining
import Quantities
import Runtime
import Scenarios
import Storage

/// Why an account's requirement and add-ons moved since the night before (docs/methodology.md §13): what the run has
/// kept of it, or worked out when it is asked.
package struct AttributionExplanation: Sendable {
    package let context: RunContext
    /// The run of the business date before that the run was attributed against; where it was not, the one that is
    /// published now.
    package let before: RunContext
    package let account: AccountCode
    /// The requirement first; add-ons that are 0 on both nights are left out.
    package let figures: [AttributedFigure]
    /// Whether the account is called in another currency than the night before: then nothing is attributed.
    package let callCurrencyChanged: Bool

    /// Reads what the run has kept; where its house did not want it or no night before was published then, margins the
    /// states between the two nights. Nothing is written.
    ///
    /// - Throws: `Failure` 66 where the date before has no published run or neither run margins the account; 65 where
    ///   inputs of the one night do not go together with those of the other.
    package static func load(
        _ account: AccountCode, in context: RunContext, threads: Int, from database: Database
    ) async throws -> AttributionExplanation {
        if let kept = try stored(account, in: context, from: database) { return kept }
        return try await computed(account, in: context, threads: threads, from: database)
    }

    /// What the run has kept of the account; nil where it was attributed against no night.
    private static func stored(
        _ account: AccountCode, in context: RunContext, from database: Database
    ) throws -> AttributionExplanation? {
        let store = AttributionStore(database)
        guard let note = try store.note(ofRun: context.run), note.isAttributed, let date = note.businessDateBefore,
            let number = note.runNumberBefore
        else { return nil }
        let before = try RunContext.find(date, cycle: .endOfDay, number: number, from: database)
        let (figures, isOtherCurrency) = try store.figures(
            of: account, run: context.run,
            currencies: try ClearingHouse.load(pinnedAt: context.pinnedLoad, from: database).currencies)
        guard !figures.isEmpty || isOtherCurrency else { throw unmargined(account, before, context) }
        return AttributionExplanation(
            context: context, before: before, account: account, figures: figures,
            callCurrencyChanged: isOtherCurrency)
    }

    private static func unmargined(_ account: AccountCode, _ before: RunContext, _ context: RunContext) -> Failure {
        Failure(
            .inputMissing, "neither \(before.title) nor \(context.title) margins account \(account)",
            hint: context.line(.status))
    }

    /// Margins the states between the two nights for the whole house, since the concentration of a member sees all its
    /// accounts. Reads both nights' inputs whole; cost: `NightAttribution.compute`'s.
    private static func computed(
        _ account: AccountCode, in context: RunContext, threads: Int, from database: Database
    ) async throws -> AttributionExplanation {
        guard let previous = context.previousBusinessDate else {
            throw Failure(
                .inputMissing, "the calendar has no business date before \(context.businessDate)",
                hint: context.line(.explain).replacing("explain ", with: "explain \(account) "))
        }
        let before = try RunContext.find(previous, cycle: .endOfDay, number: nil, from: database)
        Progress.part("reading \(before.title) and \(context.title)")
        let (yesterday, today) = (
            try NightInputs.load(before.pinned, from: database), try NightInputs.load(context.pinned, from: database)
        )
        guard yesterday.published[account] != nil || today.published[account] != nil else {
            throw unmargined(account, before, context)
        }
        let night = try AttributionStore(database).nightBefore(of: context.pinned)
        let first = (night?.reported ?? night?.run).flatMap { $0.id == before.run ? nil : $0 }
        let reported = try first.map { try yesterday.reported(by: $0, from: database) } ?? [:]
        Progress.part("margining the states between")
        let factors = RiskFactorStore(database)
        let attribution: NightAttribution
        do {
            attribution = try await NightAttribution.compute(
                CrossedNights(yesterday: yesterday, today: today), reported: reported, threads: threads
            ) { night, needed, simulation, windows in
                let run = night == .yesterday ? before : context
                return try factors.scenarios(
                    of: needed, simulation, windows: windows, pin: run.pinnedLoad, run.businessDate)
            }
        } catch let error as MarginBookError {
            throw Failure(
                .inputRejected, "\(before.title) and \(context.title) cannot be crossed: \(error)",
                hint: context.line(.explain).replacing("explain ", with: "explain \(account) "))
        }
        return AttributionExplanation(
            context: context, before: before, account: account,
            figures: attribution.figures.filter { $0.account == account },
            callCurrencyChanged: attribution.callCurrencyChanged.contains(account))
    }
}
