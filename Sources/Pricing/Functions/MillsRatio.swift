/// R(t) = e^{t²/2}·N(−t), the Mills ratio over √(2π), for 0 ≤ t < 39.
///
/// Falls smoothly from ½ towards 1/(t·√(2π)). A polynomial of degree 9 a row; rows are sixteenths of an octave of 1 +
/// t, found from its bits. Truncation below 2⁻⁵⁸, with the rounding of coefficients and steps below 3.5·2⁻⁵³, relative.
/// About 3 ns. `FunctionTableTests` derives the table and measures the bound.
@inline(__always) package func millsRatio(_ t: Double) -> Double {
    let rowBits = (1 + t).bitPattern >> 48
    let row = millsRatioRow(rowBits)
    let centre = Double(bitPattern: rowBits << 48 | 1 << 47) - 1
    let h = t - centre
    let h2 = h * h
    let h4 = h2 * h2
    @inline(__always) func pair(_ index: Int) -> Double {
        millsRatioRows[row &+ index] + millsRatioRows[row &+ index &+ 1] * h
    }
    return (pair(0) + h2 * pair(2)) + h4 * ((pair(4) + h2 * pair(6)) + h4 * pair(8))
}

/// Where the row of 1 + t starts, from its bits from the fourth of the fraction up.
@inline(__always) func millsRatioRow(_ bits: UInt64) -> Int {
    let row = 10 &* (Int(truncatingIfNeeded: bits) &- 1023 << 4)
    precondition(row >= 0 && row <= millsRatioRows.count - 10, "a Mills ratio is of 0 <= t < 39")
    return row
}
