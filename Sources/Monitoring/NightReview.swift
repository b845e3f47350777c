import ClearingModel
import Quantities

/// What is known of a night and of those before it.
package struct MonitoredNight: Sendable {
    let terms: MonitoringTerms
    let house: MonitoredHouse
    let history: FigureHistory
    /// The limits in force, in the order of member and measure.
    let limits: [MemberLimit]
    /// What the night before left of limits, by member and measure.
    let toldLimits: [MemberCode: [LimitMeasure: ToldLimit]]
    /// Floors and caps that are touched, in order.
    let touched: [FigureKey]
    /// By table, row key and column.
    let parameterMoves: [ParameterMove]

    package init(
        _ terms: MonitoringTerms, house: MonitoredHouse, history: FigureHistory, limits: [MemberLimit],
        toldLimits: [MemberCode: [LimitMeasure: ToldLimit]], touched: [FigureKey], parameterMoves: [ParameterMove]
    ) {
        self.terms = terms
        self.house = house
        self.history = history
        self.limits = limits
        self.toldLimits = toldLimits
        self.touched = touched
        self.parameterMoves = parameterMoves
    }
}

/// A night looked at: what is kept of it, and what is told (docs/methodology.md §8.8).
package struct NightReview: Sendable {
    /// By key.
    package let figures: [ReviewedFigure]
    /// By member and measure.
    package let limits: [LimitUtilisation]
    /// By rule, table, row key and column.
    package let alarms: [MonitoringAlarm]

    package init(of night: MonitoredNight) {
        let jumps = ParameterMove.jumps(among: night.parameterMoves, beyond: night.terms.jumpShare)
        var moves = FigureMoves(night.terms, night.history, jumps)
        let seen = night.house.figures.sorted { $0.key < $1.key }
        for kind in [SubjectKind.position, .account, .member] {
            moves.review(seen.filter { $0.key.kind == kind })
        }
        limits = night.limits.map { limit in
            LimitUtilisation(
                of: night.house.figure(limit.measure, of: limit.member, history: night.history), limit,
                told: night.toldLimits[limit.member]?[limit.measure], night.terms)
        }
        let bounds = night.touched.map { Self.count($0, night.history, night.terms) }
        figures = moves.figures + bounds.map(\.figure)
        alarms =
            (moves.alarms + limits.compactMap(\.alarm) + jumps.map(\.alarm) + bounds.compactMap(\.alarm))
            .sorted { Self.order($0) < Self.order($1) }
    }

    private static func order(_ alarm: MonitoringAlarm) -> (Int, String, String, String) {
        (
            MonitoringRule.allCases.firstIndex(of: alarm.rule) ?? 0, alarm.place.table, alarm.place.rowKey,
            alarm.place.column
        )
    }

    /// Counts a night at a bound; it is told once, until it has been away for a night.
    private static func count(
        _ key: FigureKey, _ history: FigureHistory, _ terms: MonitoringTerms
    ) -> (figure: ReviewedFigure, alarm: MonitoringAlarm?) {
        let before = history.lastNight(of: key)
        let nights = (before?.amount ?? .zero) + .one
        let isTold = before?.toldAmount == nil && nights >= ExactDecimal(terms.stuckNights)
        let figure = ReviewedFigure(key: key, amount: nights, toldAmount: isTold ? nights : before?.toldAmount)
        guard isTold else { return (figure, nil) }
        let bound = key.measure.bound
        return (
            figure,
            MonitoringAlarm(
                rule: .stuckFigure,
                place: AlarmPlace(table: bound.table, rowKey: key.subject, column: bound.column),
                value: "\(nights)", message: "at this bound for \(nights) nights in a row")
        )
    }
}
