import Foundation
import Quantities
import TestSupport
import Testing

/// Doubles become decimals as the database's cast from double precision to numeric makes them.
@Suite struct `Fifteen digits of a double` {
    @Test(
        arguments: [
            (0, "0.0000"), (-0.0, "0.0000"), (0.00005, "0.0001"), (-0.00005, "-0.0001"),
            (0.00004999999999999, "0.0000"),
            // One bit below the tie, which fifteen digits do not see.
            (0.00014999999999999998, "0.0002"), (1.00005, "1.0001"), (123456.78905, "123456.7891"),
            (99999.99995, "100000.0000"), (12345678901.2345, "12345678901.2345"),
            (123456789012.34567, "123456789012.3460"),
            (999999999999999.9, "1000000000000000.0000"), (9007199254740992, "9007199254740990.0000"),
            (-1e22, "-10000000000000000000000.0000"), (1e-300, "0.0000"), (.leastNonzeroMagnitude, "0.0000"),
        ])
    func `are rounded to four decimals, ties away from zero`(_ value: Double, _ text: String) throws {
        let decimal = try #require(ExactDecimal(fifteenDigitsOf: value, scale: 4))
        #expect(decimal.text(decimals: 4) == text)
    }

    @Test func `are those the C library prints`() throws {
        var generator = SeededGenerator(seed: 20_181_228)
        for number in 0..<200_000 {
            // Every third is a tie in decimal, or a bit beside one.
            let near = Double(generator.next() % 4_000_000_000) / 20_000
            let value =
                switch number % 3 {
                case 0: near
                case 1: number % 2 == 0 ? near.nextUp : near.nextDown
                default: Double(generator.next() >> 20) / Double(1 + generator.next() % 1_000_000_007)
                }
            let printed = String(format: "%.15g", value)
            let scale = number % 5
            guard !printed.contains("e"), let exact = ExactDecimal(printed) else { continue }
            let decimal = try #require(ExactDecimal(fifteenDigitsOf: -value, scale: scale))
            #expect(decimal.mantissa == -exact.roundedMantissa(scale: scale), "\(value) \(scale)")
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e40]) func `are refused beyond 128 bits`(_ value: Double) {
        #expect(ExactDecimal(fifteenDigitsOf: value, scale: 4) == nil)
    }
}
