import ClearingModel
import MarginCalls
import Quantities
import Testing

/// A million lines over 2,000 series: the time is printed, the sum is held.
@Test func `a million lines sum to what exact decimals say`() throws {
    let money = try currency("USD")
    let seriesCount = 2000
    let all = try (0..<seriesCount).map { number in
        try terms(
            "S\(10_000 + number)", factor: number % 2 == 0 ? "1000" : "33.37", settlement: "101.328125",
            previous: "101.2\(number % 10)6875", in: money)
    }
    let book = try SettlementBook(all)
    let accounts = 250
    let positions = (0..<seriesCount).map {
        BookPosition(series: SeriesIndex(rank: Int32($0)), longQuantity: Int64($0 % 7 + 1), shortQuantity: 0)
    }
    let trades = try (0..<seriesCount).map {
        BookTrade(
            series: SeriesIndex(rank: Int32($0 * 7 % seriesCount)), quantity: Int64($0 % 5 - 7),
            price: try exact("101.3\($0 % 10)"))
    }
    var lines: [VariationMarginLine] = []
    lines.reserveCapacity(accounts * seriesCount * 2)
    var total = Money.zero(money)
    // The first pass touches the memory; the best of the others is what the arithmetic costs.
    var fastest = Duration.seconds(60)
    for pass in 0..<4 {
        lines.removeAll(keepingCapacity: true)
        total = Money.zero(money)
        let elapsed = try ContinuousClock().measure {
            for _ in 0..<accounts {
                let sums = try book.appendVariationMargin(
                    previousPositions: positions[...], trades: trades[...], to: &lines)
                for sum in sums { total = total + sum }
            }
        }
        if pass > 0 { fastest = min(fastest, elapsed) }
    }
    #expect(lines.count == 1_000_000)
    var expected: Int64 = 0
    for line in lines.prefix(seriesCount * 2) {
        let prices = book.prices(of: line, trades: trades[...])
        let value = (prices.to - prices.from) * book[line.series].contractValueFactor * ExactDecimal(Int(line.quantity))
        expected += value.minorUnits(decimals: 2)
    }
    #expect(total.minorUnits == expected * Int64(accounts))
    print("variation margin: \(fastest / lines.count) a line")
}
