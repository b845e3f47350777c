import ClearingModel
import Quantities

/// The histories of a spread's legs on a day: what of them counts, and what they break of the rule
/// (docs/methodology.md §10.1).
struct LegHistories: Sendable {
    private let rule: CalibrationRule
    /// In code order, each factor once.
    private let factors: [FactorReturns]
    private let checks: [HistoryChecks]

    /// One history a factor of the rule.
    init(_ rule: CalibrationRule, _ histories: [RiskFactorCode: FactorHistory]) throws(CalibrationRefusal) {
        self.rule = rule
        var factors: [FactorReturns] = []
        for factor in rule.factors {
            guard let history = histories[factor] else { throw .unknownFactor(factor, rule) }
            factors.append(FactorReturns(history, horizonDays: rule.horizonDays))
        }
        self.factors = factors
        checks = factors.map { HistoryChecks(rule, $0) }
    }

    /// Whether more than the look-back counts.
    private var isWhole: Bool { rule.item == .offsetRate || rule.stressedWeight != nil || rule.floor != nil }

    /// The first fault of this kind: of several factors the first by code.
    func refusal(_ fault: CalibrationFault, on date: BusinessDate) -> CalibrationRefusal? {
        switch fault {
        case .historyHole: return hole(on: date)
        case .tooFewObservations: return LegWindows(rule, commonDates(on: date), on: date).refusal
        default:
            for (factor, check) in zip(factors, checks) {
                let count = factor.history.count(through: date)
                if let refusal = check.refusal(fault, on: date, count: count) { return refusal }
            }
            return nil
        }
    }

    /// The later first day of the look-backs, or of the histories where all of them counts.
    private func firstDay(on date: BusinessDate) -> BusinessDate? {
        zip(factors, checks).compactMap { factor, check in
            let count = factor.history.count(through: date)
            return count == 0 ? nil : factor.history.dates[isWhole ? 0 : count - 1 - check.kept(count)]
        }.max()
    }

    /// The days from that one on, where no leg has a hole those of every leg.
    func commonDates(on date: BusinessDate) -> [BusinessDate] {
        guard let first = firstDay(on: date) else { return [] }
        return factors[0].history.dates.filter { $0 >= first && $0 <= date }
    }

    /// The histories up to a day, by the legs' order.
    func histories(of legs: [CalibrationLeg], on date: BusinessDate) -> [FactorHistory] {
        let byFactor = Dictionary(
            factors.map { ($0.history.factor, $0.history) }, uniquingKeysWith: { first, _ in first })
        return legs.compactMap { $0.source.factor.flatMap { byFactor[$0] }?.through(date) }
    }

    private func hole(on date: BusinessDate) -> CalibrationRefusal? {
        guard factors.count > 1, let first = firstDay(on: date) else { return nil }
        let days = factors.map { factor in Set(factor.history.dates.filter { $0 >= first && $0 <= date }) }
        let all = days.reduce(into: Set<BusinessDate>()) { $0.formUnion($1) }.sorted()
        for (factor, own) in zip(factors, days) {
            guard let day = all.first(where: { !own.contains($0) }) else { continue }
            return CalibrationRefusal(
                .historyHole, "\(factor.history.factor) \(day)", table: "risk_factor_level",
                "\(rule.name): another factor has a level on this day and it has none")
        }
        return nil
    }
}

extension FactorHistory {
    /// The levels on or before a date.
    func through(_ date: BusinessDate) -> FactorHistory {
        let count = count(through: date)
        return FactorHistory(
            unchecked: factor, returnKind: returnKind, dates: Array(dates.prefix(count)),
            levels: Array(levels.prefix(count)))
    }
}

extension CalibrationRefusal {
    /// A rule of a factor that there is not.
    static func unknownFactor(_ factor: RiskFactorCode, _ rule: CalibrationRule) -> CalibrationRefusal {
        CalibrationRefusal(
            .ruleIncomplete, rule.name, table: rule.isOfLegs ? "calibration_leg" : "calibration_rule",
            column: "factor", "\(factor) is no risk factor")
    }
}
