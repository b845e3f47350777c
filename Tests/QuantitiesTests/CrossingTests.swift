import Quantities
import TestSupport
import Testing

/// Where a number becomes money or array units: each place is one function and rounds as methodology §1.4 says.
@Suite struct `A crossing` {
    @Test func `to whole numbers rounds every small quotient to the nearest, ties away from zero`() {
        for numerator in -200...200 {
            for denominator in -25...25 where denominator != 0 {
                #expect(
                    divideRoundingHalfAwayFromZero(Int128(numerator), by: Int128(denominator))
                        == Int128(nearest(numerator, denominator)))
            }
        }
    }

    @Test func `to whole numbers keeps to the ends of 128 bits`() {
        #expect(divideRoundingHalfAwayFromZero(.max, by: 1) == .max)
        #expect(divideRoundingHalfAwayFromZero(.min, by: 1) == .min)
        #expect(divideRoundingHalfAwayFromZero(.max, by: .max) == 1)
        #expect(divideRoundingHalfAwayFromZero(.max - 1, by: .max) == 1)
        #expect(divideRoundingHalfAwayFromZero(.max / 2, by: .max) == 0)
        #expect(divideRoundingHalfAwayFromZero(.max / 2 + 1, by: .max) == 1)
    }

    @Test(arguments: [
        (0.125, 2, 13), (-0.125, 2, -13), (1732.5, 0, 1733), (-1732.5, 0, -1733), (2.5, 0, 3),
        (0.499_999_999_999_999_94, 0, 0),
        (-0.0, 2, 0), (9_007_199_254_740_993.0, 0, 9_007_199_254_740_992), (123.456, 6, 123_456_000),
    ])
    func `from Double to array units rounds ties away from zero`(_ value: Double, _ decimals: Int, _ units: Int64) {
        #expect(arrayUnits(rounding: value, decimals: decimals) == units)
    }

    @Test func `from Double to array units stops at what is no number of units`() async {
        await #expect(processExitsWith: .failure) { _ = arrayUnits(rounding: .nan, decimals: 2) }
        await #expect(processExitsWith: .failure) { _ = arrayUnits(rounding: .infinity, decimals: 2) }
        await #expect(processExitsWith: .failure) { _ = arrayUnits(rounding: 9.3e18, decimals: 0) }
    }

    @Test func `of a wide product is that of the product where it fits: every small triple`() throws {
        for left in -12...12 {
            for right in -12...12 {
                for divisor in 1...15 {
                    #expect(
                        roundedQuotient(Int128(left), times: Int128(right), over: Int128(divisor))
                            == Int128(nearest(left * right, divisor)))
                }
            }
        }
    }

    @Test func `of a wide product is exact beyond 128 bits, and nil where the quotient leaves them`() {
        let large = Int128.max / 7
        #expect(roundedQuotient(large, times: 1_000_003, over: 1_000_003) == large)
        #expect(roundedQuotient(-large, times: 1_000_003, over: 1_000_003) == -large)
        #expect(roundedQuotient(.max, times: .max, over: .max) == .max)
        #expect(roundedQuotient(.max, times: 2, over: 1) == nil)
        #expect(roundedQuotient(.max, times: .max, over: 1) == nil)
        // 10^38 · 15 / 10^39 = 1.5, a tie that only 256 bits can see.
        #expect(roundedQuotient(PowersOfTen.int128(38), times: 15, over: PowersOfTen.int128(38)) == 15)
        #expect(roundedQuotient(PowersOfTen.int128(37) * 5, times: 3, over: PowersOfTen.int128(38)) == 2)
    }

    @Test func `of a product to money rounds once: seeded products against whole numbers`() throws {
        var generator = SeededGenerator(seed: 4_711)
        for _ in 0..<20_000 {
            let left = Int64.random(in: -9_999_999...9_999_999, using: &generator)
            let right = Int64.random(in: -99_999...99_999, using: &generator)
            // Left has 4 decimals, right has 3, money has 2: five are rounded away.
            let units = ExactDecimal(mantissa: Int128(left), scale: 4)
                .minorUnits(times: ExactDecimal(mantissa: Int128(right), scale: 3), decimals: 2)
            #expect(units == Int64(nearest(Int(left) * Int(right), 100_000)))
        }
    }

    @Test func `of a product to money is nil beyond 64 bits`() {
        let largest = ExactDecimal(minorUnits: .max, decimals: 2)
        #expect(largest.minorUnits(times: .one, decimals: 2) == .max)
        #expect(largest.minorUnits(times: ExactDecimal(2), decimals: 2) == nil)
        #expect(
            largest.minorUnits(times: ExactDecimal(mantissa: 5, scale: 1), decimals: 2) == 4_611_686_018_427_387_904)
        #expect(
            ExactDecimal(mantissa: 1, scale: 30).minorUnits(times: ExactDecimal(mantissa: 1, scale: 20), decimals: 2)
                == nil)
    }

    @Test func `of a checked product is exact or nil`() {
        #expect(ExactDecimal("1.50")?.checkedProduct(ExactDecimal(mantissa: 20, scale: 1))?.description == "3")
        #expect(ExactDecimal(mantissa: .max, scale: 0).checkedProduct(ExactDecimal(2)) == nil)
        // Trailing zeros do not count: 10^37 at 37 decimals is one.
        #expect(
            ExactDecimal(mantissa: PowersOfTen.int128(37), scale: 37).checkedProduct(ExactDecimal(5)) == ExactDecimal(5)
        )
    }
}

