import ClearingModel
import Margining
import Parameters
import Quantities
import Testing

struct AddOnTests {
    private let corn = CombinedCommodityCode("CORN")

    private func member(
        _ name: String, _ contracts: String, volume: String, base: String, participation: String = "1",
        extra: String = "1"
    ) throws -> LiquidityGroupMember {
        LiquidityGroupMember(
            combinedCommodity: CombinedCommodityCode(name), size: size(contracts), base: dollars(base),
            averageDailyVolume: exact(volume), participation: exact(participation), extraDays: exact(extra))
    }

    private func charge(horizon: String = "2") throws -> LiquidationHorizonCharge {
        try LiquidationHorizonCharge(
            group: LiquidityGroupCode("G"), horizonDays: exact(horizon), currency: SmallBook.dollar)
    }

    /// The European Commodity Clearing example: 7 and 2 days, weighted 6; 1,000,000 · (√3 − 1).
    @Test func `the published liquidity example comes out to the cent`() throws {
        let members = [
            try member("A", "12000", volume: "2000", base: "1000000"),
            try member("B", "3000", volume: "3000", base: "0"),
        ]
        #expect(try charge().liquidationDays([members[0]]).rounded(toScale: 4) == ExactDecimal(7))
        #expect(try charge().liquidationDays([members[1]]).rounded(toScale: 4) == ExactDecimal(2))
        let line = try charge().line(members)
        #expect(line.liquidationDays == ExactFraction(6, over: 1))
        #expect(line.amount == (dollars("732050.81")))
        #expect(line.driver == "6 days to liquidate, horizon 2")
    }

    @Test(arguments: [
        // contracts, volume, participation, extra days, horizon, charge on a base of 1000.01
        ("2000", "2000", "1", "1", "2", "0.00"), ("2001.6", "2000", "1", "1", "2", "0.20"),
        ("1999", "2000", "1", "1", "2", "0.00"), ("0", "1000", "1", "9", "2", "0.00"),
        ("7000", "1000", "1", "1", "2", "1000.01"), ("1750", "1000", "0.25", "1", "2", "1000.01"),
        // √(9/4) − 1 is a half: half a cent goes away from zero.
        ("9000", "1000", "1", "0", "4", "500.01"),
    ])
    func `liquidity is charged on days beyond the horizon`(
        row: (contracts: String, volume: String, participation: String, extra: String, horizon: String, amount: String)
    ) throws {
        let member = try member(
            "A", row.contracts, volume: row.volume, base: "1000.01", participation: row.participation, extra: row.extra)
        #expect(try charge(horizon: row.horizon).line([member]).amount == dollars(row.amount))
    }

    @Test func `alpha scales the liquidity charge, at least by its floor`() throws {
        let members = [try member("A", "7000", volume: "1000", base: "1000.01")]
        let cases = [
            ("600", "1000", "600.01"), ("100", "1000", "500.01"), ("0", "0", "500.01"), ("1000", "1000", "1000.01"),
        ]
        for (diversified, standAlone, amount) in cases {
            let alpha = DiversificationAlpha(
                floor: exact("0.5"), diversified: dollars(diversified), standAlone: dollars(standAlone))
            #expect(try charge().line(members, alpha: alpha).amount == dollars(amount))
        }
    }

