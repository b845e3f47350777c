import ClearingModel
import PlainMargin
import Testing

/// The second round of §8.7 worked out by hand: three members with a future each, moves of whole points.
struct SecondRoundExampleTests {
    /// X = 4 of M1, Y·σ = 2 and a volume of 4: closing it out moves the price by −2, and M1 with M2 by √(8/4)·2.
    private static func house(resource: Rational) -> PlainStressHouse {
        var house = PlainStressHouse(baseCurrency: "USD")
        house.currencies = [PlainCurrency("USD", decimals: 2)]
        var commodity = PlainCommodity("A", currency: "USD")
        commodity.arrayDecimals = 2
        house.commodities = [commodity]
        house.series = [PlainStressSeries("A1", of: "A", Listed.first, price: 100)]
        house.scenarios = [PlainStressScenario(1, "S1", moves: [PlainStressMove(nil, .absolute, -10)])]
        house.fund = PlainForeignAmount(60, "USD")
        house.coverCount = 1
        for (member, requirement) in [("M1", 0), ("M2", 40), ("M3", 40)] {
            house.members.append(PlainStressMember(member))
            house.accounts.append(
                PlainStressAccount(
                    member, member: member, isHouse: true, callCurrency: "USD",
                    owners: [
                        PlainStressOwner(
                            positions: [PlainPosition("A1", long: 4, short: 0)], requirement: Rational(requirement))
                    ]))
        }
        for index in 1...2 { house.accounts[index].acceptedCollateral = 40 }
        var terms = PlainSecondRoundTerms(roundCap: 5, closeOutDays: 2, clientsAreClosedOut: false)
        terms.markets = [
            PlainCloseOutMarket("A", impactCoefficient: "0.5", dailyVolatility: 4, averageDailyVolume: 4)
        ]
        terms.resources = [
            PlainMemberAmount("M1", 0, "USD"), PlainMemberAmount("M2", resource, "USD"),
            PlainMemberAmount("M3", "11.3", "USD"),
        ]
        house.secondRound = terms
        return house
    }

    private static func rounds(_ house: PlainStressHouse) throws -> PlainSecondRound? {
        guard case .computed(let rounds) = try house.stress().secondRound else { return nil }
        return rounds
    }

    @Test func `a member with exactly enough stays, and one with a cent less takes the next along`() throws {
        // At −12 each needs 48 and lacks 8.
        let still = try #require(try Self.rounds(Self.house(resource: 8)))
        #expect(still.rounds.map(\.defaulted) == [["M1"], []] && !still.capReached)
        #expect(still.rounds.map(\.shortfall) == [40, 48] && still.rounds.map(\.fundLeft) == [20, 12])
        #expect(still.rounds[1].members.map(\.uncovered) == [8, 8])
        #expect(still.rounds[1].impacts.map(\.priceMove) == [-2])
        #expect(still.rounds[1].impacts.map(\.participation) == ["0.5"])

        let chain = try #require(try Self.rounds(Self.house(resource: "7.99")))
        // √2·2 = 2.828427: at −12.83 M3 lacks 11.32, a little more than it has; with it √3·2 = 3.464102.
        #expect(chain.rounds.map(\.defaulted) == [["M1"], ["M2"], ["M3"], []] && !chain.capReached)
        #expect(chain.rounds.flatMap(\.impacts).map(\.priceMove) == [-2, "-2.828427", "-3.464102"])
        #expect(chain.rounds.flatMap(\.impacts).map(\.netDelta) == [4, 8, 12])
        #expect(chain.rounds.map { $0.members.map(\.uncovered) } == [[], [8, 8], ["11.32"], []])
        // 48 and 8, then 51.32 and twice 11.32, then 53.84 and twice 13.84.
        #expect(chain.rounds.map(\.shortfall) == [40, 56, "73.96", "81.52"])
        #expect(chain.rounds.map(\.fundLeft) == [20, 4, 0, 0])
    }

    @Test func `the cap ends the rounds, and is reached only where somebody defaults in the last`() throws {
        var house = Self.house(resource: "7.99")
        house.secondRound?.roundCap = 2
        #expect(try Self.rounds(house)?.capReached == true)
        house.secondRound?.roundCap = 3
        #expect(try Self.rounds(house)?.capReached == false)
        #expect(try Self.rounds(house)?.rounds.count == 4)
    }

