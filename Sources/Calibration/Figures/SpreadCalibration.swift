import ClearingModel
import Margining
import Quantities

/// A calendar charge (docs/methodology.md §10.3) or an offset rate (§10.4) calibrated on any day of its legs'
/// histories.
package struct SpreadCalibration: Sendable {
    package let rule: CalibrationRule
    private let legs: [CalibrationLeg]
    private let histories: LegHistories
    private let tail: TailShare

    /// - Throws: `calibration_rule_range` and `calibration_rule_incomplete`, a factor without history among them.
    package init(
        _ rule: CalibrationRule, histories: [RiskFactorCode: FactorHistory]
    ) throws(CalibrationRefusal) {
        try rule.check()
        guard case .legs(let legs) = rule.basis, let tail = TailShare(confidence: rule.confidence) else {
            throw rule.refusal(.ruleIncomplete, column: "factor", "it has no legs")
        }
        self.rule = rule
        self.legs = legs.sorted { $0.number < $1.number }
        self.tail = tail
        self.histories = try LegHistories(rule, histories)
    }

    /// The figure with levels on or before `date`, the first fault of its histories refused.
    package func figure(
        on date: BusinessDate, standing: StandingValue?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        for fault in CalibrationFault.ofHistories {
            if let refusal = refusal(fault, on: date) { throw refusal }
        }
        return try computed(on: date, standing: standing)
    }

    /// The refusal of one fault of histories on a day.
    func refusal(_ fault: CalibrationFault, on date: BusinessDate) -> CalibrationRefusal? {
        histories.refusal(fault, on: date)
    }

    /// The figure where no fault of histories is left.
    func computed(on date: BusinessDate, standing: StandingValue?) throws(CalibrationRefusal) -> CalibratedFigure {
        let dates = histories.commonDates(on: date)
        let moves = try LegMoves(
            rule, legs: legs, histories: histories.histories(of: legs, on: date), dates: dates)
        let windows = LegWindows(rule, dates, on: date)
        if let refusal = windows.refusal { throw refusal }
        return rule.item == .offsetRate
            ? try rate(moves, windows, standing) : try charge(moves, windows, standing)
    }

    private func charge(
        _ moves: LegMoves, _ windows: LegWindows, _ standing: StandingValue?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let sizes = moves.spread.sizes()
        var found: [(name: BoundName, size: MoveSize)] = []
        for window in windows.windows {
            var size = sizes.picked(window.moves).quantile(0..<window.moves.count, tail: tail)
            if window.name == .stressed, let weight = rule.stressedWeight, let plain = found.first?.size {
                size = plain.blended(with: size, weight: weight)
            }
            found.append((window.name, size))
        }
        var bounds: [CalibrationBound] = []
        for (name, size) in found {
            guard let value = size.published else { throw .outOfRange(rule.name, "\(name) of \(size.double)") }
            bounds.append(CalibrationBound(name: name, value: value))
        }
        guard let binding = bounds.first(where: { bound in bounds.allSatisfy { $0.value <= bound.value } }) else {
            throw .outOfRange(rule.name, "no bound")
        }
        return try figure(
            moves.dates, bounds, binding.name, core: binding.value, standing,
            observations: windows.windows[0].moves.count, firstMove: windows.windows[0].moves[0])
    }

    private func rate(
        _ moves: LegMoves, _ windows: LegWindows, _ standing: StandingValue?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let rates = try windows.windows.map { window throws(CalibrationRefusal) in
            (name: window.name, rate: try OffsetRate(moves, window, tail: tail, rule: rule))
        }
        let bounds = rates.map { CalibrationBound(name: $0.name, value: $0.rate.published) }
        guard
            let binding = bounds.indices.first(where: { place in
                bounds.allSatisfy { $0.value >= bounds[place].value }
            })
        else { throw .outOfRange(rule.name, "no window") }
        let (sideA, sideB) = (moves.dailyMoney(of: .a), moves.dailyMoney(of: .b))
        let needed = CorrelationBreakTest.recentDays + CorrelationBreakTest.earlierDays
        guard sideA.count >= needed else {
            throw CalibrationRefusal(
                .tooFewObservations, "\(rule.key) break", table: "risk_factor_level",
                "\(rule.name): \(sideA.count) days for the test of the correlation, \(needed) are needed")
        }
        guard let test = CorrelationBreakTest(sideA, sideB, breakZ: rule.offset.breakZ) else {
            throw CalibrationRefusal(
                .correlationUndefined, "\(rule.key)", table: "risk_factor_level",
                "\(rule.name): a side's money is the same on every day that the correlation is taken over")
        }
        var (name, rate) = (rates[binding].name, rates[binding].rate)
        if rate.isBelow(.zero) { (name, rate) = (.zero, .exact(.zero)) }
        let cap = ExactFraction(rule.offset.cap)
        if rate.isAbove(cap) { (name, rate) = (.cap, .exact(cap)) }
        if test.isBroken { rate = rate.cut(by: rule.offset.breakHaircut) }
        return try figure(
            moves.dates, bounds, name, core: rate.published, standing,
            observations: moves.dates.count - rule.horizonDays, firstMove: 0, test)
    }

    private func figure(
        _ dates: [BusinessDate], _ bounds: [CalibrationBound], _ bound: BoundName, core: ExactDecimal,
        _ standing: StandingValue?, observations: Int, firstMove: Int, _ test: CorrelationBreakTest? = nil
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let stepped = try rule.stepped(core, from: standing?.value)
        return CalibratedFigure(
            item: rule.item, key: rule.key, bounds: bounds, bound: bound, core: core, buffer: nil,
            beforeLimit: stepped.beforeLimit, old: standing?.value, limited: stepped.limited, flag: stepped.flag,
            new: stepped.new, change: stepped.change(from: standing?.value), observations: observations,
            firstDay: dates[firstMove + 1],
            lastDay: dates[dates.count - 1], correlationBreak: test)
    }
}

