import ClearingModel
import Foundation
import Margining
import Quantities
import TestSupport
import Testing

private let accountCount = ProcessInfo.processInfo.environment["MARGIN_BENCH_ACCOUNTS"].flatMap { Int($0) } ?? 200

/// The kernel on made-up accounts of 10 series over 1 to 5 of 40 products: few in every test run so that it cannot
/// rot, as many as MARGIN_BENCH_ACCOUNTS says on request. Prints microseconds an account and a checksum.
@Suite(.serialized)
struct KernelBenchmark {
    @Test(arguments: [false, true])
    func `accounts of ten series over five products`(hasTiers: Bool) throws {
        let kernel = try house(hasTiers: hasTiers).kernel()
        let terms = SmallBook.terms(offsetCap: "0.8")
        var random = SeededGenerator(seed: 20_260_620)
        var positions: [Position] = []
        for _ in 0..<accountCount {
            let products = (0..<Int(1 + random.next() % 5)).map { _ in Int(random.next() % 40) }
            var held: [Int32: Int64] = [:]
            while held.count < 10 {
                let product = products[held.count % products.count]
                let series = kernel.book.combinedCommodities[product].series
                held[Int32(series.lowerBound + Int(random.next() % UInt64(series.count)))] =
                    Int64(random.next() % 41) - 20
            }
            for (series, quantity) in held.sorted(by: { $0.key < $1.key }) {
                positions.append(Position(series: series, quantity: quantity))
            }
        }
        var scratch = KernelScratch()
        var checksum: Int64 = 0
        let elapsed = try ContinuousClock().measure {
            for account in 0..<accountCount {
                let result = try kernel.requirement(
                    of: terms, positions: positions[account * 10..<account * 10 + 10], scratch: &scratch)
                checksum &+= result.requirement.minorUnits
            }
        }
        let microseconds = Double(elapsed.components.attoseconds) / 1e12 + Double(elapsed.components.seconds) * 1e6
        print(
            "\(hasTiers ? "tiers and spreads" : "plain"): \(microseconds / Double(accountCount)) µs an account, "
                + "\(checksum)"
        )
        #expect(checksum > 0)
    }

    private func house(hasTiers: Bool) throws -> SmallBook {
        var small = try SmallBook()
        var random = SeededGenerator(seed: 7)
        for product in 0..<40 {
            let code = "P\(product + 10)"
            small.commodity(code, minimumRate: "5")
            for contractMonth in 1...9 {
                let expiry = "2026-0\(contractMonth)"
                small.future("\(code)-\(expiry)-F", of: code, expiry, risk: "\(500 + random.next() % 2000)")
                for strike in 1...4 {
                    let array = (0..<16).map { _ in Int64(random.next() % 2001) - 1000 }
                    small.option(
                        "\(code)-\(expiry)-C\(strike)", of: code, expiry, .call, array: array,
                        delta: "0.\(1000 + random.next() % 9000)", price: "\(random.next() % 500)")
                }
            }
            guard hasTiers else { continue }
            for (tier, first) in [("A", 1), ("B", 4), ("C", 7)] {
                small.tier(tier, of: code, "2026-0\(first)", "2026-0\(first + 1)", "2026-0\(first + 2)")
            }
            for (priority, legs) in [("A", "B"), ("B", "C"), ("A", "C"), ("A", "A"), ("B", "B"), ("C", "C")]
                .enumerated()
            {
                small.intraSpread(
                    "S\(priority)", of: code, priority: priority + 1, charge: .flat(exact("80.5")), (legs.0, "1", .a),
                    (legs.1, "1", .b))
            }
        }
        guard hasTiers else { return small }
        for left in 0..<39 {
            for right in left + 1..<min(40, left + 6) {
                small.interSpread(
                    "I\(left)-\(right)", priority: right - left, rate: "0.45", ("P\(left + 10)", "1", .a),
                    ("P\(right + 10)", "1.5", .b))
            }
        }
        return small
    }
}
