import Quantities
import TestSupport
import Testing

@Suite struct `An exact decimal` {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.00", "0"), ("12.50", "12.5"), ("-12.50", "-12.5"), ("007", "7"),
        ("18000.00", "18000"),
        ("999999999999999.999999999999", "999999999999999.999999999999"), ("-0.000000000001", "-0.000000000001"),
        ("-37.63", "-37.63"),
    ])
    func `is read and written without exponent or trailing zeros`(_ text: String, _ expected: String) {
        #expect(ExactDecimal(text)?.description == expected)
    }

    @Test(arguments: [
        "", "-", ".", "-.5", ".5", "5.", "+5", "1e3", "1E3", "0x10", "NaN", "inf", "1,000", "1_000", " 1", "1 ",
        "1.2.3", "--1",
        "1234567890123456", "0.1234567890123", "１",
    ])
    func `refuses every other spelling`(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func `is equal, ordered and hashed by value, whatever its scale`() {
        // Each value at four scales beside each other one: −30 … 30 tenths.
        let values = (-30...30).flatMap { tenths in
            (1...4).map { scale in
                (tenths, ExactDecimal(mantissa: Int128(tenths) * PowersOfTen.int128(scale - 1), scale: scale))
            }
        }
        for (leftTenths, left) in values {
            for (rightTenths, right) in values {
                #expect((left == right) == (leftTenths == rightTenths))
                #expect((left < right) == (leftTenths < rightTenths))
                #expect(leftTenths != rightTenths || left.hashValue == right.hashValue)
            }
        }
    }

    @Test func `adds, subtracts and multiplies exactly: every pair of small values`() {
        for left in -40...40 {
            for right in -40...40 {
                // Hundredths and tenths: in thousandths the sums are 10 · left + 100 · right, the product left · right.
                let a = ExactDecimal(mantissa: Int128(left), scale: 2)
                let b = ExactDecimal(mantissa: Int128(right), scale: 1)
                #expect(a + b == ExactDecimal(mantissa: Int128(10 * left + 100 * right), scale: 3))
                #expect(a - b == ExactDecimal(mantissa: Int128(10 * left - 100 * right), scale: 3))
                #expect(a * b == ExactDecimal(mantissa: Int128(left * right), scale: 3))
                #expect(-a == ExactDecimal.zero - a)
                #expect(a.magnitude.signum == abs(left.signum()) && a.signum == left.signum())
            }
        }
    }

    @Test(arguments: [
        ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("0.0049999", 2, "0"), ("1732.5", 0, "1733"),
        ("-1732.5", 0, "-1733"),
        ("2.5", 0, "3"), ("3.5", 0, "4"), ("1.2", 3, "1.2"), ("0.5", 0, "1"), ("-0.4", 0, "0"),
    ])
    func `rounds ties away from zero`(_ text: String, _ scale: Int, _ expected: String) {
        #expect(ExactDecimal(text)?.rounded(toScale: scale).description == expected)
    }

    @Test func `divides as whole numbers do: every pair of small values`() {
        for numerator in -60...60 {
            for denominator in -12...12 where denominator != 0 {
                let quotient = ExactDecimal(mantissa: Int128(numerator), scale: 2)
                let divisor = ExactDecimal(mantissa: Int128(denominator), scale: 1)
                // numerator/100 : denominator/10 in tenths is numerator : denominator.
                #expect(
                    quotient.divided(by: divisor, truncatedToScale: 1).mantissa == Int128(numerator / denominator))
                #expect(
                    quotient.divided(by: divisor, roundedToScale: 1).mantissa
                        == Int128(nearest(numerator, denominator)))
            }
        }
    }

    @Test func `has as many decimals as are asked for`() {
        #expect(ExactDecimal("-0.005")?.text(decimals: 2) == "-0.01")
        #expect(ExactDecimal("0.004")?.text(decimals: 2) == "0.00")
        #expect(ExactDecimal("-0.004")?.text(decimals: 2) == "0.00")
        #expect(ExactDecimal("1234.5")?.text(decimals: 0) == "1235")
        #expect(ExactDecimal("5")?.text(decimals: 4) == "5.0000")
    }

    @Test func `crosses into Double and back without loss up to fifteen digits`() throws {
        var generator = SeededGenerator(seed: 20_181_231)
        for _ in 0..<10_000 {
            let scale = Int.random(in: 0...12, using: &generator)
            let mantissa = Int128(Int64.random(in: -999_999_999_999_999...999_999_999_999_999, using: &generator))
            let value = ExactDecimal(mantissa: mantissa, scale: scale)
            #expect(Double(value.description) == value.double)
        }
    }

    @Test func `stops where its digits leave 128 bits, or a divisor is zero`() async {
        await #expect(processExitsWith: .failure) {
            _ = ExactDecimal(mantissa: .max, scale: 0) + ExactDecimal.one
        }
        await #expect(processExitsWith: .failure) {
            _ = ExactDecimal(mantissa: .max / 2, scale: 0) * ExactDecimal(3)
        }
        await #expect(processExitsWith: .failure) {
            _ = ExactDecimal.one.divided(by: .zero, roundedToScale: 2)
        }
        await #expect(processExitsWith: .failure) { _ = ExactDecimal(mantissa: 1, scale: -1) }
    }
}

/// `numerator / denominator` to the nearest whole number, ties away from zero, by doubling: no remainder is looked at.
func nearest(_ numerator: Int, _ denominator: Int) -> Int {
    let isNegative = (numerator < 0) != (denominator < 0)
    let magnitude = (2 * abs(numerator) + abs(denominator)) / (2 * abs(denominator))
    return isNegative ? -magnitude : magnitude
}
