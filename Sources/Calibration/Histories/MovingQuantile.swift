import Margining

/// The order statistic of docs/methodology.md §7 over a window that moves along sizes of moves.
///
/// The sizes are put in order once; the window is a tree of counts over that order, so that a day that comes or goes
/// and a rank that is asked cost O(log sizes) each. The answer is the one of `MoveColumn.quantile`.
struct MovingQuantile {
    private let sizes: MoveColumn
    /// Places of the sizes, smallest first, and of each place its number in that order.
    private let order: [Int32]
    private let numbers: [Int32]
    /// How many of the window lie in each branch of the tree; the first is none.
    private var counts: [Int32]
    private var window = 0..<0
    /// The largest power of two that is not above the number of sizes.
    private let topStep: Int

    /// O(n log n).
    init(_ sizes: MoveColumn) {
        self.sizes = sizes
        let order = sizes.placesAscending
        var numbers = [Int32](repeating: 0, count: order.count)
        for (number, place) in order.enumerated() { numbers[Int(place)] = Int32(number) }
        self.order = order
        self.numbers = numbers
        counts = [Int32](repeating: 0, count: order.count + 1)
        topStep = order.isEmpty ? 0 : 1 << (Int.bitWidth - 1 - order.count.leadingZeroBitCount)
    }

    /// The statistic of some places, at least one. Cheap where they are nearly those asked for before.
    mutating func quantile(_ places: Range<Int>, tail: TailShare) -> MoveSize {
        move(to: places)
        return sizes.size(at: Int(order[number(ofRank: places.count - tail.rank(of: places.count) + 1)]))
    }

    private mutating func move(to places: Range<Int>) {
        let (kept, old) = (places.clamped(to: window), window.clamped(to: places))
        for place in window.lowerBound..<kept.lowerBound { add(-1, at: place) }
        for place in kept.upperBound..<window.upperBound { add(-1, at: place) }
        for place in places.lowerBound..<old.lowerBound { add(1, at: place) }
        for place in old.upperBound..<places.upperBound { add(1, at: place) }
        window = places
    }

    private mutating func add(_ count: Int32, at place: Int) {
        var branch = Int(numbers[place]) + 1
        while branch < counts.count {
            counts[branch] += count
            branch += branch & -branch
        }
    }

    /// The number in the order of the window's size of a rank, counted from the smallest, from 1.
    private func number(ofRank rank: Int) -> Int {
        var (number, left, step) = (0, Int32(rank), topStep)
        while step > 0 {
            let next = number + step
            if next < counts.count, counts[next] < left {
                number = next
                left -= counts[next]
            }
            step /= 2
        }
        return number
    }
}
