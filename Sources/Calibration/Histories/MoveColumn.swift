import Margining
import Quantities

/// Sizes of moves, one a move and none below 0, in time order.
enum MoveColumn: Sendable {
    /// Whole units of 10^-scale.
    case narrow([Int64], scale: Int)
    /// The same where 64 bits do not hold them.
    case exact([Int128], scale: Int)
    case approximate([Double])

    /// The order statistic of docs/methodology.md §7 over some of the moves: descending, the place ⌈n · (1 − c)⌉, at
    /// least the first. The places must not be empty. O(n) where the tail is short.
    func quantile(_ places: Range<Int>, tail: TailShare) -> MoveSize {
        let rank = tail.rank(of: places.count)
        switch self {
        case .narrow(let sizes, let scale):
            return .exact(ExactDecimal(mantissa: Int128(largest(rank, of: sizes[places])), scale: scale))
        case .exact(let sizes, let scale):
            return .exact(ExactDecimal(mantissa: largest(rank, of: sizes[places]), scale: scale))
        case .approximate(let sizes): return .approximate(largest(rank, of: sizes[places]))
        }
    }

    var count: Int {
        switch self {
        case .narrow(let sizes, _): sizes.count
        case .exact(let sizes, _): sizes.count
        case .approximate(let sizes): sizes.count
        }
    }

    func size(at place: Int) -> MoveSize {
        switch self {
        case .narrow(let sizes, let scale): .exact(ExactDecimal(mantissa: Int128(sizes[place]), scale: scale))
        case .exact(let sizes, let scale): .exact(ExactDecimal(mantissa: sizes[place], scale: scale))
        case .approximate(let sizes): .approximate(sizes[place])
        }
    }

    /// The places of the sizes, smallest first.
    var placesAscending: [Int32] {
        func ordered<Size: Comparable>(_ sizes: [Size]) -> [Int32] {
            sizes.indices.map { (size: sizes[$0], place: Int32($0)) }.sorted { $0.size < $1.size }.map(\.place)
        }
        return switch self {
        case .narrow(let sizes, _): sizes.placesAscendingPacked ?? ordered(sizes)
        case .exact(let sizes, _): ordered(sizes)
        case .approximate(let sizes): ordered(sizes)
        }
    }

    /// The sizes at some places.
    func picked(_ places: [Int]) -> MoveColumn {
        switch self {
        case .narrow(let sizes, let scale): .narrow(places.map { sizes[$0] }, scale: scale)
        case .exact(let sizes, let scale): .exact(places.map { sizes[$0] }, scale: scale)
        case .approximate(let sizes): .approximate(places.map { sizes[$0] })
        }
    }

    /// The same sizes with another column's behind them; both are of one history.
    func followed(by other: MoveColumn) -> MoveColumn {
        switch (self, other) {
        case (.narrow(let sizes, let scale), .narrow(let others, _)): .narrow(sizes + others, scale: scale)
        case (.exact(let sizes, let scale), .exact(let others, _)): .exact(sizes + others, scale: scale)
        case (.approximate(let sizes), .approximate(let others)): .approximate(sizes + others)
        default: preconditionFailure("a history's sizes are held in one way")
        }
    }

    /// How many are not zero.
    var moving: Int {
        switch self {
        case .narrow(let sizes, _): sizes.count { $0 != 0 }
        case .exact(let sizes, _): sizes.count { $0 != 0 }
        case .approximate(let sizes): sizes.count { $0 != 0 }
        }
    }

    /// How many of the moves up to each place, itself left out, are not zero; one more than moves.
    var movingBefore: [Int] {
        var counts = [0]
        counts.reserveCapacity(count + 1)
        func add(_ moves: Bool) { counts.append(counts[counts.count - 1] + (moves ? 1 : 0)) }
        switch self {
        case .narrow(let sizes, _): for size in sizes { add(size != 0) }
        case .exact(let sizes, _): for size in sizes { add(size != 0) }
        case .approximate(let sizes): for size in sizes { add(size != 0) }
        }
        return counts
    }
}

extension [Int64] {
    /// The places of sizes, none below 0, smallest first and equal ones by place: size and place are sorted as one
    /// number. Nil where one number does not hold both.
    fileprivate var placesAscendingPacked: [Int32]? {
        let placeBits = Int64.bitWidth - count.leadingZeroBitCount
        guard let largest = self.max(), placeBits <= 31, largest.leadingZeroBitCount > placeBits else { return nil }
        let packed = indices.map { self[$0] << Int64(placeBits) | Int64($0) }.sorted()
        return packed.map { Int32(truncatingIfNeeded: $0 & (1 << Int64(placeBits) - 1)) }
    }
}

/// The value at place `rank`, from 1, of the values sorted descending.
private func largest<Value: Comparable>(_ rank: Int, of values: ArraySlice<Value>) -> Value {
    guard rank <= 64 || rank * 16 <= values.count else {
        return values.sorted(by: >)[rank - 1]
    }
    var kept = values.prefix(rank).sorted(by: >)
    var least = kept[rank - 1]
    for value in values.dropFirst(rank) where value > least {
        var hole = rank - 1
        while hole > 0, kept[hole - 1] < value {
            kept[hole] = kept[hole - 1]
            hole -= 1
        }
        kept[hole] = value
        least = kept[rank - 1]
    }
    return kept[rank - 1]
}
