/// Z2 of §12.4, from the text alone.
package struct PlainZ2 {
    package let z2: Double
    package let nights: Int
    package let exceedances: Int
    package let zone: String?

    /// A night's loss, value at risk and expected shortfall.
    package typealias Night = (loss: Rational, valueAtRisk: Rational, shortfall: Rational)
    /// n, p, c₅ and c₀.₀₁.
    package typealias Critical = (n: Int, p: Rational, c5: Rational, c001: Rational)

    init?(_ nights: [Night], confidence: Rational, _ rows: [Critical]) {
        guard !nights.isEmpty else { return nil }
        let p = 1 - confidence
        let exceeding = nights.filter { $0.loss > $0.valueAtRisk }
        let sum = exceeding.reduce(0.0) { $0 + PlainUnit.double($1.loss) / PlainUnit.double($1.shortfall) }
        z2 = 1 - sum / (Double(nights.count) * PlainUnit.double(p))
        (self.nights, exceedances) = (nights.count, exceeding.count)
        if let row = rows.first(where: { $0.n == nights.count && $0.p == p }) {
            let isGreen = z2 >= PlainUnit.double(row.c5)
            zone = isGreen ? "green" : z2 >= PlainUnit.double(row.c001) ? "yellow" : "red"
        } else {
            zone = nil
        }
    }

    /// All nights; and of h > 1 the thinned ones, with the place of the smallest, the first of equals.
    package static func of(
        _ nights: [Night?], confidence: Rational, horizon h: Int, _ rows: [Critical]
    ) -> (whole: PlainZ2?, thinned: [PlainZ2], decides: Int?) {
        let whole = PlainZ2(nights.compactMap { $0 }, confidence: confidence, rows)
        guard h > 1, let first = nights.firstIndex(where: { $0 != nil }) else { return (whole, [], nil) }
        let thinned = (0..<h).compactMap { remainder in
            PlainZ2(
                nights.enumerated().filter { $0.offset >= first && ($0.offset - first) % h == remainder }
                    .compactMap(\.element), confidence: confidence, rows)
        }
        let least = thinned.map(\.z2).min()
        return (whole, thinned, thinned.firstIndex { $0.z2 == least })
    }
}
