import ClearingModel
import Parameters
import Quantities
import Runtime
import Storage
import Stress

/// The largest falls and rises of a risk factor over windows of some days.
package struct FactorWindows: Sendable {
    /// One window.
    package struct Window: Sendable {
        package let from: BusinessDate
        package let to: BusinessDate
        package let first: ExactDecimal
        package let last: ExactDecimal
        package let move: ExactDecimal
    }

    package let factor: RiskFactorCode
    /// Every level that was looked at.
    package let levels: Int
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    /// How all moves are told: as it was wanted, or as differences where some level is zero or less.
    package let kind: StressMoveKind
    /// The largest first, of equal ones the earliest; none overlaps another of its list.
    package let falls: [Window]
    package let rises: [Window]

    /// Looks for them between two days, or in all that is loaded.
    /// - Throws: `Failure` 66 where the factor has not enough levels there.
    package static func find(
        _ factor: RiskFactorCode, span: Int, count: Int, from: BusinessDate?, to: BusinessDate?,
        kind wanted: StressMoveKind, database: Database
    ) throws -> FactorWindows {
        let history = try database.atomically {
            try RiskFactorStore(database).levels(
                of: [factor], from: from, through: to, pin: RunLedger(database).lastLoadSeen())[factor] ?? []
        }
        guard history.count > span, let first = history.first, let last = history.last else {
            throw Failure(
                .inputMissing,
                "risk factor \(factor) has \(plural(Int64(history.count), "level")) there, \(span + 1) are needed",
                hint: "margin load risk_factor_level FILE")
        }
        let kind = history.allSatisfy { $0.level > .zero } ? wanted : .absolute
        let windows = (0..<history.count - span).map { place in
            let (start, end) = (history[place], history[place + span])
            return Window(
                from: start.date, to: end.date, first: start.level, last: end.level,
                move: StressPriceMove.between(start.level, end.level, as: kind).amount)
        }
        return FactorWindows(
            factor: factor, levels: history.count, firstDay: first.date, lastDay: last.date, kind: kind,
            falls: worstWindows(windows.map { -$0.move }, span: span, count: count).map { windows[$0] }
                .filter { $0.move < .zero },
            rises: worstWindows(windows.map(\.move), span: span, count: count).map { windows[$0] }
                .filter { $0.move > .zero })
    }
}
