import Attribution
import ClearingModel
import EndOfDay
import Margining
import Quantities
import Runtime
import Scenarios
import Storage

/// Why an account's requirement and add-ons moved since the night before, worked out when it is asked
/// (docs/methodology.md §13).
package struct AttributionExplanation: Sendable {
    package let context: RunContext
    /// The run of the business date before that is published now.
    package let before: RunContext
    package let account: AccountCode
    /// The requirement first; add-ons that are 0 on both nights are left out.
    package let figures: [AttributedFigure]
    /// Whether the account is called in another currency than the night before: then nothing is attributed.
    package let callCurrencyChanged: Bool

    /// Margins the states between the two nights for the whole house, since the concentration of a member sees all its
    /// accounts. Reads both nights' inputs whole; cost: `NightAttribution.compute`'s. Nothing is written.
    ///
    /// - Throws: `Failure` 66 where the date before has no published run or neither run margins the account; 65 where
    ///   inputs of the one night do not go together with those of the other.
    package static func load(
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
            throw Failure(
                .inputMissing, "neither \(before.title) nor \(context.title) margins account \(account)",
                hint: context.line(.status))
        }
        Progress.part("margining the states between")
        let factors = RiskFactorStore(database)
        let attribution: NightAttribution
        do {
            attribution = try await NightAttribution.compute(
                CrossedNights(yesterday: yesterday, today: today), threads: threads
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
