import ClearingModel
import Quantities

/// A figure of a night, with what may explain that it moved.
struct MonitoredFigure: Sendable {
    let key: FigureKey
    /// 0 or more: contracts, a share, or money in the base currency.
    let amount: ExactDecimal
    /// Nil for a member's.
    let account: AccountCode?
    let member: MemberCode
    /// What is held; of a member's concentration the combined commodity it is the share of.
    let combinedCommodities: Set<CombinedCommodityCode>
}

/// What a night leaves for the nights after it.
package struct ReviewedFigure: Sendable {
    package let key: FigureKey
    package let amount: ExactDecimal
    /// Figure at which a move that goes on was last told or explained; of a bound the nights at which it was.
    package let toldAmount: ExactDecimal?

    package init(key: FigureKey, amount: ExactDecimal, toldAmount: ExactDecimal?) {
        self.key = key
        self.amount = amount
        self.toldAmount = toldAmount
    }
}

/// What earlier nights left.
package struct FigureHistory: Sendable {
    private var amounts: [FigureKey: [ExactDecimal]] = [:]
    /// What the last of them left.
    private var last: [FigureKey: ReviewedFigure] = [:]

    package init() {}

    /// Adds a figure of one night; `isLastNight` for those of the newest.
    package mutating func add(_ figure: ReviewedFigure, isLastNight: Bool) {
        amounts[figure.key, default: []].append(figure.amount)
        if isLastNight { last[figure.key] = figure }
    }

    /// What nights before were, in no order that counts.
    func amounts(of key: FigureKey) -> [ExactDecimal] { amounts[key] ?? [] }

    /// What the last night was; nil where it was not seen then.
    func lastNight(of key: FigureKey) -> ReviewedFigure? { last[key] }
}
