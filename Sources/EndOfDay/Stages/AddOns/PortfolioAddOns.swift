import ClearingModel
import MarginCalls
import Margining
import ParallelWork
import Postgres
import Quantities
import Runtime
import Scenarios
import Storage

/// The add-ons that look into portfolios again: correlation underestimation (§7) and wrong-way positions (§9).
///
/// Only where a parameter row asks for one of them are arrays and positions read a second time.
struct PortfolioAddOns {
    private(set) var addOns: [AccountAddOn] = []
    private(set) var underestimations: [(account: AccountCode, CorrelationUnderestimation)] = []

    static func compute(
        _ context: RunContext, _ extent: StageExtent, _ house: ClearingHouse, _ parameters: MarginParameters,
        _ rates: ExchangeRates, _ settings: RunSettings, _ connection: Connection
    ) async throws -> PortfolioAddOns {
        var result = PortfolioAddOns()
        let hasKappa = parameters.accountClasses.contains { $0.correlationUnderestimationKappa != nil }
        guard hasKappa || house.contracts.contains(where: { $0.referenceGroup != nil }) else { return result }
        let inputs = try MarginInputs.load(context, extent, from: connection)
        let positions = try PositionStore(
            connection, house: house, series: inputs.kernel.book.series.map(\.code.text)
        ).load(
            pin: context.pinnedLoad, context.businessDate, cycle: context.cycle,
            accountCount: house.accounts.count)
        let groups = try SimulatedGroups.load(context, house, parameters, from: connection)
        let outcomes = await inChunks(house.accounts.count, threads: settings.threads, completed: Progress.parts) {
            range in
            underestimationOutcomes(of: range, inputs, positions, groups)
        }
        for (account, outcome) in zip(house.accounts, outcomes) {
            guard let underestimation = try outcome.get() else { continue }
            result.underestimations.append((account.code, underestimation))
            let line = try underestimation.line()
            if line.amount.minorUnits > 0 {
                result.addOns.append(AccountAddOn(account: account.code, line: line, converted: line.amount))
            }
        }
        let wrongWay = WrongWayExposures(house: house, inputs: inputs)
        for (place, account) in house.accounts.enumerated() {
            for (owner, line) in try wrongWay.lines(of: account, positions.positions(ofAccount: place)) {
                result.addOns.append(
                    AccountAddOn(
                        account: account.code, owner: owner, line: line,
                        converted: try rates.into(account.callCurrency).converted(requirement: line.amount)))
            }
        }
        return result
    }
}

/// The underestimation of a span of accounts; nil for one without kappa or positions.
private func underestimationOutcomes(
    of range: Range<Int>, _ inputs: MarginInputs, _ positions: PositionBook, _ groups: SimulatedGroups
) -> [Result<CorrelationUnderestimation?, MarginingError>] {
    var scratch = KernelScratch()
    return range.map { place in
        let held = positions.positions(ofAccount: place)
        guard !held.isEmpty, let terms = inputs.accountTerms[place], let kappa = inputs.kappas[place] else {
            return .success(nil)
        }
        do throws(MarginingError) {
            return .success(
                try CorrelationUnderestimation(kappa: kappa) { (cut) throws(MarginingError) in
                    let scanned = try inputs.kernel.requirement(
                        of: terms, positions: held, creditRateCut: cut, scratch: &scratch)
                    return try groups.counted(scanned, of: terms, kernel: inputs.kernel).requirement
                })
        } catch {
            return .failure(error)
        }
    }
}
