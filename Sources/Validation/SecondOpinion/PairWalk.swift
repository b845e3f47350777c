import Calibration
import ClearingModel
import Margining
import Quantities

/// Two products on the days on which the data puts them together: would a credit between them have covered
/// (docs/methodology.md §10.6).
///
/// The position is a range of one long against a range of the other short. Two legs of equal size and correlation ρ
/// have together √(2(1 − ρ)) of one: so the margin, in ranges, is the distance that joined them.
package struct PairWalk: Sendable {
    /// Nil where no joined day has its horizon behind it.
    package let test: ChallengedMargin?

    /// `groups` are of the days of `learned`, nil where there are none. O(history).
    /// - Throws: `ValidationRefusal`.
    package init(
        _ one: PricedProduct, _ other: PricedProduct, groups: [ProductGroups?], _ learned: LearnedCorrelations
    ) throws(ValidationRefusal) {
        let rule = one.pair(with: other)
        let joined = groups.map { $0?.distance(of: one, and: other) }
        guard joined.contains(where: { $0 != nil }), let money = SpreadMoney(rule, learned) else {
            test = nil
            return
        }
        var margins = [Double?](repeating: nil, count: money.dates.count)
        var losses = margins
        for (number, distance) in joined.enumerated() {
            guard let distance else { continue }
            let date = learned.days[number].date
            let first = money.firstPlace(from: date)
            let end =
                number + 1 < joined.count ? money.firstPlace(from: learned.days[number + 1].date) : money.dates.count
            guard let ranges = money.ranges(on: date), ranges.allSatisfy({ $0 > 0 }) else { continue }
            for place in first..<end {
                margins[place] = SpreadMoney.money(distance)
                losses[place] = money.loss(from: place, inRanges: ranges)
            }
        }
        test = ChallengedMargin(
            .learned, money.dates[...], margins: margins, losses: losses,
            terms: try ValidationTerms(confidence: rule.confidence, horizonDays: rule.horizonDays))
    }
}

extension ProductGroups {
    /// The distance of two products of one group; nil where they stand apart.
    package func distance(of one: PricedProduct, and other: PricedProduct) -> Double? {
        guard let left = products.firstIndex(of: one), let right = products.firstIndex(of: other),
            group(of: left) == group(of: right)
        else { return nil }
        return distances[left][right]
    }
}
