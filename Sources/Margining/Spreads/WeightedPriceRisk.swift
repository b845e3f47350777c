import ClearingModel
import Quantities

/// Price risk a unit of net delta, by which spreads are charged and credited (docs/methodology.md §5).
struct WeightedPriceRisk {
    /// Nil (unbounded) at net delta 0 and where price risk is not defined.
    let normal: ExactDecimal?
    /// Nil where price risk is not defined.
    let chosen: ExactDecimal?

    /// Decimals it is cut off at.
    static let decimals = 2

    /// Both truncated: truncation keeps order, so the minimum of truncated values is the truncated
    /// minimum.
    init(price: ExactDecimal?, netDelta: Delta, scanRange: ExactDecimal?, method: WeightedPriceRiskMethod) {
        guard let price else {
            normal = nil
            chosen = nil
            return
        }
        let normal =
            netDelta == .zero ? nil : price.divided(by: netDelta.magnitude.amount, truncatedToScale: Self.decimals)
        self.normal = normal
        switch method {
        case .normal:
            chosen = normal ?? .zero
        case .scanRange:
            chosen = scanRange ?? normal ?? .zero
        case .capped:
            guard let normal, let scanRange else {
                chosen = normal ?? scanRange ?? .zero
                return
            }
            chosen = min(normal, scanRange)
        }
    }
}
