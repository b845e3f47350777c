import ClearingModel
import Quantities

/// Products that the data puts together (docs/methodology.md §10.6): hierarchical clustering with average linkage
/// (Sokal and Michener, University of Kansas Science Bulletin 38, 1958) on the distance √(2(1 − ρ)) of shrunk
/// correlations (Mantegna, European Physical Journal B 11, 1999).
package struct ProductGroups: Sendable {
    /// Those whose factor has a correlation, in the order given.
    package let products: [PricedProduct]
    /// Places of products, each group ascending, groups by their first.
    package let groups: [[Int]]
    /// By product and product, 0 … 2.
    package let distances: [[Double]]

    /// Products in the order of their codes. Two groups become one while the mean distance of their members is at most
    /// `cut`: the nearest first, of equals the first by place. O(products³).
    package init(_ products: [PricedProduct], _ correlation: ShrunkCorrelation, cut: ExactDecimal) {
        let placed = products.compactMap { product in
            correlation.place(of: product.factor).map { (product: product, place: $0) }
        }
        let distances = placed.map { one in
            placed.map { other in
                (2 * max(0, 1 - correlation.shrunk[one.place][other.place])).squareRoot()
            }
        }
        var groups = placed.indices.map { [$0] }
        while let (left, right) = Self.nearest(groups, distances, cut: cut.double) {
            groups[left] = (groups[left] + groups[right]).sorted()
            groups.remove(at: right)
        }
        self.products = placed.map(\.product)
        self.groups = groups
        self.distances = distances
    }

    /// The number of a product's group, from 1.
    package func group(of product: Int) -> Int { (groups.firstIndex { $0.contains(product) } ?? 0) + 1 }

    private static func nearest(_ groups: [[Int]], _ distances: [[Double]], cut: Double) -> (Int, Int)? {
        var found: (left: Int, right: Int, distance: Double)?
        for left in groups.indices {
            for right in groups.indices where right > left {
                var sum = 0.0
                for one in groups[left] {
                    for other in groups[right] { sum += distances[one][other] }
                }
                let distance = sum / Double(groups[left].count * groups[right].count)
                if distance <= cut, distance < found?.distance ?? .infinity { found = (left, right, distance) }
            }
        }
        return found.map { ($0.left, $0.right) }
    }
}
