import ClearingModel
import PlainMargin
import Testing

/// What §8 decides at its edges, worked out by hand on the second implementation.
///
/// One future at 100, one unit of value a point, absolute moves: a long of q loses q·x where the price falls by x.
struct StressExampleTests {
    private static func house(falls: [Rational]) -> PlainStressHouse {
        var house = PlainStressHouse(baseCurrency: "USD")
        house.currencies = [PlainCurrency("USD", decimals: 2), PlainCurrency("JPY", decimals: 0)]
        for code in ["A", "B"] {
            var commodity = PlainCommodity(code, currency: "USD")
            commodity.arrayDecimals = 2
            house.commodities.append(commodity)
            house.series.append(PlainStressSeries("\(code)1", of: code, Listed.first, price: 100))
        }
        for (position, fall) in falls.enumerated() {
            house.scenarios.append(
                PlainStressScenario(
                    position + 1, "S\(position + 1)", moves: [PlainStressMove(nil, .absolute, -fall)]))
        }
        house.fund = PlainForeignAmount(1000, "USD")
        return house
    }

    private static func account(
        _ code: String, _ member: String, isHouse: Bool = true, _ quantity: Int, requirement: Rational = 0
    ) -> PlainStressAccount {
        PlainStressAccount(
            code, member: member, isHouse: isHouse, callCurrency: "USD",
            owners: [PlainStressOwner(positions: [position("A1", quantity)], requirement: requirement)])
    }

    private static func position(_ series: String, _ quantity: Int) -> PlainPosition {
        PlainPosition(series, long: max(0, quantity), short: max(0, -quantity))
    }

    @Test func `among equal groups the lower code defaults, among equal scenarios the lower number`() throws {
        var house = Self.house(falls: [2, 10, 10])
        for code in ["M3", "M1", "M2"] {
            house.members.append(PlainStressMember(code))
            house.accounts.append(Self.account(code, code, 5, requirement: 20))
        }
        let figures = try house.stress()
        #expect(figures.scenarios.map(\.largest) == [[], ["M1", "M2"], ["M1", "M2"]])
        #expect(figures.scenarios.map(\.cover) == [0, 60, 60] && figures.scenarios.map(\.coverOne) == [0, 30, 30])
        #expect(figures.coverScenario == 2 && figures.scenarios[1].sufficiency == "16.666667")
        #expect(figures.scenarios[0].sufficiency == nil && figures.scenarios[0].isSufficient)
    }

    @Test(arguments: [(false, 30), (true, 10)])
    func `a house's surplus covers clients where the set says so, a client's never`(
        _ covers: Bool, _ shortfall: Rational
    ) throws {
        var house = Self.house(falls: [10])
        house.houseSurplusCoversClients = covers
        house.members = [PlainStressMember("M1")]
        house.accounts = [
            Self.account("h1", "M1", 3, requirement: 20), Self.account("h2", "M1", -1, requirement: 20),
            Self.account("loser", "M1", isHouse: false, 5, requirement: 20),
            Self.account("winner", "M1", isHouse: false, -9, requirement: 20),
        ]
        // The house: 30 − 10 against 40. The loser: 50 against 20.
        let outcome = try house.stress().scenarios[0]
        #expect(outcome.units.map(\.exposure) == [20, 50, -90] && outcome.units.map(\.shortfall) == [0, 30, 0])
        #expect(outcome.members == ["M1": shortfall])
    }

