import Calibration
import ClearingModel
import Quantities
import Scenarios

/// The days of a walk-forward from its first calibration on, in money (docs/methodology.md §12.1).
struct WalkedDays {
    private let terms: WalkForwardTerms
    private let history: FactorHistory
    private let firstPlace: Int

    init(_ terms: WalkForwardTerms, _ history: FactorHistory, firstPlace: Int) {
        self.terms = terms
        self.history = history
        self.firstPlace = firstPlace
    }

    /// A margin and a loss a day; `losses` are another walk's of the same contract, days and horizon.
    /// - Throws: `ValidationRefusal` `validation_out_of_range`.
    func days(
        _ steps: [WalkForward.Step], losses: [WalkForward.Day]?
    ) throws(ValidationRefusal) -> [WalkForward.Day] {
        let isFraction = terms.rule.kind?.isFraction ?? false
        var days: [WalkForward.Day] = []
        days.reserveCapacity(history.dates.count - firstPlace)
        var (margin, range): (Int64, ExactDecimal?) = (0, nil)
        for place in firstPlace..<history.dates.count {
            let number = place - firstPlace
            let value = steps[number / terms.recalibrateDays].value
            // Most days ask for what the day before asked for.
            if isFraction {
                margin = try money(value.checkedProduct(history.levels[place].magnitude), place)
            } else if !(range?.isAlike(value) ?? false) {
                (margin, range) = (try money(value, place), value)
            }
            let loss = if let losses { losses[number].longLoss } else { try self.loss(place) }
            days.append(WalkForward.Day(date: history.dates[place], margin: margin, longLoss: loss))
        }
        return days
    }

    /// What a long contract loses from a place over the horizon; nil where the history ends before.
    private func loss(_ place: Int) throws(ValidationRefusal) -> Int64? {
        let end = place + terms.rule.horizonDays
        guard end < history.levels.count else { return nil }
        return try money(history.levels[place] - history.levels[end], place)
    }

    private func money(_ price: ExactDecimal?, _ place: Int) throws(ValidationRefusal) -> Int64 {
        guard let price,
            let units = price.minorUnits(times: terms.contractValueFactor, decimals: terms.currency.decimals)
        else {
            throw ValidationRefusal(
                .outOfRange, "\(history.factor) \(history.dates[place])", table: "walk_forward",
                "a margin or move leaves 64 bits of minor units")
        }
        return units
    }
}

extension FactorHistory {
    /// RV of each of the factor's days, of the `window` returns that end by then; nil where there are fewer.
    package func realisedVolatilities(window: Int = Procyclicality.usualWindow) -> [Double?] {
        let returns = zip(levels, levels.dropFirst()).map { from, to in
            returnKind == .absolute ? (to - from).double : returnKind.change(from: from.double, to: to.double)
        }
        return [nil] + Validation.realisedVolatilities(returns, window: window)
    }
}
