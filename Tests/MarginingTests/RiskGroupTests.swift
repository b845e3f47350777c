import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing

/// A simulated group in the place of its combined commodities' risk (methodology §6.6, §7).
struct RiskGroupTests {
    /// Corn 1,750 and soybeans 2,500 a contract, half credited against each other; oats outside the group.
    private static func small() throws -> SmallBook {
        var small = try SmallBook()
        for code in ["CORN", "OATS", "SOY"] { small.commodity(code) }
        small.future("C", of: "CORN", "2026-12", risk: "1750")
        small.future("O", of: "OATS", "2026-12", risk: "1000")
        small.future("S", of: "SOY", "2026-11", risk: "2500")
        small.option(
            "CC", of: "CORN", "2026-12", .call, array: [Int64](repeating: 0, count: 16), delta: "0", price: "300")
        small.interSpread("CS", rate: "0.5", ("CORN", "1", .a), ("SOY", "1", .b))
        return small
    }

    /// The account with a group of corn and soybeans whose core is `core`, alone `corn` and `soy`.
    private func applied(
        _ positions: KeyValuePairs<String, Int64>, _ measure: RiskGroupMeasure, core: String, corn: String,
        soy: String, terms: AccountTerms = SmallBook.terms()
    ) throws -> (account: AccountRequirement, outcome: RiskGroupOutcome) {
        let small = try Self.small()
        let kernel = try small.kernel()
        let scanned = try small.requirement(positions, terms: terms)
        func place(_ code: String) throws -> Int {
            try #require(kernel.book.combinedCommodityIndex(of: CombinedCommodityCode(code)))
        }
        let group = SimulatedGroupRisk(
            group: 0, measure: measure, core: dollars(core),
            held: [
                .init(combinedCommodity: try place("CORN"), core: dollars(corn)),
                .init(combinedCommodity: try place("SOY"), core: dollars(soy)),
            ])
        let (owner, outcomes) = kernel.counting([group], in: scanned.owners[0], of: terms)
        return (try kernel.requirement(of: terms, owners: [owner]), try #require(outcomes.first))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let measure: RiskGroupMeasure
        let core: String
        let risk: String
        let challenger: String
        let requirement: String
        var testDescription: String { "\(measure) with a core of \(core)" }
    }

    /// Two corn, short two soybeans, three oats: scanning asks for 1,750 + 2,500 of the group and 3,000 beside it.
    @Test(arguments: [
        Row(measure: .scan, core: "5000", risk: "4250", challenger: "5000", requirement: "7250"),
        Row(measure: .expectedShortfall, core: "5000", risk: "5000", challenger: "4250", requirement: "8000"),
        Row(measure: .expectedShortfall, core: "0", risk: "0", challenger: "4250", requirement: "3000"),
        Row(measure: .higher, core: "5000", risk: "5000", challenger: "4250", requirement: "8000"),
        Row(measure: .higher, core: "4250", risk: "4250", challenger: "4250", requirement: "7250"),
        Row(measure: .higher, core: "4249.99", risk: "4250", challenger: "4249.99", requirement: "7250"),
    ])
    func `what the group declares counts, beside what is outside it`(row: Row) throws {
        let (account, outcome) = try applied(
            ["C": 2, "O": 3, "S": -2], row.measure, core: row.core, corn: "3000", soy: "4000")
        #expect(outcome.scanRisk == dollars("4250"))
        #expect((outcome.risk, outcome.challenger) == (dollars(row.risk), dollars(row.challenger)))
        #expect(account.requirement == dollars(row.requirement))
    }

    /// Stand-alone 3,000 + 4,000 and oats 3,000 against 5,000 + 3,000: a fifth of 2,000 is added back.
    @Test func `the offset cap compares with the cores alone`() throws {
        let (account, _) = try applied(
            ["C": 2, "O": 3, "S": -2], .expectedShortfall, core: "5000", corn: "3000", soy: "4000",
            terms: SmallBook.terms(offsetCap: "0.8"))
        #expect(account.owners[0].currencies[0].offsetAddBack == dollars("400"))
        #expect(account.requirement == dollars("8400"))
    }

    /// Under the higher the larger of each combined commodity's two measures: 2 · 1,750 and 2 · 2,500.
    @Test func `under the higher a combined commodity stands alone at its larger measure`() throws {
        let (account, outcome) = try applied(
            ["C": 2, "S": -2], .higher, core: "5000", corn: "3000", soy: "6000",
            terms: SmallBook.terms(offsetCap: "0.8"))
        #expect(outcome.shares.map(\.standaloneInitialRisk) == [dollars("3500"), dollars("6000")])
        #expect(account.owners[0].currencies[0].offsetAddBack == dollars("900"))
    }

    /// Four calls worth 300 each. The ratio multiplies the risk and never the option value.
    @Test func `net option value comes off the group's initial risk`() throws {
        let (account, outcome) = try applied(
            ["C": 2, "CC": 4, "S": -2], .expectedShortfall, core: "5000", corn: "1", soy: "1",
            terms: SmallBook.terms(ratio: "1.1"))
        #expect(outcome.initialRisk == dollars("5500"))
        #expect(account.requirement == dollars("4300"))
        // Capped value is capped by the group as one: soybeans' risk alone would not take corn's value in.
        let (capped, _) = try applied(
            ["C": 2, "CC": 4, "O": 1, "S": -2], .expectedShortfall, core: "700", corn: "1", soy: "1",
            terms: SmallBook.terms(capped: true))
        #expect(capped.requirement == dollars("1000"))
    }

    @Test func `the shares of the combined commodities add up to the risk, by their cores alone`() throws {
        let shared = try applied(
            ["C": 2, "S": -2], .expectedShortfall, core: "100.01", corn: "1", soy: "2",
            terms: SmallBook.terms(ratio: "1.1")
        ).outcome
        #expect(shared.shares.map(\.risk) == [dollars("33.34"), dollars("66.67")])
        #expect(shared.initialRisk == dollars("110.01"))
        #expect(shared.shares.map(\.initialRisk) == [dollars("36.67"), dollars("73.34")])
        // No core alone: by scanning, 1,750 against 2,500.
        let scanned = try applied(["C": 2, "S": -2], .higher, core: "0", corn: "0", soy: "0").outcome
        #expect(scanned.shares.map(\.risk) == [dollars("1750"), dollars("2500")])
    }

    @Test func `a group that declares scanning leaves every line where it is`() throws {
        let terms = SmallBook.terms(ratio: "1.1", offsetCap: "0.8")
        let plain = try Self.small().requirement(["C": 2, "O": 3, "S": -2], terms: terms)
        let (account, outcome) = try applied(
            ["C": 2, "O": 3, "S": -2], .scan, core: "9999", corn: "1", soy: "1", terms: terms)
        #expect(account == plain)
        #expect(outcome.shares.isEmpty)
        #expect(outcome.initialRisk == dollars("4675"))
    }
}
