import ClearingModel
import Quantities

/// A figure of a parameter row that is another tonight than on the night before.
package struct ParameterMove: Sendable {
    let place: AlarmPlace
    /// Nil where the row is about no one combined commodity.
    let combinedCommodity: CombinedCommodityCode?
    let before: ExactDecimal
    let after: ExactDecimal

    package init(
        at place: AlarmPlace, combinedCommodity: CombinedCommodityCode?, before: ExactDecimal, after: ExactDecimal
    ) {
        self.place = place
        self.combinedCommodity = combinedCommodity
        self.before = before
        self.after = after
    }

    /// Share of what it was; infinite from zero.
    private var share: Double {
        before == .zero ? .infinity : ((after.double - before.double) / before.double).magnitude
    }

    /// The changes beyond the share, of a row the largest, of equal ones the first column's; in their order.
    static func jumps(among changes: [ParameterMove], beyond jumpShare: ExactDecimal) -> [ParameterMove] {
        var jumps: [ParameterMove] = []
        for change in changes where change.share > jumpShare.double {
            if let last = jumps.last, last.place.table == change.place.table, last.place.rowKey == change.place.rowKey {
                if change.share > last.share { jumps[jumps.count - 1] = change }
            } else {
                jumps.append(change)
            }
        }
        return jumps
    }

    var alarm: MonitoringAlarm {
        MonitoringAlarm(
            rule: .parameterJump, place: place, value: "\(after)",
            message: "was \(before) on the night before")
    }
}