@Suite struct `An amount of money` {
    private let dollar: Currency
    private let yen: Currency

    init() throws {
        dollar = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        yen = Currency(code: try #require(CurrencyCode("JPY")), decimals: 0)
    }

    @Test func `is rounded to the minor unit of its currency`() throws {
        let amount = try #require(ExactDecimal("-1732.505"))
        #expect(Money(rounding: amount, currency: dollar).description == "-1732.51 USD")
        #expect(Money(rounding: amount, currency: yen).description == "-1733 JPY")
        #expect(Money(minorUnits: 5, currency: dollar).amount == ExactDecimal("0.05"))
    }

    @Test func `is added within its currency`() {
        let sum = Money(minorUnits: 150, currency: dollar) + Money(minorUnits: -200, currency: dollar)
        #expect(sum.minorUnits == -50)
        #expect((sum - sum) == .zero(dollar))
    }

    @Test func `of two currencies is never added, and an overflow stops`() async {
        await #expect(processExitsWith: .failure) {
            let codes = [CurrencyCode("USD"), CurrencyCode("JPY")].compactMap { $0 }
            let money = codes.map { Money(minorUnits: 1, currency: Currency(code: $0, decimals: 2)) }
            _ = money[0] + money[1]
        }
        await #expect(processExitsWith: .failure) {
            let codes = [CurrencyCode("USD")].compactMap { $0 }
            let most = Money(minorUnits: .max, currency: Currency(code: codes[0], decimals: 2))
            _ = most + most
        }
        await #expect(processExitsWith: .failure) {
            _ = ExactDecimal(mantissa: Int128(Int64.max) + 1, scale: 2).minorUnits(decimals: 2)
        }
    }

    @Test(arguments: ["", "US", "USDX", "usd", "US1", "ÄSD", "US "])
    func `has a currency of three capital letters`(_ text: String) {
        #expect(CurrencyCode(text) == nil)
    }

    @Test func `has currencies in the order of their letters`() throws {
        let codes = try ["AED", "EUR", "JPY", "TRY", "USD"].map { try #require(CurrencyCode($0)) }
        #expect(codes == codes.reversed().sorted() && codes.map(\.description) == ["AED", "EUR", "JPY", "TRY", "USD"])
    }

    @Test func `a whole number becomes the Double that the standard library gives, on both sides of 64 bits`() {
        for power in 0..<127 {
            for offset in Int128(-3)...3 {
                let whole = (Int128(1) << Int128(power)) &+ offset
                #expect(Double(nearest: whole) == Double(whole), "\(whole)")
                #expect(Double(nearest: -whole) == Double(-whole), "-\(whole)")
            }
        }
        #expect(Double(nearest: .max) == Double(Int128.max))
        #expect(Double(nearest: .min) == Double(Int128.min))
    }
}
