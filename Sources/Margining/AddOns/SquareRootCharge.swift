import Quantities

/// `factor · max(0, sqrt(ratio) − deduction)` in minor units, half away from zero: the only place of methodology §9
/// where an amount passes through Double.
///
/// `factor` is in minor units and exact, `ratio` exact and not negative. One rounding each for the two quotients, the
/// root and the product: a relative error below 1e-15, so the minor unit is right up to about 1e13 minor units except
/// within that error of a tie. Nil where the amount leaves 64 bits.
func squareRootCharge(factor: ExactFraction, ratio: ExactFraction, deduction: Double) -> Int64? {
    precondition(ratio.numerator >= 0 && factor.numerator >= 0, "a square-root charge has no negative term")
    let amount = factor.double * max(0, ratio.double.squareRoot() - deduction)
    return Int64(exactly: amount.rounded(.toNearestOrAwayFromZero))
}