/// What of the legs' own moves a spread does not lose, over one window: 1 − q(|spread|)/Σ q(|leg|).
enum OffsetRate {
    case exact(ExactFraction)
    case approximate(Double)

    /// - Throws: `history_not_moving` where no leg moves in the window, `calibration_out_of_range`.
    init(
        _ moves: LegMoves, _ window: LegWindows.Window, tail: TailShare, rule: CalibrationRule
    ) throws(CalibrationRefusal) {
        func quantile(_ moves: SignedMoves) -> MoveSize {
            moves.sizes().picked(window.moves).quantile(0..<window.moves.count, tail: tail)
        }
        let legs = moves.moves.map(quantile)
        var exactSum: ExactDecimal? = .zero
        for case .exact(let leg) in legs { exactSum = exactSum?.checkedSum(leg) }
        if case .exact(let spread) = quantile(moves.spread) {
            guard let exactSum else { throw .outOfRange(rule.name, "money of \(window.name)") }
            guard exactSum > .zero else { throw Self.notMoving(window, rule) }
            self = .exact(.one - ExactFraction(spread, over: exactSum))
        } else {
            var sum = 0.0
            for leg in legs { sum += leg.double }
            guard sum > 0 else { throw Self.notMoving(window, rule) }
            self = .approximate(1 - quantile(moves.spread).double / sum)
        }
    }

    private static func notMoving(_ window: LegWindows.Window, _ rule: CalibrationRule) -> CalibrationRefusal {
        CalibrationRefusal(
            .historyNotMoving, "\(rule.key) \(window.name)", table: "risk_factor_level",
            "\(rule.name): no leg moves by more than 0 at the rule's confidence")
    }

    /// At 12 decimals; a rate is at most 1, and no less than minus the number of legs.
    var published: ExactDecimal {
        switch self {
        case .exact(let rate): rate.rounded(toScale: publishedDecimals)
        case .approximate(let rate): ExactDecimal(publishing: rate) ?? .zero
        }
    }

    func isBelow(_ other: ExactFraction) -> Bool {
        switch self {
        case .exact(let rate): rate < other
        case .approximate(let rate): rate < other.double
        }
    }

    func isAbove(_ other: ExactFraction) -> Bool {
        switch self {
        case .exact(let rate): rate > other
        case .approximate(let rate): rate > other.double
        }
    }

    /// The rate less a share of itself.
    func cut(by share: ExactDecimal) -> OffsetRate {
        let rest = ExactDecimal.one - share
        return switch self {
        case .exact(let rate): .exact(rate * ExactFraction(rest))
        case .approximate(let rate): .approximate(rate * rest.double)
        }
    }
}