    @Test func `an option costs its loss less its value, and an omnibus account nets nothing`() throws {
        var house = Self.house(falls: [10])
        var option = PlainStressSeries("AC", of: "A", Listed.first, price: 4)
        option.kind = .call(isPremium: true)
        option.givenValues = [1: "3.5"]
        house.series.append(option)
        house.members = [PlainStressMember("M1")]
        house.accounts = [
            Self.account("long", "M1", isHouse: false, 0), Self.account("short", "M1", isHouse: false, 0),
            Self.account("gross", "M1", isHouse: false, 0),
        ]
        house.accounts[0].owners[0].positions = [Self.position("AC", 2)]
        house.accounts[1].owners[0].positions = [Self.position("AC", -2)]
        house.accounts[2].type = .grossOmnibus
        house.accounts[2].owners[0].positions = [
            PlainPosition("A1", long: 3, short: 5), PlainPosition("AC", long: 2, short: 7),
        ]
        let figures = try house.stress()
        // Accounts by code: gross loses 3·10 on longs and 7·0.5 on writing.
        #expect(figures.scenarios[0].exposures.map(\.exposure) == ["33.5", -1, 1])
        // The bound floors the loss, not the value: max(0, 2·3.5) − 2·4, and max(0, −2·3.5) + 2·4.
        #expect(figures.noOffset.exposures.map(\.exposure) == ["33.5", -1, 8])
    }

    @Test func `the bound takes the worst of each combined commodity apart`() throws {
        var house = Self.house(falls: [])
        for (number, falls) in [(1, (10, -4)), (2, (-6, 7))] {
            house.scenarios.append(
                PlainStressScenario(
                    number, "S",
                    moves: [
                        PlainStressMove("A", .absolute, Rational(-falls.0)),
                        PlainStressMove("B", .absolute, Rational(-falls.1)),
                    ]))
        }
        house.members = [PlainStressMember("M1")]
        house.accounts = [Self.account("a", "M1", 1), Self.account("b", "M1", 0)]
        house.accounts[0].owners[0].positions.append(Self.position("B1", 1))
        house.accounts[1].owners[0].positions = [Self.position("B1", -1)]
        let figures = try house.stress()
        #expect(figures.scenarios.map { $0.exposures.map(\.exposure) } == [[6, 4], [1, -7]])
        #expect(figures.noOffset.exposures.map(\.exposure) == [17, 4] && figures.noOffset.units[0].exposure == 21)
        #expect(figures.coverScenario == 1)
    }

    @Test func `prices below zero rise and fall by their size, and each currency is rounded apart`() throws {
        var house = Self.house(falls: [])
        house.series[0].underlyingPrice = -40
        house.scenarios = [
            PlainStressScenario(1, "up", moves: [PlainStressMove(nil, .relative, "0.25")]),
            PlainStressScenario(2, "down", moves: [PlainStressMove(nil, .relative, -1)]),
        ]
        house.members = [PlainStressMember("M1")]
        house.accounts = [Self.account("a", "M1", 1)]
        #expect(try house.stress().scenarios.map { $0.exposures[0].exposure } == [-10, 40])
        // Half a cent of each of two currencies, without the pair's haircut.
        house.scenarios = [PlainStressScenario(1, "down", moves: [PlainStressMove(nil, .absolute, -50)])]
        house.accounts[0].owners[0].positions.append(Self.position("B1", 1))
        for (index, currency) in ["JPY", "EUR"].enumerated() {
            house.commodities[index].currency = currency
            house.conversions.append(PlainConversion(from: currency, to: "USD", rate: "0.0001", haircut: "0.5"))
        }
        let figures = try house.stress()
        #expect(figures.scenarios[0].exposures[0].exposure == "0.02")
        #expect(figures.noOffset.exposures[0].exposure == "0.02")
    }

    @Test func `a hole between rows of its own is refused by scenario and series`() {
        var house = Self.house(falls: [1])
        house.scenarios[0].moves += [
            PlainStressMove("A", to: Listed.first - 1, .absolute, 1),
            PlainStressMove("A", from: Listed.second, .absolute, 1),
        ]
        #expect(throws: PlainStressRefusal("stress_move_missing", "S1 A1")) { try house.stress() }
        house.scenarios[0].moves[1].toMonth = Listed.first
        #expect(throws: Never.self) { try house.stress() }
    }

