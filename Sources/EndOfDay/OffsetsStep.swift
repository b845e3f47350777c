import ClearingModel
import Margining
import Postgres
import Quantities
import Storage

/// Computes every account's requirement from the published arrays: scanning risk, spreads, delivery, credits, short
/// option minimum, net option value, cap, conversion.
struct OffsetsStep: StageStep {
    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let inputs = try MarginInputs.load(context, extent, from: connection)
        let positions = try PositionStore(
            connection, house: inputs.house, series: inputs.kernel.book.series.map(\.code.text)
        ).load(
            pin: context.pinnedLoad, context.businessDate, cycle: context.cycle.rawValue,
            accountCount: inputs.house.accounts.count)
        let outcomes = await inChunks(inputs.house.accounts.count, threads: settings.threads) { range in
            requirementOutcomes(of: range, inputs, positions)
        }
        let requirements = try outcomes.map { try $0.get() }
        return try RequirementStore(connection, book: inputs.kernel.book, house: inputs.house).save(
            requirements, run: context.run
        ) { Failpoint.midCopy.reached(.offsets) }
    }
}

/// The requirements of a span of accounts; nil for one without positions.
private func requirementOutcomes(
    of range: Range<Int>, _ inputs: MarginInputs, _ positions: PositionBook
) -> [Result<AccountRequirement?, MarginingError>] {
    var scratch = KernelScratch()
    return range.map { place in
        let held = positions.positions(ofAccount: place)
        guard !held.isEmpty, let terms = inputs.accountTerms[place] else { return .success(nil) }
        do throws(MarginingError) {
            return .success(try inputs.kernel.requirement(of: terms, positions: held, scratch: &scratch))
        } catch {
            return .failure(error)
        }
    }
}
