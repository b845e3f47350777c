import ClearingModel
import Quantities
import Scenarios

/// Returns of several factors between days that all of them have, up to a day, over a horizon and without a day in two
/// of them (docs/methodology.md §10.6).
///
/// A factor with a fault is left out by name and the others are looked at without it: an opinion on one spread does not
/// hang on the history of another.
struct ReturnPanel: Sendable {
    /// In code order.
    let factors: [RiskFactorCode]
    /// Between which returns are taken, the last common day and every so many before it: one more than returns. Empty
    /// without a factor.
    let dates: [BusinessDate]
    /// By factor; the first ends on the second of the dates.
    let returns: [[Double]]
    /// By factor the standard deviation of a return, divisor the number of returns; above 0.
    let deviations: [Double]
    /// By factor the last level where returns are logarithms, else 1: what turns a return into a price move.
    let priceScales: [Double]
    /// Why a factor is left out.
    let refusals: [RiskFactorCode: CalibrationRefusal]

    /// Columns in code order, each factor once. O(factors · look-back).
    init(_ columns: [LearnedFactor], on date: BusinessDate, horizonDays: Int, _ terms: LearningTerms) {
        var refusals: [RiskFactorCode: CalibrationRefusal] = [:]
        var kept: [LearnedFactor] = []
        func leave(_ refusal: (LearnedFactor) -> CalibrationRefusal?) {
            kept.removeAll { column in
                guard let refusal = refusal(column) else { return false }
                refusals[column.factor] = refusal
                return true
            }
        }
        kept = columns
        leave { $0.refusal(on: date, terms) }
        let usual = Self.usualDays(kept, through: date, terms)
        leave { Self.hole($0, usual) }
        let common = Self.commonDays(kept, among: usual)
        leave { Self.commonFault($0, common, horizonDays, terms) }
        let picked = stride(from: common.count - 1, through: 0, by: -horizonDays).map { common[$0] }
        let ends = Array(picked.reversed())
        var returns: [[Double]] = []
        for column in kept { returns.append(Self.returns(column, ends)) }
        let moving = returns.map { own in own.contains { $0 != own.first } }
        for (column, isMoving) in zip(kept, moving) where !isMoving {
            refusals[column.factor] = column.refused(.historyNotMoving, "its return is the same every day")
        }
        kept = zip(kept, moving).compactMap { $1 ? $0 : nil }
        returns = zip(returns, moving).compactMap { $1 ? $0 : nil }
        factors = kept.map(\.factor)
        dates = kept.isEmpty ? [] : ends
        self.returns = returns
        deviations = returns.map(Self.deviation)
        priceScales = kept.map { $0.returnKind == .log ? $0.levels(on: ends.suffix(1))[0] : 1 }
        self.refusals = refusals
    }

    /// Days of the look-back on which more than half of the factors have a level, ascending.
    private static func usualDays(
        _ columns: [LearnedFactor], through date: BusinessDate, _ terms: LearningTerms
    ) -> [BusinessDate] {
        guard let first = columns.compactMap({ $0.firstDay(on: date, terms) }).min() else { return [] }
        var counts = [Int](repeating: 0, count: first.days(to: date) + 1)
        for column in columns {
            let end = column.dates.count(through: date)
            var place = end - 1
            while place >= 0, column.dates[place] >= first {
                counts[first.days(to: column.dates[place])] += 1
                place -= 1
            }
        }
        let days = counts.indices.filter { 2 * counts[$0] > columns.count }.map { first.adding(days: $0) }
        return Array(days.suffix(terms.lookBackDays + 1))
    }

    /// A factor that lacks more than a tenth of the usual days since its first level among them.
    private static func hole(_ column: LearnedFactor, _ usual: [BusinessDate]) -> CalibrationRefusal? {
        let own = usual.filter { day in column.dates.first.map { $0 <= day } ?? false }
        let missing = zip(own, column.has(own)).compactMap { $1 ? nil : $0 }
        guard let day = missing.first, 10 * missing.count > own.count else { return nil }
        return CalibrationRefusal(
            .historyHole, "\(column.factor) \(day)", table: "risk_factor_level",
            "second opinion: \(missing.count) of \(own.count) days of the other factors have no level of it")
    }

    private static func commonDays(_ columns: [LearnedFactor], among days: [BusinessDate]) -> [BusinessDate] {
        columns.reduce(days) { kept, column in zip(kept, column.has(kept)).compactMap { $1 ? $0 : nil } }
    }

    /// What the common days break: told of every factor, for each of them is one side of it.
    private static func commonFault(
        _ column: LearnedFactor, _ days: [BusinessDate], _ horizonDays: Int, _ terms: LearningTerms
    ) -> CalibrationRefusal? {
        if let place = days.indices.dropFirst().first(where: { days[$0 - 1].days(to: days[$0]) > terms.maxGapDays }) {
            return CalibrationRefusal(
                .historyGap, "\(column.factor) \(days[place])", table: "risk_factor_level",
                "second opinion: the common day before is \(days[place - 1]), more than \(terms.maxGapDays) days")
        }
        let needed = max(terms.minObservations, 2 * horizonDays)
        guard days.count > needed else {
            return column.refused(
                .tooFewObservations,
                "\(max(days.count - 1, 0)) days between common ones, \(needed) are needed")
        }
        return nil
    }

    private static func returns(_ column: LearnedFactor, _ days: [BusinessDate]) -> [Double] {
        let levels = column.levels(on: days)
        return zip(levels, levels.dropFirst()).map { column.returnKind.change(from: $0, to: $1) }
    }

    private static func deviation(_ returns: [Double]) -> Double {
        let centred = centred(returns)
        var squares = 0.0
        for value in centred { squares += value * value }
        return (squares / Double(centred.count)).squareRoot()
    }
}

/// Values less their mean, added up in their order.
func centred(_ values: [Double]) -> [Double] {
    var sum = 0.0
    for value in values { sum += value }
    let mean = sum / Double(values.count)
    return values.map { $0 - mean }
}
