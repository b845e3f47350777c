import ClearingModel
import Margining
import Quantities

/// A series of margins scaled by one factor, as small as may be, so that no more nights are above it than are let be
/// (docs/methodology.md §12.7).
///
/// The factor is found on the nights it is held against: it compares methods and margins nobody.
package struct EqualCoverage: Hashable, Sendable {
    /// What a night cost, and the margin before it is scaled, 0 or more; minor units of one currency.
    package struct Night: Hashable, Sendable {
        package let exposure: Int64
        package let margin: Int64

        package init(exposure: Int64, margin: Int64) {
            self.exposure = exposure
            self.margin = margin
        }

        /// Whether no factor covers the exposure.
        fileprivate var isBeyondScaling: Bool { margin == 0 && exposure > 0 }

        /// Whether the exposure is above the scaled margin, strictly and exactly.
        fileprivate func isAbove(_ factor: Night) -> Bool {
            isBeyondScaling || Int128(exposure) * Int128(factor.margin) > Int128(factor.exposure) * Int128(margin)
        }
    }

    /// k, 0 or more, exact.
    package let multiplier: ExactFraction
    package let nights: Int
    /// Nights above the scaled margin: never more than were let be, fewer where several are as far out.
    package let exceptions: Int
    /// Mean margin a day as it was asked, and scaled; each rounded once, half away from zero, to minor units.
    package let asked: Int64
    package let average: Int64
    /// Mean of what the exceptions cost beyond the scaled margin, each and the mean rounded so; nil without one.
    package let excess: Int64?

    /// `days` is what the mean is taken over: the number of nights of one unit, fewer where units are taken together.
    /// The smallest k with at most `allowed` nights above k·M is the ratio X/M of rank `allowed` + 1, from above, of
    /// the nights that have a margin; 0 where there is none or it is below. O(n log n).
    /// - Throws: `ValidationRefusal` `coverage_not_reached` where more nights than `allowed` have a loss and no margin
    ///   to scale, `margin_not_positive` for a margin below 0, `validation_out_of_range`.
    package init(
        _ nights: [Night], exceptions allowed: Int, days: Int, of name: String
    ) throws(ValidationRefusal) {
        if let night = nights.first(where: { $0.margin < 0 }) {
            throw ValidationRefusal(
                .marginNotPositive, name, table: "capital_efficiency", "a margin of \(night.margin) is below 0")
        }
        let lost = nights.count { $0.isBeyondScaling }
        guard lost <= allowed else {
            throw ValidationRefusal(
                .coverageNotReached, name, table: "capital_efficiency",
                "\(lost) nights have a loss and no margin to scale, \(allowed) may be above it")
        }
        let scalable = nights.filter { $0.margin > 0 }.sorted {
            Int128($0.exposure) * Int128($1.margin) > Int128($1.exposure) * Int128($0.margin)
        }
        let rank = allowed - lost
        let none = Night(exposure: 0, margin: 1)
        let factor = rank < scalable.count && scalable[rank].exposure > 0 ? scalable[rank] : none
        multiplier = ExactFraction(Int128(factor.exposure), over: Int128(factor.margin))
        self.nights = nights.count
        let above = nights.filter { $0.isAbove(factor) }
        exceptions = above.count
        let sum = nights.reduce(Int128(0)) { $0 + Int128($1.margin) }
        let divisor = Int128(max(days, 1))
        func whole(_ value: Int128?) throws(ValidationRefusal) -> Int64 {
            guard let units = value.flatMap(Int64.init(exactly:)) else {
                throw ValidationRefusal(
                    .outOfRange, name, table: "capital_efficiency", "a scaled margin leaves 64 bits of minor units")
            }
            return units
        }
        asked = try whole(divideRoundingHalfAwayFromZero(sum, by: divisor))
        average = try whole(
            roundedQuotient(sum, times: Int128(factor.exposure), over: Int128(factor.margin) * divisor))
        var beyond: Int128 = 0
        for night in above {
            beyond += Int128(night.exposure)
            beyond -= Int128(
                try whole(
                    roundedQuotient(Int128(night.margin), times: Int128(factor.exposure), over: Int128(factor.margin))))
        }
        excess =
            above.isEmpty ? nil : try whole(divideRoundingHalfAwayFromZero(beyond, by: Int128(above.count)))
    }

    /// 1 − x/n, exact.
    package var coverage: ExactFraction {
        ExactFraction(Int128(nights - exceptions), over: Int128(max(nights, 1)))
    }
}
