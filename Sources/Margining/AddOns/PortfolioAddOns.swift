import ClearingModel
import ParallelWork
import Parameters
import Quantities

/// The add-ons that look into portfolios again: correlation underestimation (§7) and wrong-way positions (§9).
struct PortfolioAddOns {
    private(set) var addOns: [AccountAddOn] = []
    private(set) var underestimations: [(account: AccountCode, CorrelationUnderestimation)] = []

    /// Nothing where no row asks for one of them.
    static func compute(
        _ inputs: AddOnInputs, threads: Int, completed: (Int, Int) -> Void
    ) async throws -> PortfolioAddOns {
        var result = PortfolioAddOns()
        guard let portfolios = inputs.portfolios else { return result }
        let house = inputs.house
        let kappas = kappas(house, inputs.parameters.accountClasses)
        let outcomes = await inChunks(house.accounts.count, threads: threads, completed: completed) { range in
            underestimationOutcomes(of: range, portfolios, kappas, inputs.groups)
        }
        for (account, outcome) in zip(house.accounts, outcomes) {
            guard let underestimation = try outcome.get() else { continue }
            result.underestimations.append((account.code, underestimation))
            let line = try underestimation.line()
            if line.amount.minorUnits > 0 {
                result.addOns.append(AccountAddOn(account: account.code, line: line, converted: line.amount))
            }
        }
        let wrongWay = WrongWayExposures(
            house: house, book: portfolios.kernel.book, prices: portfolios.settlementPrices)
        for (index, account) in house.accounts.enumerated() {
            for (owner, line) in try wrongWay.lines(of: account, portfolios.positions.positions(ofAccount: index)) {
                result.addOns.append(
                    AccountAddOn(
                        account: account.code, owner: owner, line: line,
                        converted: try inputs.rates.into(account.callCurrency).converted(requirement: line.amount)))
            }
        }
        return result
    }

    /// Parallel to the house's accounts; nil where correlation is not doubted.
    private static func kappas(_ house: ClearingHouse, _ classes: [AccountClassMargin]) -> [ExactDecimal?] {
        let kappas = Dictionary(
            classes.compactMap { row in row.correlationUnderestimationKappa.map { (row.accountClass, $0) } },
            uniquingKeysWith: { first, _ in first })
        return house.accounts.map { kappas[$0.accountClass] }
    }
}

/// The underestimation of a span of accounts; nil for one without kappa or positions.
private func underestimationOutcomes(
    of range: Range<Int>, _ portfolios: MarginedPortfolios, _ kappas: [ExactDecimal?], _ groups: SimulatedGroups
) -> [Result<CorrelationUnderestimation?, MarginingError>] {
    var scratch = KernelScratch()
    return range.map { index in
        let held = portfolios.positions.positions(ofAccount: index)
        guard !held.isEmpty, let terms = portfolios.accountTerms[index], let kappa = kappas[index] else {
            return .success(nil)
        }
        do throws(MarginingError) {
            return .success(
                try CorrelationUnderestimation(kappa: kappa) { (cut) throws(MarginingError) in
                    let scanned = try portfolios.kernel.requirement(
                        of: terms, positions: held, creditRateCut: cut, scratch: &scratch)
                    return try groups.applied(scanned, of: terms, kernel: portfolios.kernel).requirement
                })
        } catch {
            return .failure(error)
        }
    }
}
