import ClearingModel
import Margining
import PlainMargin
import Quantities
import TestSupport
import Testing
import Validation

/// Margins at equal coverage (`Sources/Validation/Efficiency`) against a search of every factor, over random nights.
struct EfficiencyAgreementTests {
    private func rational(_ value: Int64) -> Rational { Rational(Int128(value), over: 1) }

    @Test func `both implementations scale alike`() throws {
        var random = SeededGenerator(seed: 12_7)
        var tally: [String: Int] = [:]
        for number in 0..<2_000 {
            // Small figures make ties, large ones what no Double holds.
            let (low, high) = random.once(in: 2) ? (-4, 9) : (-1_000_000_007, 9_000_000_000_000_013)
            let count = random.whole(0...25)
            let nights = (0..<count).map { _ in
                EqualCoverage.Night(
                    exposure: Int64(random.whole(low...high)),
                    margin: random.once(in: 8) ? 0 : Int64(random.whole(1...(high > 9 ? 9_000_000_000_001 : 6))))
            }
            let allowed = random.whole(0...max(count / 3, 1))
            let days = max(1, random.once(in: 3) ? count / 2 : count)
            let wanted = PlainEfficiency.scaled(
                nights.map { (rational($0.exposure), rational($0.margin)) }, allowed: allowed, days: days)
            let comment: Comment = "nights \(number)"
            guard let wanted else {
                let refusal = try #require(throws: ValidationRefusal.self, comment) {
                    try EqualCoverage(nights, exceptions: allowed, days: days, of: "A")
                }
                #expect(refusal.rule == .coverageNotReached, comment)
                tally["refused", default: 0] += 1
                continue
            }
            let found = try EqualCoverage(nights, exceptions: allowed, days: days, of: "A")
            #expect(
                Rational(found.multiplier.numerator, over: found.multiplier.denominator) == wanted.factor, comment)
            #expect(found.exceptions == wanted.exceptions && found.nights == count, comment)
            #expect(rational(found.average) == wanted.average.rounded(0), comment)
            if wanted.factor == 0 { tally["nothing", default: 0] += 1 }
            if wanted.exceptions < allowed { tally["fewer", default: 0] += 1 }
            if wanted.exceptions == allowed, wanted.factor > 0 { tally["equal", default: 0] += 1 }
        }
        for mark in ["refused", "nothing", "fewer", "equal"] { #expect(tally[mark, default: 0] > 50, "\(mark)") }
    }
}
