import ClearingModel
import Monitoring
import Postgres
import Quantities

/// A published night that a run is compared with.
package struct EarlierNight: Sendable {
    let run: Int64
    package let businessDate: BusinessDate
    let parameterSet: ParameterSetCode
    let load: Int64
}

/// What monitoring saw on a night, and reads on the nights after it.
package struct MonitoringStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The nights before a run's, newest first, at most so many.
    package func nights(
        before date: BusinessDate, cycle: Cycle, runNumber: Int32, atMost count: Int
    ) throws -> [EarlierNight] {
        try connection.rows(
            .monitoredNights, [date.value, cycle.value, .int32(runNumber), .int64(Int64(count))]
        ).map { row in
            EarlierNight(
                run: try row.int64("run_id"), businessDate: BusinessDate(dayNumber: try row.date("business_date")),
                parameterSet: try row.code("parameter_set"), load: try row.int64("pinned_load_id"))
        }
    }

    /// What the nights left, newest first: a statement a night.
    package func history(_ nights: [EarlierNight]) throws -> FigureHistory {
        var history = FigureHistory()
        for (place, night) in nights.enumerated() {
            try connection.stream(.monitoredFigures, [.int64(night.run)]) { row in
                let (kind, subject, measure) = (try row.text(), try row.text(), try row.text())
                guard let kind = SubjectKind(rawValue: kind), let measure = FigureMeasure(rawValue: measure) else {
                    throw UnreadableValue(column: "measure", value: "\(kind) \(measure)")
                }
                history.add(
                    ReviewedFigure(
                        key: FigureKey(kind, subject, measure), amount: try row.decimal(),
                        toldAmount: try row.decimalOrNull()), isLastNight: place == 0)
            }
        }
        return history
    }

    /// What a night told of limits.
    package func toldLimits(of night: EarlierNight) throws -> [MemberCode: [LimitMeasure: ToldLimit]] {
        var told: [MemberCode: [LimitMeasure: ToldLimit]] = [:]
        for row in try connection.rows(.monitoredLimits, [.int64(night.run)]) {
            let measure: LimitMeasure = try row.choice("measure")
            told[try row.code("member"), default: [:]][measure] = ToldLimit(
                try row.choice("state"), utilisation: try row.decimal("told_utilisation"))
        }
        return told
    }

    /// Writes what is kept of a night.
    package func save(_ review: NightReview, base: CurrencyCode, run: Int64) throws {
        try connection.copyIn(
            """
            copy margin.monitored_figure (run_id, subject_kind, subject, measure, amount, told_amount)
                from stdin (format binary)
            """
        ) { writer in
            for figure in review.figures {
                try writer.row(6)
                writer.int64(run)
                for text in [figure.key.kind.rawValue, figure.key.subject, figure.key.measure.rawValue] {
                    writer.text(text)
                }
                writer.decimal(figure.amount)
                writer.decimalOrNull(figure.toldAmount)
            }
        }
        try connection.copyIn(
            """
            copy margin.limit_utilisation (run_id, member, measure, figure, limit_amount, currency, utilisation, state,
                told_utilisation) from stdin (format binary)
            """
        ) { writer in
            for used in review.limits {
                try writer.row(9)
                writer.int64(run)
                writer.text(used.limit.member.text)
                writer.text(used.limit.measure.rawValue)
                writer.decimalOrNull(used.figure)
                writer.decimal(used.limit.amount)
                writer.text(used.limit.measure.isMoney ? base.description : "")
                writer.decimalOrNull(used.utilisation)
                writer.text(used.state.rawValue)
                writer.decimalOrNull(used.toldUtilisation)
            }
        }
    }
}
