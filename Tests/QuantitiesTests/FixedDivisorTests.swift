import Quantities
import TestSupport
import Testing

/// Divisions by one number that multiply and shift.
struct FixedDivisorTests {
    private static let divisors: [Int64] = [
        1, 2, 3, 5, 7, 10, 64, 100, 127, 1_000, 12_345, 1_000_000_007, 1 << 31, (1 << 32) + 1, 10_000_000_000,
        1_000_000_000_000_000_000, (1 << 62) - 1, 1 << 62, (1 << 62) + 1, .max - 1, .max,
    ]

    @Test(arguments: divisors) func `the quotient is that of a division`(_ divisor: Int64) {
        let fixed = FixedDivisor(divisor)
        let limit = UInt64(Int64.max)
        var numbers: [UInt64] = [0, 1, divisor.magnitude - 1, divisor.magnitude, limit - 1, limit]
        let last = limit / divisor.magnitude * divisor.magnitude
        numbers += [last, last - 1, min(last + 1, limit), last - divisor.magnitude]
        var random = SeededGenerator(seed: 17)
        for _ in 0..<2_000 {
            numbers.append(UInt64.random(in: 0...limit, using: &random) >> UInt64(random.whole(0...62)))
        }
        for number in numbers {
            #expect(fixed.quotient(of: number) == number / divisor.magnitude, "\(number) / \(divisor)")
        }
    }

    @Test(arguments: divisors) func `a rounded quotient is that of 128 bits, or there is none`(_ divisor: Int64) {
        let fixed = FixedDivisor(divisor)
        var random = SeededGenerator(seed: 18)
        var pairs: [(Int64, UInt64)] = [(0, 1), (.min, 1), (.max, 1), (1 << 61, 2), (-1 << 61, 2), (.min, .max)]
        pairs += [(divisor / 2, 1), (divisor / 2 + 1, 1), (-divisor / 2, 1), (-(divisor / 2) - 1, 1), (divisor - 1, 1)]
        for _ in 0..<2_000 {
            pairs.append(
                (
                    Int64.random(in: .min ... .max, using: &random) >> Int64(random.whole(0...62)),
                    UInt64.random(in: 1...UInt64(Int64.max), using: &random) >> UInt64(random.whole(0...62)) | 1
                ))
        }
        for (left, right) in pairs {
            let found = roundedQuotient(left, times: right, over: fixed)
            let product = Int128(left) * Int128(right)
            let isSmall = product.magnitude < 1 << 62 && divisor < 1 << 62
            #expect((found != nil) == isSmall, "\(left) · \(right) / \(divisor)")
            if let found {
                #expect(
                    Int128(found) == roundedQuotient(Int128(left), times: Int128(right), over: Int128(divisor)),
                    "\(left) · \(right) / \(divisor)")
            }
        }
    }
}
