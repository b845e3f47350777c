/// What a margin costs where it covers enough (§12.7), from the text alone: every factor that could matter is tried.
package enum PlainEfficiency {
    package struct Scaled: Sendable {
        package let factor: Rational
        package let exceptions: Int
        /// Mean scaled margin a day, unrounded.
        package let average: Rational
    }

    /// The smallest factor of 0 and all X/M with at most `allowed` nights above it; nil where none has as few.
    package static func scaled(
        _ nights: [(exposure: Rational, margin: Rational)], allowed: Int, days: Int
    ) -> Scaled? {
        let candidates = [0] + nights.filter { $0.margin > 0 }.map { $0.exposure / $0.margin }.filter { $0 > 0 }
        for factor in candidates.sorted() {
            let above = nights.count { $0.exposure > factor * $0.margin }
            guard above <= allowed else { continue }
            return Scaled(
                factor: factor, exceptions: above,
                average: factor * nights.map(\.margin).sum() / Rational(max(days, 1)))
        }
        return nil
    }
}
