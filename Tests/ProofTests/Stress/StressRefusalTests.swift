import ClearingModel
import PlainMargin
import Testing

/// What §8.1 refuses on the night, in the order of the text, and what it lets pass.
struct StressRefusalTests {
    /// One dollar future held by one member that is called in euro; everything is there.
    private static func house() -> PlainStressHouse {
        var house = PlainStressHouse(baseCurrency: "USD")
        house.currencies = [PlainCurrency("USD", decimals: 2), PlainCurrency("EUR", decimals: 2)]
        house.conversions = [
            PlainConversion(from: "EUR", to: "USD", rate: 2, haircut: 0),
            PlainConversion(from: "USD", to: "EUR", rate: "0.5", haircut: 0),
        ]
        house.commodities = [PlainCommodity("A", currency: "USD")]
        house.series = ["A2", "A1"].map { PlainStressSeries($0, of: "A", Listed.first, price: 100) }
        house.scenarios = [PlainStressScenario(1, "S1", moves: [PlainStressMove(nil, .relative, "-0.1")])]
        house.members = [PlainStressMember("M2"), PlainStressMember("M1")]
        house.accounts = [
            PlainStressAccount(
                "a", member: "M1", isHouse: true, callCurrency: "EUR",
                owners: [PlainStressOwner(positions: [PlainPosition("A1", long: 1, short: 0)], requirement: 1)])
        ]
        house.fund = PlainForeignAmount(100, "USD")
        house.contributions = [PlainMemberAmount("M1", 60, "USD"), PlainMemberAmount("M2", 40, "USD")]
        house.addOnShare = 0
        house.secondRound = PlainSecondRoundTerms(roundCap: 1, closeOutDays: 1, clientsAreClosedOut: false)
        house.secondRound?.resources = [PlainMemberAmount("M1", 0, "USD"), PlainMemberAmount("M2", 0, "USD")]
        return house
    }

    private static func refusal(_ change: (inout PlainStressHouse) -> Void) -> PlainStressRefusal? {
        var house = house()
        change(&house)
        do throws(PlainStressRefusal) {
            _ = try house.stress()
            return nil
        } catch {
            return error
        }
    }

    @Test func `contributions may be the whole fund, and more only where currencies differ`() throws {
        #expect(Self.refusal { _ in } == nil)
        #expect(try !Self.house().stress().contributionsExceedFund)
        let excess = PlainStressRefusal("guaranty_contribution_excess", "USD")
        #expect(Self.refusal { $0.contributions[0].money.amount = "60.01" } == excess)
        var house = Self.house()
        house.contributions[0].money = PlainForeignAmount("30.01", "EUR")
        #expect(try house.stress().contributionsExceedFund)
        #expect(Self.refusal { $0.fund = nil } == PlainStressRefusal("guaranty_fund_missing", "USD"))
    }

    @Test func `a move of nothing and a move of a price of 0 are refused, by the first series`() {
        let noRow = PlainStressRefusal("stress_move_missing", "S1 A1")
        #expect(Self.refusal { $0.scenarios[0].moves[0].toMonth = Listed.first - 1 } == noRow)
        // A row of its own leaves the default row aside, wherever it stands.
        #expect(
            Self.refusal { house in
                house.scenarios[0].moves.append(PlainStressMove("A", from: Listed.second, .relative, 0))
            } == noRow)
        let zero = PlainStressRefusal("stress_relative_of_zero", "S1 A2")
        #expect(Self.refusal { $0.series[0].underlyingPrice = 0 } == zero)
        #expect(
            Self.refusal { house in
                house.series[0].underlyingPrice = 0
                house.scenarios[0].moves[0].priceMove = 0
            } == nil)
        let log = PlainStressRefusal("stress_log_of_non_positive", "S1 A2")
        #expect(
            Self.refusal { house in
                house.series[0].underlyingPrice = 0
                house.scenarios[0].moves[0].priceKind = .log
            } == log)
    }

    @Test func `every rate is there as it stands, back into a call currency where add-ons may be charged`() {
        let into = PlainStressRefusal("fx_rate_missing", "EUR USD")
        #expect(Self.refusal { $0.conversions.removeFirst() } == into)
        let back = PlainStressRefusal("fx_rate_missing", "USD EUR")
        #expect(Self.refusal { $0.conversions.removeLast() } == back)
        #expect(
            Self.refusal { house in
                house.conversions.removeLast()
                house.addOnShare = nil
            } == nil)
    }

    @Test func `a member without a resource is refused before everything, and a group that is none`() {
        let missing = PlainStressRefusal("liquidity_resource_missing", "M1")
        #expect(
            Self.refusal { house in
                house.secondRound?.resources = []
                house.fund = nil
            } == missing)
        let nobody = PlainStressRefusal("second_round_group", "G")
        #expect(Self.refusal { $0.secondRound?.groups = ["M1", "G"] } == nobody)
    }
}