    @Test func `the last minor unit goes to the house, then by account, and of add-ons by owner`() throws {
        var house = Self.house(falls: [10, 10])
        house.addOnShare = 1
        house.fund = PlainForeignAmount("39.95", "USD")
        house.members = [PlainStressMember("M1")]
        house.accounts = [
            Self.account("c", "M1", 1), Self.account("b", "M1", 1), Self.account("a", "M1", isHouse: false, 1),
            Self.account("d", "M1", isHouse: false, 1),
        ]
        // Four tens less 39.95 leave 5 cents: by 20, 10, 10 the house has 2.5, the clients 1.25 each.
        var charges = try house.stress().addOns
        #expect(charges.map(\.charge) == ["0.05"] && charges[0].scenario == 1 && charges[0].shortfall == 40)
        #expect(charges[0].parts.map { "\($0.account) \($0.amount * 100)" } == ["a 1", "b 2", "c 1", "d 1"])
        house.fund?.amount = 40
        charges = try house.stress().addOns
        #expect(charges.isEmpty)
        // Three tens less 29.98: the house and the first client, a cent each.
        house.accounts.removeFirst()
        house.fund?.amount = "29.98"
        charges = try house.stress().addOns
        #expect(charges[0].parts.map { "\($0.account) \($0.amount * 100)" } == ["a 1", "b 1"])
        var owned = Self.account("o", "M1", isHouse: false, 0)
        owned.type = .segregated
        owned.owners = ["O2", "O3", "O1"].map { PlainStressOwner($0, positions: [], requirement: 0) }
        owned.addOns = [PlainAddOnLine("0.02"), PlainAddOnLine("0.03"), PlainAddOnLine(7, owner: "O3")]
        house.accounts = [owned]
        #expect(try house.stress().scenarios[0].exposures.map(\.cover) == ["0.02", "0.02", "7.01"])
    }

    @Test func `the reverse stress passes the fund strictly, and its grid ends with its maximum`() throws {
        var house = Self.house(falls: [10, 10, 1])
        house.members = [PlainStressMember("M1")]
        house.accounts = [Self.account("a", "M1", 10)]
        house.fund?.amount = 100
        house.reverse = PlainReverseTerms(step: "0.5", max: "1.5")
        let figures = try house.stress()
        // 100·k > 100: at the grid's 1.5, then down to within a thousandth of 1.
        let cover = Rational(100 * 1025, over: 1024).rounded(2)
        let reached = PlainReverseFigures.Status.reached(
            multiplier: Rational(1025, over: 1024), cover: cover, groups: ["M1"])
        #expect(figures.reverse.map(\.status) == [reached, reached, .notReached] && figures.smallestReverse == 1)
    }

    @Test func `a multiplied relative move stops at -1, of a volatility too`() throws {
        var house = Self.house(falls: [])
        house.members = [PlainStressMember("M1")]
        house.accounts = [Self.account("a", "M1", 10)]
        house.fund?.amount = 1500
        house.reverse = PlainReverseTerms(step: 1, max: 8)
        var row = PlainStressMove(nil, .relative, "-0.25")
        row.volatilityMove = "-0.5"
        house.scenarios = [PlainStressScenario(1, "S1", moves: [row])]
        // The future loses 1000 at most, from k = 4 on.
        #expect(try house.stress().reverse.map(\.status) == [.notReached])
        // An option that loses 500 a unit of price move and 1000 a unit of volatility move: 1500 at most.
        var option = PlainStressSeries("AC", of: "A", Listed.first, price: 0)
        option.kind = .call(isPremium: false)
        option.underlyingPrice = 100
        option.givenValues = [1: 62]
        house.series.append(option)
        house.accounts[0].owners[0].positions = [Self.position("AC", 1)]
        house.repricing = { _, move, _ in -500 * move.priceMove - 1000 * move.volatilityMove }
        #expect(try house.stress().reverse.map(\.status) == [.notReached])
        house.fund?.amount = 1499
        guard case .reached(let multiplier, let cover, _) = try house.stress().reverse[0].status else {
            Issue.record("not reached")
            return
        }
        #expect(cover > 1499 && cover <= 1500 && multiplier > 3 && multiplier <= 4)
    }
}
