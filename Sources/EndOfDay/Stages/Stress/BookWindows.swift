import ClearingModel
import Parameters
import Quantities
import Runtime
import Scenarios
import Storage
import Stress

/// The windows of history that would be worst for a run's book, or for one account of it: what the mapped risk factors
/// did in each is done to the book, every series valued in full.
package struct BookWindows: Sendable {
    /// One window, in minor units of the base currency.
    package struct Window: Sendable {
        package let from: BusinessDate
        package let to: BusinessDate
        package let outcome: WindowOutcome
    }

    package let base: Currency
    /// Of an account its R, else 0.
    package let cover: Int64
    package let fund: Int64
    /// What moves, by combined commodity.
    package let factors: [(combinedCommodity: CombinedCommodityCode, mapping: RiskFactorMapping)]
    package let history: CommonHistory
    /// The worst first, of equal ones the earliest; none overlaps another.
    package let windows: [Window]

    /// Looks for them between two days, or in all that was loaded up to the business date; an account's by its
    /// exposure, the book's by Cover-2.
    /// - Throws: `Failure` 66 for an account that is not there, 65 where the run's set has no stress set, a combined
    ///   commodity that is held has no factor, or the factors have no window in common; `StressRefusal`.
    package static func find(
        _ context: RunContext, account: AccountCode?, span: Int, count: Int, from: BusinessDate?, to: BusinessDate?,
        kind: StressMoveKind, threads: Int, _ database: Database
    ) async throws -> BookWindows {
        let parameters = try ParameterSet.load(context.parameters, from: database)
        guard let set = parameters.stress else {
            throw Failure(
                .inputRejected, "parameter set \(context.parameterSet) has no stress set",
                hint: "load a set with a row of stress_set")
        }
        let inputs = try StressInputs.load(context, parameters, set, from: database)
        guard let book = try WindowedBook(inputs, account: account) else {
            throw Failure(
                .inputMissing, "\(context.title) has no account \(account.map { "\($0)" } ?? "")",
                hint: context.line(.status))
        }
        let mappings = try mappings(
            of: book, among: RiskFactorStore(database).mappings(of: context.parameters), context.parameterSet)
        let factors = mappings.flatMap { [$0.priceFactor] + ($0.volatilityFactor.map { [$0] } ?? []) }
        let last = min(to ?? context.businessDate, context.businessDate)
        let history = CommonHistory(
            factors,
            try RiskFactorStore(database).levels(of: factors, from: from, through: last, pin: context.pinnedLoad))
        guard history.dates.count > span else {
            throw Failure(
                .inputRejected,
                "\(plural(Int64(history.dates.count), "day")) with a level of every factor, \(span + 1) are needed",
                hint: "margin load risk_factor_level FILE, or fewer --days")
        }
        let places = 0..<history.dates.count - span
        let outcomes = try await book.outcomes(
            places.map { place in
                (
                    StressScenarioCode("\(history.dates[place])_\(history.dates[place + span])"),
                    mappings.map { history.move(of: $0, at: place, span, kind) }
                )
            }, threads: threads)
        let worst = worstWindows(
            outcomes.map { account == nil ? $0.coverTwo : $0.exposure }, span: span, count: count)
        return BookWindows(
            base: book.base, cover: book.cover, fund: book.fund,
            factors: mappings.map { ($0.combinedCommodity, $0) }, history: history,
            windows: worst.map {
                Window(from: history.dates[$0], to: history.dates[$0 + span], outcome: outcomes[$0])
            })
    }

    /// What moves each combined commodity that is held, by code.
    private static func mappings(
        of book: WindowedBook, among mapped: [RiskFactorMapping], _ set: ParameterSetCode
    ) throws -> [RiskFactorMapping] {
        let held = book.heldCommodities
        guard !held.isEmpty else {
            throw Failure(.inputMissing, "nothing is held that a window could move")
        }
        return try held.map { code in
            guard let mapping = mapped.first(where: { $0.combinedCommodity == code && $0.series == nil }) else {
                throw Failure(
                    .inputRejected,
                    "parameter set \(set) maps combined commodity \(code) to no risk factor as a whole",
                    hint: "load a set with a row of risk_factor_mapping for it")
            }
            return mapping
        }
    }
}

extension CommonHistory {
    /// What a window moves a combined commodity by.
    fileprivate func move(
        of mapping: RiskFactorMapping, at place: Int, _ span: Int, _ kind: StressMoveKind
    ) -> StressMove {
        func ends(_ factor: RiskFactorCode) -> (ExactDecimal, ExactDecimal) {
            guard let levels = levels[factor] else { preconditionFailure("every factor was read") }
            return (levels[place], levels[place + span])
        }
        let price = ends(mapping.priceFactor)
        let volatility = mapping.volatilityFactor.map(ends)
        return StressMove(
            combinedCommodity: mapping.combinedCommodity, price: .between(price.0, price.1, as: kind),
            volatility: volatility.map { .between($0.0, $0.1) } ?? .relative(.zero))
    }
}
