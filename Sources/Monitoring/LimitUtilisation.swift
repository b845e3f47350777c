import ClearingModel
import Quantities

/// What of a member is limited; the raw value is the database's.
package enum LimitMeasure: String, CaseIterable, Sendable {
    /// Requirement and add-ons of its accounts.
    case margin
    /// Its worst shortfall under stress.
    case stressShortfall = "stress_shortfall"
    /// Its largest share of a combined commodity's open interest.
    case openInterestShare = "open_interest_share"
    /// Accepted collateral over what it is required and owes: a limit from below.
    case collateralCover = "collateral_cover"
    /// Nights of those looked back on, tonight among them, with its worst shortfall above the share of the fund.
    case fundDays = "fund_days"

    package var isMoney: Bool { self == .margin || self == .stressShortfall }
}

/// A limit in force.
package struct MemberLimit: Sendable {
    package let member: MemberCode
    package let measure: LimitMeasure
    /// 0 or more, money in the base currency.
    package let amount: ExactDecimal

    package init(_ member: MemberCode, _ measure: LimitMeasure, amount: ExactDecimal) {
        self.member = member
        self.measure = measure
        self.amount = amount
    }
}

/// Where a member stands with a limit; the raw value is the database's.
package enum LimitState: String, Sendable {
    case within, near, exceeded
    case notMeasured = "not_measured"
}

/// What was told of a limit when it was last looked at.
package struct ToldLimit: Sendable {
    let state: LimitState
    let utilisation: ExactDecimal

    package init(_ state: LimitState, utilisation: ExactDecimal) {
        self.state = state
        self.utilisation = utilisation
    }
}

/// What a member uses of a limit tonight.
package struct LimitUtilisation: Sendable {
    package let limit: MemberLimit
    /// Nil where the night has no such figure.
    package let figure: ExactDecimal?
    /// Figure over limit, of a limit from below limit over figure, 6 decimals; nil where that has no value.
    package let utilisation: ExactDecimal?
    package let state: LimitState
    /// Utilisation at which the state that goes on was last told; nil where it is within.
    package let toldUtilisation: ExactDecimal?
    /// Whether it is told tonight.
    let isTold: Bool

    /// `told` is what the night before left of it, nil where that was within or not looked at.
    init(of figure: ExactDecimal?, _ limit: MemberLimit, told: ToldLimit?, _ terms: MonitoringTerms) {
        self.limit = limit
        self.figure = figure
        let isFromBelow = limit.measure == .collateralCover
        let (over, under) = isFromBelow ? (limit.amount, figure ?? .zero) : (figure ?? .zero, limit.amount)
        let utilisation: ExactDecimal? =
            under > .zero ? over.divided(by: under, roundedToScale: 6) : over == .zero ? .zero : nil
        guard figure != nil else {
            (self.utilisation, state, toldUtilisation, isTold) = (nil, .notMeasured, nil, false)
            return
        }
        self.utilisation = utilisation
        let isNear = utilisation.map { $0 >= terms.warningShare } ?? true
        state = over > under ? .exceeded : isNear ? .near : .within
        guard state != .within else {
            (toldUtilisation, isTold) = (nil, false)
            return
        }
        // Without a value, nothing can be worse.
        let used = utilisation ?? .one
        if let told, told.state == .exceeded || state == .near,
            used <= (.one + terms.worseShare) * told.utilisation
        {
            (toldUtilisation, isTold) = (told.utilisation, false)
        } else {
            (toldUtilisation, isTold) = (used, true)
        }
    }

    var alarm: MonitoringAlarm? {
        guard isTold, let figure else { return nil }
        let used = utilisation.map { "\(($0 * ExactDecimal(100)).rounded(toScale: 2)) % of it" }
        return MonitoringAlarm(
            rule: .memberLimit,
            place: AlarmPlace(
                table: "member_limit", rowKey: "\(limit.member), \(limit.measure.rawValue)", column: "limit_amount"),
            value: "\(figure)",
            message: "\(state == .near ? "near" : "beyond") the limit of \(limit.amount)"
                + (used.map { ": \($0) is used" } ?? ""))
    }
}
