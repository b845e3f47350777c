import ClearingModel

extension PublishedArrays {
    /// Σ (long − short) · RA_j over an owner's positions of one combined commodity: its portfolio array, in array units
    /// (docs/methodology.md §5). The inner loop of every requirement.
    ///
    /// `bound` is Σ |quantity| · the series' largest figure, below 2⁶², so that no sum leaves 64 bits; every series
    /// held has an array of `count` scenarios. Arrays of sixteen are summed in vectors of doubles where the bound is
    /// below 2⁵³: then every product and sum is a whole number that a double holds exactly: the result is the same.
    package func portfolioArray(of positions: ArraySlice<Position>, bound: Int64, count: Int) -> [Int64] {
        if count == 16, bound < 1 << 53, !vectors.isEmpty {
            var total = SIMD16<Double>.zero
            for position in positions where position.long != position.short {
                let quantity = position.long - position.short
                total += Double(quantity) * vectors[Int(sums[Int(position.series)].vector)]
            }
            return total.wholeNumbers
        }
        var losses = [Int64](repeating: 0, count: count)
        for position in positions where position.long != position.short {
            add(position.long - position.short, of: lines[Int(position.series)], to: &losses, at: 0, count: count)
        }
        return losses
    }

    /// Σ |quantity| · the series' largest figure over positions; nil where it reaches 2⁶².
    package func bound(of positions: ArraySlice<Position>) -> Int64? {
        var bound: UInt64 = 0
        var isTooLarge = false
        for position in positions {
            let (product, overflows) = (position.long - position.short).magnitude
                .multipliedReportingOverflow(by: UInt64(max(sums[Int(position.series)].bound, 1)))
            bound &+= product
            isTooLarge = isTooLarge || overflows || product >= 1 << 62 || bound >= 1 << 62
        }
        return isTooLarge ? nil : Int64(bound)
    }

    /// Adds quantity · RA_j of one series to `count` losses from `start`; nothing wraps under the bound above.
    @inline(__always)
    func add(_ quantity: Int64, of line: SeriesLine, to losses: inout [Int64], at start: Int, count: Int) {
        precondition(line.offset >= 0 && line.offset + count <= values.count && start + count <= losses.count)
        for scenario in 0..<count {
            losses[start &+ scenario] &+= quantity &* values[line.offset &+ scenario]
        }
    }
}

extension SIMD16<Double> {
    /// The lanes, whole already, as integers.
    fileprivate var wholeNumbers: [Int64] {
        var numbers = [Int64](repeating: 0, count: 16)
        for lane in 0..<16 { numbers[lane] = Int64(self[lane]) }
        return numbers
    }
}
