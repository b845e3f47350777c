import Foundation
import Pricing
import TestSupport
import Testing

/// The tables of the exponential and of the Mills ratio, derived number by number; `make bless` writes them.
@Suite struct FunctionTableTests {
    @Test func `the powers of two are those of repeated square roots`() throws {
        var step = DoubleDouble(2)
        for _ in 0..<7 { step = step.squareRoot }
        var power = DoubleDouble(1)
        var derived: [Double] = []
        for _ in 0..<128 {
            derived += [power.high, power.low / power.high]
            power = power * step
        }
        try check("PowersOfTwo", derived, powersOfTwo.indices.map { powersOfTwo[$0] })
    }

    @Test func `the rows of the Mills ratio meet it at the Chebyshev points`() throws {
        let derived = (0..<85).flatMap { row in
            let octave = Double(1 << (row / 16))
            let centre = octave * (1 + (Double(row % 16) + 0.5) / 16) - 1
            return polynomial(centre: centre, halfWidth: octave / 32)
        }
        try check("MillsRatioRows", derived, millsRatioRows.indices.map { millsRatioRows[$0] })
    }

    @Test func `both expansions of the Mills ratio agree where they meet`() {
        for t in stride(from: 3.5, through: 4.5, by: 0.125) {
            let near = DoubleDouble.nearMillsRatio(DoubleDouble(t))
            let far = DoubleDouble.farMillsRatio(DoubleDouble(t))
            #expect(abs(((near - far) / far).high) < 0x1p-83, "\(t)")
        }
    }

    /// The zeros of the tenth Chebyshev polynomial above 0, cos((2k + 1)·π/20).
    private static let chebyshevPoints = [
        0.9876883405951378, 0.8910065241883679, 0.7071067811865476, 0.4539904997395468, 0.15643446504023087,
    ]

    /// The polynomial in t − centre through R at the Chebyshev points: Newton's divided differences, then powers.
    private func polynomial(centre: Double, halfWidth: Double) -> [Double] {
        let points = Self.chebyshevPoints + Self.chebyshevPoints.map { -$0 }
        var differences = points.map { point in
            DoubleDouble.millsRatio(DoubleDouble(centre) + DoubleDouble(halfWidth) * DoubleDouble(point))
        }
        for order in 1..<points.count {
            for index in stride(from: points.count - 1, through: order, by: -1) {
                let rise = differences[index] - differences[index - 1]
                differences[index] = rise / (DoubleDouble(points[index]) - DoubleDouble(points[index - order]))
            }
        }
        var powers = [DoubleDouble(0)]
        for (difference, point) in zip(differences, points).reversed() {
            let shifted = [DoubleDouble(0)] + powers
            powers = zip(shifted, powers.map { $0 * DoubleDouble(-point) } + [DoubleDouble(0)]).map { $0 + $1 }
            powers[0] = powers[0] + difference
        }
        // The half width is a power of two, so that this rounds once.
        return (0..<points.count).map { powers[$0].high / pow(halfWidth, Double($0)) }
    }

    private func check(_ name: String, _ derived: [Double], _ table: [Double]) throws {
        guard Checkout.isBlessing else {
            #expect(derived == table, "write Sources/Pricing/Functions/\(name).swift anew: make bless")
            return
        }
        let file = "Sources/Pricing/Functions/\(name).swift"
        let text = try Checkout.text(file)
        let head = try #require(text.range(of: "Double> = [\n")).upperBound
        let lines = stride(from: 0, to: derived.count, by: 4).map { start in
            "    " + derived[start..<min(start + 4, derived.count)].map { "\($0)" }.joined(separator: ", ") + ",\n"
        }
        try (text[..<head] + lines.joined() + "]\n").write(
            toFile: "\(Checkout.root)/\(file)", atomically: true, encoding: .utf8)
    }
}