    @Test func `a group in two currencies is refused by name`() throws {
        let euro = Currency(code: try #require(CurrencyCode("EUR")), decimals: 2)
        let members = [
            try member("A", "1", volume: "1", base: "1"),
            LiquidityGroupMember(
                combinedCommodity: CombinedCommodityCode("B"), size: size("1"), base: .zero(euro),
                averageDailyVolume: .one),
        ]
        #expect(throws: AddOnError.severalCurrencies(AddOnItemCode("G"))) { try charge().line(members) }
    }

    @Test func `a fraction too long for 128 bits is kept to 18 decimals`() throws {
        let long = ExactFraction(Int128.max / 3, over: Int128.max / 7 - 1)
        let other = ExactFraction(1, over: Int128.max / 11)
        #expect((long + other).rounded(toScale: 18) == long.rounded(toScale: 18))
        #expect(ExactFraction(5, over: Int128.max) + ExactFraction(7, over: 4) == ExactFraction(7, over: 4))
        let product = long * ExactFraction(Int128.max / 13, over: Int128.max / 5)
        // 7/3 · 5/13, with terms too long to be reduced.
        #expect(product.rounded(toScale: 15).description == "0.897435897435897")
    }

    @Test func `fractions of volumes with many decimals stay as fine as a Double`() throws {
        let volumes = ["1234.567890123457", "9876.543210987653", "1111.000000000013", "7.000000000001"]
        let members = try volumes.map { try member("A", "4321.0987", volume: $0, base: "1") }
        let days = try charge().liquidationDays(members).rounded(toScale: 15)
        // (Σ 4321.0987/volume)/4 + 1, by a rational computation elsewhere.
        #expect(days.description == "157.281698318807355")
    }

    @Test(arguments: [
        ("2000", "0"), ("2000.0001", "0.000005"), ("6000", "200"), ("6000.0001", "200.000015"), ("10000", "800"),
        ("12000", "1600"), ("-12000", "1600"), ("0", "0"),
    ])
    func `only the part above a tier's limit is charged at its rate`(row: (contracts: String, rated: String)) throws {
        let charge = try ConcentrationCharge(
            combinedCommodity: corn, measure: .averageDailyVolume(exact("2000.00")),
            tiers: [
                ConcentrationTier(above: exact("1"), rate: exact("0.05")),
                ConcentrationTier(above: exact("3"), rate: exact("0.15")),
                ConcentrationTier(above: exact("5"), rate: exact("0.40")),
            ])
        #expect(try charge.ratedContracts(size(row.contracts)) == exact(row.rated))
    }

    @Test func `concentration is rounded once, half away from zero`() throws {
        let charge = try ConcentrationCharge(
            combinedCommodity: corn, measure: .openInterest(exact("0")),
            tiers: [ConcentrationTier(above: .zero, rate: exact("0.5"))])
        #expect(try charge.amount(size: size("3"), base: dollars("0.01")) == dollars("0.01"))
        #expect(try charge.amount(size: size("3"), base: dollars("0.00")) == dollars("0"))
        #expect(try charge.amount(size: size("0"), base: dollars("1")) == dollars("0"))
    }

    @Test func `tiers that do not ascend and parameters out of range are refused by name`() throws {
        let tier = ConcentrationTier(above: .one, rate: .one)
        #expect(throws: AddOnError.tiersNotAscending(AddOnItemCode("CORN"))) {
            try ConcentrationCharge(combinedCommodity: corn, measure: .openInterest(.one), tiers: [tier, tier])
        }
        let noVolume = AddOnError.unusableParameter(AddOnItemCode("CORN"), name: "average daily volume", value: .zero)
        #expect(throws: noVolume) {
            try ConcentrationCharge(combinedCommodity: corn, measure: .averageDailyVolume(.zero), tiers: [])
        }
    }

    @Test func `impact and half-spread of nothing are nothing`() throws {
        let impact = MarketImpactCharge(
            combinedCommodity: corn, impactCoefficient: .one, dailyVolatility: .one, averageDailyVolume: .one,
            contractValueFactor: .one)
        #expect(try impact.line(size: size("0"), currency: SmallBook.dollar).amount == dollars("0"))
        #expect(try impact.line(size: size("-4"), currency: SmallBook.dollar).amount == dollars("8"))
        let halfSpread = HalfSpreadCharge(
            combinedCommodity: corn, halfSpread: exact("0.5"), contractValueFactor: .one)
        #expect(try halfSpread.line(size: size("0.01"), currency: SmallBook.dollar).amount == dollars("0.01"))
        #expect(try halfSpread.line(size: size("0.0098"), currency: SmallBook.dollar).amount == dollars("0.00"))
    }

    /// Every factor by another number: 0.004 · 100 · 50 · 1.5 = 30; 0.5 · 0.2 · 9 · 100 · √(9/4) = 135.
    @Test func `impact and half-spread take each of their factors`() throws {
        let halfSpread = HalfSpreadCharge(
            combinedCommodity: corn, halfSpread: exact("0.004"), contractValueFactor: exact("50"),
            tierFactor: exact("1.5"))
        let line = try halfSpread.line(size: size("-100"), currency: SmallBook.dollar)
        #expect(line.amount == dollars("30"))
        #expect(line.multiplier == exact("1.5"))
        let impact = MarketImpactCharge(
            combinedCommodity: corn, impactCoefficient: exact("0.5"), dailyVolatility: exact("0.2"),
            averageDailyVolume: exact("4"), contractValueFactor: exact("100"))
        #expect(try impact.line(size: size("9"), currency: SmallBook.dollar).amount == dollars("135"))
    }

    @Test func `credit adds the part above one and never takes anything off`() throws {
        #expect(try creditGradeAddOn(requirement: dollars("0.05"), multiplier: exact("1.1")).amount == dollars("0.01"))
        #expect(try creditGradeAddOn(requirement: dollars("0.04"), multiplier: exact("1.1")).amount == dollars("0"))
        #expect(try creditGradeAddOn(requirement: dollars("100"), multiplier: exact("0.9")).amount == dollars("0"))
    }
}

