import Quantities

/// A list as it is read: the largest first by magnitude, equals as they come, and of a long one the smallest apart.
struct FoldedList<Part> {
    /// How many a long list shows. One more is shown too: a line that stands for one line says less than that line.
    static var shownCount: Int { 10 }

    let shown: [Part]
    /// What is told by its sum alone; empty, or two and more.
    let rest: [Part]

    /// Sorts by the magnitude of `amount`; folds a list of more than eleven unless `showsAll`. n log n in the parts.
    init(_ parts: [Part], showsAll: Bool, by amount: (Part) -> ExactDecimal) {
        let sizes = parts.map { amount($0).magnitude }
        let order = parts.indices.sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$1] < sizes[$0] }
        let sorted = order.map { parts[$0] }
        let count = showsAll || sorted.count <= Self.shownCount + 1 ? sorted.count : Self.shownCount
        shown = Array(sorted.prefix(count))
        rest = Array(sorted.dropFirst(count))
    }
}
