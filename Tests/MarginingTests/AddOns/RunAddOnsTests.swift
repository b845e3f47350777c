import ClearingModel
import Margining
import Parameters
import Quantities
import Scenarios
import Testing

/// Add-ons from a run's values to its lines: who is charged what, and in which currency (methodology §7, §9).
struct RunAddOnsTests {
    /// 400 contracts at half of 100 a day take 8 days, four horizons: √4 − 1 of the base.
    @Test func `liquidity is charged in the group's currency and counts in the call currency`() async throws {
        var house = try AddOnHouse()
        house.liquidityGroup("G", of: [AddOnHouse.corn])
        house.holds("A1", delta: "-400", base: "1000")
        house.holds("B1", delta: "400", base: "1000")
        // 1000 · 0.8 · 1.1 into euros.
        #expect(
            try await house.charged().lines
                == [
                    "A1 account liquidity G 1000.00 USD 1000.00 USD", "B1 account liquidity G 1000.00 USD 880.00 EUR",
                ])
    }

    @Test func `a class with a floor pays for what its diversification leaves`() async throws {
        var house = try AddOnHouse()
        house.liquidityGroup("G", of: [AddOnHouse.corn])
        house.classes = [AccountClassMargin(accountClass: AddOnHouse.house, diversificationFloor: exact("0.5"))]
        house.holds("A1", delta: "400", base: "1000", risk: "900", alone: "1000")
        house.holds("A2", delta: "400", base: "1000", risk: "100", alone: "1000")
        #expect(
            try await house.charged().lines
                == ["A1 account liquidity G 900.00 USD 900.00 USD", "A2 account liquidity G 500.00 USD 500.00 USD"])
    }

    /// Two currencies in one group: 1000 dollars are 880 euros, and 20 euros beside them.
    @Test func `a group of several currencies is charged in the call currency`() async throws {
        var house = try AddOnHouse()
        house.liquidityGroup("G", of: [AddOnHouse.corn, AddOnHouse.wheat])
        house.holds("B1", delta: "400", base: "1000")
        house.holds("B1", AddOnHouse.wheat, delta: "400", base: "20", in: AddOnHouse.euro)
        #expect(try await house.charged().lines == ["B1 account liquidity G 900.00 EUR 900.00 EUR"])
    }

    @Test func `half-spread, impact and concentration are charged a combined commodity`() async throws {
        var house = try AddOnHouse()
        house.halfSpreads = [
            HalfSpreadRow(
                accountClass: AddOnHouse.house, combinedCommodity: AddOnHouse.corn, contractValueFactor: exact("50"),
                tierFactor: exact("2"))
        ]
        house.impacts = [
            ImpactRow(
                accountClass: AddOnHouse.house, combinedCommodity: AddOnHouse.corn, impactCoefficient: exact("0.8"),
                contractValueFactor: exact("50"))
        ]
        house.tiers = [
            AddOnHouse.tier(above: "1", rate: "0.1", of: AddOnHouse.house),
            AddOnHouse.tier(above: "3", rate: "0.5", of: AddOnHouse.house),
        ]
        house.holds("A1", delta: "400", base: "1000")
        // The client class has no such rows.
        house.holds("B1", delta: "400", base: "1000")
        // 200 contracts at 0.1 and 100 at 0.5 of 400; 400 · 0.25 · 50 · 2; 0.8 · 1.5 · 400 · 50 · √4.
        #expect(
            try await house.charged().lines
                == [
                    "A1 account concentration CORN 175.00 USD 175.00 USD",
                    "A1 account half_spread CORN 10000.00 USD 10000.00 USD",
                    "A1 account impact CORN 48000.00 USD 48000.00 USD",
                ])
    }

    @Test func `owners of an account are charged one by one`() async throws {
        var house = try AddOnHouse()
        house.liquidityGroup("G", of: [AddOnHouse.corn])
        house.holds("A1", delta: "400", base: "1000", owner: OwnerCode("O1"))
        house.holds("A1", delta: "-400", base: "10", owner: OwnerCode("O2"))
        let addOns = try await house.charged().addOns
        #expect(addOns.map(\.owner) == [OwnerCode("O1"), OwnerCode("O2")])
        #expect(addOns.map(\.line.amount) == [dollars("1000"), dollars("10")])
    }

    /// 400 long and 100 short are 300 of one member: 200 of them at a fifth of a base of 1500.
    @Test func `a member's excess is borne by its accounts, by size`() async throws {
        var house = try AddOnHouse()
        house.memberTiers = [AddOnHouse.tier(above: "1", rate: "0.2")]
        house.holds("A1", delta: "400", base: "1000")
        house.holds("A2", delta: "-100", base: "500")
        house.holds("B1", delta: "100", base: "500")
        let charged = try await house.charged()
        #expect(
            charged.lines
                == [
                    "A1 member concentration CORN 160.00 USD 160.00 USD",
                    "A2 member concentration CORN 40.00 USD 40.00 USD",
                ])
        #expect(charged.concentrations.map(\.member) == [MemberCode("M1"), MemberCode("M2")])
        #expect(charged.concentrations.map { $0.1.excess } == [dollars("200"), dollars("0")])
    }

    @Test func `a member's excess is what its accounts' own charges leave`() async throws {
        var house = try AddOnHouse()
        house.memberTiers = [AddOnHouse.tier(above: "1", rate: "0.2")]
        house.tiers = [
            AddOnHouse.tier(above: "1", rate: "0.1", of: AddOnHouse.house),
            AddOnHouse.tier(above: "3", rate: "0.5", of: AddOnHouse.house),
        ]
        house.holds("A1", delta: "400", base: "1000")
        house.holds("A2", delta: "-100", base: "500")
        // 200 less the account's own 175.
        #expect(
            try await house.charged().lines
                == [
                    "A1 account concentration CORN 175.00 USD 175.00 USD",
                    "A1 member concentration CORN 20.00 USD 20.00 USD",
                    "A2 member concentration CORN 5.00 USD 5.00 USD",
                ])
    }

    @Test func `the class's credit multiplier goes before the member's`() async throws {
        var house = try AddOnHouse()
        house.memberMultiplier = "1.2"
        house.classes = [AccountClassMargin(accountClass: AddOnHouse.client, creditMultiplier: exact("1.5"))]
        house.holds("A1", delta: "1", base: "0")
        house.holds("B1", delta: "1", base: "0")
        house.requirements = [AccountCode("A1"): exact("5000"), AccountCode("B1"): exact("5000")]
        #expect(
            try await house.charged().lines
                == [
                    "A1 account credit requirement 1000.00 USD 1000.00 USD",
                    "B1 account credit requirement 2500.00 EUR 2500.00 EUR",
                ])
    }

    /// Three bought and two sold at 20, which falls to nothing; what another group's member holds does not fall.
    @Test(arguments: [(MarginingType.net, "20.00"), (.grossOmnibus, "60.00")])
    func `a position on the member's own group loses all of it`(type: MarginingType, loss: String) async throws {
        var house = try AddOnHouse()
        house.book.commodity("CORN")
        house.book.future("EQ", of: "CORN", "2026-12", risk: "5")
        house.book.rows.settlementPrices[SeriesCode("EQ")] = exact("20")
        house.referenceGroups = [ContractCode("EQ"): CompanyGroupCode("ALPHA")]
        house.marginingType = type
        house.positions = ["A1": [("EQ", 3, 2)], "A2": [("EQ", 0, 3)], "B1": [("EQ", 3, 0)]]
        #expect(try await house.charged().lines == ["A1 account wrong_way CORN \(loss) USD \(loss) USD"])
    }

    /// Corn 1750 against soybeans 2500: credits of 2125 at a half, of 1275 at 0.3.
    @Test func `half of what weaker correlation would ask for is charged`() async throws {
        var house = try AddOnHouse()
        for code in ["CORN", "SOY"] { house.book.commodity(code) }
        house.book.future("C", of: "CORN", "2026-12", risk: "1750")
        house.book.future("S", of: "SOY", "2026-11", risk: "2500")
        house.book.interSpread("CS", rate: "0.5", ("CORN", "1", .a), ("SOY", "1", .b))
        house.classes = [
            AccountClassMargin(accountClass: AddOnHouse.house, correlationUnderestimationKappa: exact("0.5"))
        ]
        house.positions = ["A2": [("C", 1, 0), ("S", 0, 1)]]
        let charged = try await house.charged()
        #expect(
            charged.lines == ["A2 account correlation_underestimation requirement 425.00 USD 425.00 USD"])
        #expect(charged.underestimations.map(\.account) == [AccountCode("A2")])
        #expect(
            charged.underestimations[0].1.requirements.map(\.requirement)
                == ["2125", "2550", "2975", "4250"].map(dollars))
    }

    @Test func `a simulated group that breaks is charged unless scanning counts`() async throws {
        var house = try AddOnHouse()
        let (grains, metals, simulation) = (RiskGroupCode("GRAINS"), RiskGroupCode("METALS"), SimulationCode("S"))
        func row(_ group: RiskGroupCode, _ measure: RiskGroupMeasure) -> SimulatedGroupRow {
            SimulatedGroupRow(
                account: AccountCode("B1"), owner: .none, riskGroup: group, measure: measure, core: dollars("900"),
                valueAtRisk: dollars("800"), breakExcess: exact("250"), breakAddOn: dollars("100"), held: [])
        }
        func group(_ code: RiskGroupCode, _ measure: RiskGroupMeasure) -> RiskGroup {
            RiskGroup(code: code, simulation: simulation, measure: measure, combinedCommodities: [])
        }
        house.groups = SimulatedGroups(
            [row(grains, .higher), row(metals, .scan)],
            SimulationParameters(
                riskFactors: [], mappings: [],
                simulations: [
                    Simulation(
                        code: simulation, confidence: exact("0.99"), convention: .fractional, mporDays: 1,
                        lookBackDays: nil, isFiltered: false, stressedWeight: .zero,
                        correlationBreak: Simulation.CorrelationBreakRow(
                            window: 50, kappa: exact("0.4"), lower: .zero, upper: exact("0.2")))
                ],
                stressedWindows: [:], riskGroups: [group(grains, .higher), group(metals, .scan)]))
        #expect(try await house.charged().lines == ["B1 account correlation_break GRAINS 100.00 USD 88.00 EUR"])
    }

    @Test func `what is missing is named: a liquidity figure, a rate`() async throws {
        var house = try AddOnHouse()
        house.liquidityGroup("G", of: [AddOnHouse.corn])
        house.holds("B1", delta: "400", base: "1000")
        house.rates = [:]
        await #expect(throws: ConversionError.noRate(from: SmallBook.dollar.code, to: AddOnHouse.euro.code)) {
            try await house.charged()
        }
        house.liquidity = [:]
        let missing = AddOnError.missingLiquidity("row", of: AddOnHouse.corn, neededBy: "liquidity group G")
        await #expect(throws: missing) { try await house.charged() }
        #expect("\(missing)" == "liquidity has no row of CORN, needed by liquidity group G")
        house.tiers = [AddOnHouse.tier(above: "1", rate: "0.1", of: AddOnHouse.client, measure: "open_interest")]
        await #expect(
            throws: AddOnError.missingLiquidity(
                "open_interest", of: AddOnHouse.corn, neededBy: "its concentration tiers")
        ) { try await house.charged() }
    }
}