struct MemberConcentrationTests {
    private func allocation(_ netDeltas: [String], base: String) throws -> [String] {
        let charge = try ConcentrationCharge(
            combinedCommodity: CombinedCommodityCode("CORN"), measure: .openInterest(.zero),
            tiers: [ConcentrationTier(above: .zero, rate: .one)])
        let accounts = netDeltas.enumerated().map { index, netDelta in
            AccountConcentration(
                account: AccountCode("\(index)"),
                netDelta: Delta(rounding: exact(netDelta)),
                base: dollars(index == 0 ? base : "0"), ownCharge: dollars("0"))
        }
        let member = try MemberConcentration(charge: charge, accounts: accounts)
        #expect(member.allocation.map(\.amount.minorUnits).reduce(0, +) == member.excess.minorUnits)
        return member.allocation.map { $0.amount.amount.text(decimals: 2) }
    }

    @Test func `equal remainders go to the first accounts`() throws {
        #expect(try allocation(["1", "1", "1"], base: "0.02") == ["0.01", "0.01", "0.00"])
        #expect(try allocation(["1", "1", "1"], base: "1.00") == ["0.34", "0.33", "0.33"])
        #expect(try allocation(["1", "2", "1"], base: "0.01") == ["0.00", "0.01", "0.00"])
    }

    @Test func `accounts that offset leave the member nothing to charge`() throws {
        #expect(try allocation(["5", "-5"], base: "100") == ["0.00", "0.00"])
        #expect(try allocation(["0", "0"], base: "100") == ["0.00", "0.00"])
        #expect(try allocation(["5", "-4"], base: "9") == ["5.00", "4.00"])
    }

    @Test func `own charges above the member's leave no excess`() throws {
        let charge = try ConcentrationCharge(
            combinedCommodity: CombinedCommodityCode("CORN"), measure: .openInterest(.zero),
            tiers: [ConcentrationTier(above: .zero, rate: .one)])
        let account = AccountConcentration(
            account: AccountCode("A"), netDelta: Delta(rounding: 1), base: dollars("10"), ownCharge: dollars("10.01"))
        let member = try MemberConcentration(charge: charge, accounts: [account])
        #expect(member.excess == (dollars("0")))
        #expect(member.lines.isEmpty)
    }
}
