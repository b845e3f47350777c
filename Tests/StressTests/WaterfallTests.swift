import Stress
import TestSupport
import Testing

/// Who bears a default's losses (docs/methodology.md §8.7): to the minor unit, in order.
struct WaterfallTests {
    private func member(_ index: Int, _ loss: Int64, margin: Int64 = 0, surplus: Int64 = 0) -> DefaultedMember {
        DefaultedMember(member: index, loss: loss, margin: margin, houseSurplus: surplus)
    }

    private func lines(_ waterfall: Waterfall) -> [String] {
        waterfall.lines.map { "\($0.step.rawValue) \($0.member.map { "\($0)" } ?? "house") \($0.amount)" }
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var defaulted: [DefaultedMember]
        var fund: Int64
        var contributions: [Int64]
        let lines: [String]
    }

    private static func lost(_ index: Int, _ loss: Int64, margin: Int64 = 0, surplus: Int64 = 0) -> DefaultedMember {
        DefaultedMember(member: index, loss: loss, margin: margin, houseSurplus: surplus)
    }

    @Test(arguments: [
        Example(
            testDescription: "margin bears all", defaulted: [lost(0, 100, margin: 100)], fund: 50,
            contributions: [10, 20], lines: ["margin 0 100"]),
        Example(
            testDescription: "the defaulter pays before the house, the house before the others",
            defaulted: [lost(1, 1_000, margin: 400, surplus: 100)], fund: 300, contributions: [60, 50, 90],
            lines: [
                "margin 1 400", "house_surplus 1 100", "own_contribution 1 50", "house_tranche house 100",
                "survivors_contributions 0 60", "survivors_contributions 2 90", "assessment 0 80",
                "assessment 2 120",
            ]),
        Example(
            testDescription: "a largest remainder decides, of equal ones the first member",
            defaulted: [lost(0, 2)], fund: 90, contributions: [0, 30, 30, 30],
            lines: ["survivors_contributions 1 1", "survivors_contributions 2 1"]),
        Example(
            testDescription: "what one defaulter has left bears the other's loss before the house's tranche",
            defaulted: [lost(0, 10), lost(1, 50)], fund: 100, contributions: [25, 20, 30],
            lines: [
                "own_contribution 0 10", "own_contribution 1 20", "defaulters_contributions 0 15",
                "house_tranche house 15",
            ]),
        Example(
            testDescription: "survivors who have paid nothing in are assessed evenly", defaulted: [lost(0, 7)], fund: 0,
            contributions: [0, 0, 0], lines: ["assessment 1 4", "assessment 2 3"]),
        Example(
            testDescription: "where everybody defaults nobody is assessed", defaulted: [lost(0, 70), lost(1, 5)],
            fund: 40, contributions: [10, 10],
            lines: [
                "own_contribution 0 10", "own_contribution 1 5", "defaulters_contributions 1 5",
                "house_tranche house 20", "uncovered house 35",
            ]),
        Example(
            testDescription: "contributions above the fund, which a rate can do, leave the house no tranche",
            defaulted: [lost(0, 70)], fund: 40, contributions: [10, 40],
            lines: ["own_contribution 0 10", "survivors_contributions 1 40", "assessment 1 20"]),
        Example(testDescription: "nobody loses", defaulted: [], fund: 40, contributions: [10, 40], lines: []),
    ])
    func `losses go through the steps in their order`(example: Example) {
        let waterfall = Waterfall(example.defaulted, fund: example.fund, contributions: example.contributions)
        #expect(lines(waterfall) == example.lines)
    }

    @Test func `the lines add up to the loss, and beyond the fund is what the shortfalls exceed it by`() {
        var random = SeededGenerator(seed: 8_7)
        for _ in 0..<2_000 {
            let count = random.whole(1...7)
            let contributions = (0..<count).map { _ in Int64(random.whole(0...50)) }
            let fund = contributions.reduce(0, +) + Int64(random.whole(0...40))
            let defaulted = (0..<count).filter { _ in random.once(in: 2) }.map { index in
                let (margin, surplus) = (Int64(random.whole(0...30)), Int64(random.whole(0...9)))
                return member(
                    index, margin + surplus + Int64(random.whole(0...99)), margin: margin, surplus: surplus)
            }
            let waterfall = Waterfall(defaulted, fund: fund, contributions: contributions)
            #expect(waterfall.lines.reduce(0) { $0 + $1.amount } == waterfall.loss)
            #expect(Waterfall.Step.allCases.reduce(0) { $0 + waterfall.total(of: $1) } == waterfall.loss)
            let shortfall = defaulted.reduce(0) { $0 + $1.shortfall }
            let beyond = waterfall.total(of: .assessment) + waterfall.total(of: .uncovered)
            #expect(beyond == max(0, shortfall - fund))
            for line in waterfall.lines where line.step == .survivorsContributions || line.step == .ownContribution {
                #expect(line.amount <= contributions[line.member ?? 0])
            }
        }
    }
}