    @Test func `clients are closed out where the set says so, and premium-style options are no variation margin`()
        throws
    {
        var house = Self.house(resource: 8)
        var option = PlainStressSeries("AC", of: "A", Listed.first, price: 4)
        option.kind = .call(isPremium: true)
        option.givenValues = [1: 3]
        option.compositeDelta = "0.25"
        house.repricing = { _, _, _ in 3 }
        house.series.append(option)
        house.accounts[0].isHouse = false
        house.accounts[0].owners[0].positions.append(PlainPosition("AC", long: 2, short: 0))
        house.accounts[1].owners[0].positions = [PlainPosition("AC", long: 50, short: 0)]
        let untouched = try #require(try Self.rounds(house))
        #expect(untouched.rounds[1].impacts.isEmpty && untouched.rounds[1].members[1].need == 40)
        house.secondRound?.clientsAreClosedOut = true
        let closed = try #require(try Self.rounds(house))
        // 4 and twice a quarter; M2's options lose 150 of a value of 200, and nothing of it is paid in cash.
        #expect(closed.rounds[1].impacts.map(\.netDelta) == ["4.5"])
        #expect(closed.rounds[1].members.map(\.need) == [0, "48.48"])
        // Futures lose 40 on a gain of options worth more: the cash is needed all the same.
        house.accounts[1].owners[0].positions.append(PlainPosition("A1", long: 4, short: 0))
        house.accounts[1].isHouse = false
        house.accounts.append(house.accounts[1])
        house.accounts[3].code = "M2b"
        house.accounts[3].acceptedCollateral = 1000
        let paying = try #require(try Self.rounds(house))
        #expect(paying.rounds[1].members[0].need == "96.96" && paying.rounds[1].members[0].uncovered == "8.48")
        // The house pays the same, its accounts together; a writer pays nothing now and owes what buying back costs.
        house.accounts[1].isHouse = true
        house.accounts[3].isHouse = true
        house.accounts[3].acceptedCollateral = 50
        #expect(try Self.rounds(house)?.rounds[1].members[0].need == "96.96")
        #expect(try Self.rounds(house)?.rounds[1].members[0].uncovered == "6.96")
        house.accounts[1].isHouse = false
        house.accounts[1].owners[0].positions = [PlainPosition("AC", long: 0, short: 60)]
        #expect(try Self.rounds(house)?.rounds[1].members[0].need == "108.48")
    }

    @Test(arguments: [("A", "0"), ("B", "4")])
    func `a market that is missing or has no volume is the second round's own refusal`(
        _ commodity: String, _ volume: String
    ) throws {
        var house = Self.house(resource: 8)
        house.secondRound?.markets = [
            PlainCloseOutMarket(
                commodity, impactCoefficient: 1, dailyVolatility: 1, averageDailyVolume: Rational(stringLiteral: volume)
            )
        ]
        let figures = try house.stress()
        guard case .refused(let refusal, scenario: 1, after: let rounds) = figures.secondRound else {
            Issue.record("\(figures.secondRound)")
            return
        }
        #expect(refusal == PlainStressRefusal("close_out_market_missing", "A"))
        #expect(rounds.map(\.defaulted) == [["M1"]] && rounds.map(\.shortfall) == [40])
        // Nothing is moved where longs and shorts of the defaulted meet.
        house.accounts.append(house.accounts[0])
        house.accounts[3].code = "M1b"
        house.accounts[3].owners[0].positions = [PlainPosition("A1", long: 0, short: 4)]
        house.accounts[3].owners[0].requirement = 0
        house.secondRound?.groups = ["M1"]
        let still = try #require(try Self.rounds(house))
        #expect(still.rounds[1].impacts.map(\.priceMove) == [0] && still.rounds[1].impacts.map(\.netDelta) == [0])
    }

    @Test func `the sixth decimal of a price move is rounded half away, a net delta's fourth by month`() throws {
        var house = Self.house(resource: 8)
        house.secondRound?.markets[0].impactCoefficient = "0.000000125"
        #expect(try Self.rounds(house)?.rounds[1].impacts.map(\.priceMove) == ["-0.000001"])
        house.secondRound?.markets[0].impactCoefficient = "0.000000124"
        #expect(try Self.rounds(house)?.rounds[1].impacts.map(\.priceMove) == [0])
        house.series[0].deltaScalingFactor = "0.0000125"
        var other = house.series[0]
        other.code = "A2"
        other.month = Listed.second
        house.series.append(other)
        house.accounts[0].owners[0].positions.append(PlainPosition("A2", long: 4, short: 0))
        // 0.00005 in each month.
        #expect(try Self.rounds(house)?.rounds[1].impacts.map(\.netDelta) == ["0.0002"])
    }
}
