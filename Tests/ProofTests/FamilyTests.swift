import ClearingModel
import Margining
import PlainMargin
import Quantities
import Testing

/// Laws that hold under some parameters only: each test names them, and the last ones show what happens outside.
struct FamilyTests {
    private func requirement(
        _ house: PlainHouse, _ account: PlainAccount, _ positions: [PlainPosition]
    ) throws -> Rational {
        var account = account
        account.owners = [positions]
        var scratch = KernelScratch()
        let found = try ProofBook(house).requirement(of: account, scratch: &scratch).requirement
        return Rational(Int128(found.minorUnits), over: Rational.tenTo(found.currency.decimals))
    }

    @Test func `a portfolio k times as large needs k times the margin where no rounding bites`() throws {
        for seed in UInt64(40_000)..<40_400 {
            var family = FamilyHouse(seed: seed)
            let (house, account) = family.scalable()
            let positions = family.positions(in: house)
            let single = try requirement(house, account, positions)
            for times in [2, 3, 10, 1000] {
                let scaled = positions.map {
                    PlainPosition($0.series, long: $0.long * times, short: $0.short * times)
                }
                let found = try requirement(house, account, scaled)
                #expect(found == Rational(times) * single, "seed \(seed) \(times) times \(positions)")
            }
        }
    }

    @Test func `splitting an account never lowers the sum where nothing is offset or waived`() throws {
        for seed in UInt64(50_000)..<52_000 {
            var family = FamilyHouse(seed: seed)
            let (house, account) = family.splittable()
            let (first, second) = (family.positions(in: house), family.positions(in: house))
            let whole = try requirement(house, account, PlainPosition.added(first, second))
            let sum = try requirement(house, account, first) + requirement(house, account, second)
            #expect(whole <= sum, "seed \(seed) \(first) and \(second)")
        }
    }

    @Test func `splitting a gross omnibus account never lowers the sum where nothing is waived`() throws {
        for seed in UInt64(53_000)..<55_000 {
            var family = FamilyHouse(seed: seed)
            var (house, account) = family.splittable()
            account.type = .grossOmnibus
            let (first, second) = (family.positions(in: house), family.positions(in: house))
            let whole = try requirement(house, account, PlainPosition.added(first, second))
            let sum = try requirement(house, account, first) + requirement(house, account, second)
            #expect(whole <= sum, "seed \(seed) \(first) and \(second)")
        }
    }

    @Test func `with one calendar spread at no more than two outright risks splitting never lowers the sum`() throws {
        for seed in UInt64(56_000)..<57_000 {
            var family = FamilyHouse(seed: seed)
            let (house, risk, charge) = family.oneCalendar(mostOutrights: 2)
            let (first, second) = (family.positions(in: house), family.positions(in: house))
            let whole = try requirement(house, .plain, PlainPosition.added(first, second))
            let sum = try requirement(house, .plain, first) + requirement(house, .plain, second)
            #expect(whole <= sum, "seed \(seed) \(first) and \(second)")
            // (s − c/2)·|Σv| + c/2·Σ|v|, convex as long as c is at most 2s.
            var quantities: [String: Int] = [:]
            for position in first + second { quantities[position.series, default: 0] += position.long - position.short }
            let net = Rational(abs(quantities.values.reduce(0, +)))
            let gross = Rational(quantities.values.map(abs).reduce(0, +))
            #expect(whole == (risk - charge / 2) * net + charge / 2 * gross, "seed \(seed)")
        }
    }

    @Test func `a calendar spread dearer than two outright risks makes splitting pay`() throws {
        var house = FamilyHouse(seed: 1).calendarOfCharge(250)
        let long = [PlainPosition("A0", long: 1, short: 0)]
        let short = [PlainPosition("A1", long: 0, short: 1)]
        #expect(try requirement(house, .plain, long + short) == 250)
        #expect(try requirement(house, .plain, long) + requirement(house, .plain, short) == 200)
        house.commodities[0].intraSpreads = []
        #expect(try requirement(house, .plain, long + short) == 0)
    }

    @Test func `an offset between combined commodities makes splitting pay`() throws {
        var house = PlainHouse.classicHouse()
        house.commodity("X")
        house.commodity("Y")
        house.future("XF", of: "X", Listed.first, risk: 10)
        house.future("YF", of: "Y", Listed.first, risk: 1000)
        house.interSpreads = [
            PlainInterSpread(
                "XY", priority: 1, rate: "0.5",
                legs: [PlainInterSpread.Leg("X", 1, .a), PlainInterSpread.Leg("Y", 1, .b)])
        ]
        let spread = [PlainPosition("XF", long: 1, short: 0), PlainPosition("YF", long: 0, short: 1)]
        let other = [PlainPosition("XF", long: 0, short: 1)]
        // Together X is flat and the credit on Y is gone.
        #expect(try requirement(house, .plain, spread + other) == 1000)
        #expect(try requirement(house, .plain, spread) + requirement(house, .plain, other) == 515)
    }

    @Test func `an option array that loses more than the option is worth makes splitting pay`() throws {
        let house = OptionHouses.unsound()
        let option = [PlainPosition("XC", long: 1, short: 0)]
        let other = [PlainPosition("YP", long: 1, short: 0)]
        let whole = try requirement(house, .plain, option + other)
        #expect(try requirement(house, .plain, option) == 0)
        #expect(try whole > requirement(house, .plain, other))
    }

    @Test func `an initial ratio or a delivery charge on a long option makes splitting pay`() throws {
        var house = PlainHouse.classicHouse()
        house.commodity("X")
        house.future("XF", of: "X", Listed.first, risk: 1000)
        house.option(
            "XC", of: "X", Listed.first, .call(isPremium: true), risk: 1000, timeValue: 100, delta: "0.5")
        let option = [PlainPosition("XC", long: 1, short: 0)]
        let future = [PlainPosition("XF", long: 1, short: 0)]
        func gap(_ account: PlainAccount) throws -> Rational {
            let sum = try requirement(house, account, option) + requirement(house, account, future)
            return try requirement(house, account, option + future) - sum
        }
        // The option loses 100, all it is worth, in the future's worst scenario.
        #expect(try gap(.plain) == 0)
        // The risk is raised to 110 and the value is not.
        #expect(try gap(.net(ratio: "1.1")) == 10)
        house.commodities[0].deliveryCharges = [
            PlainDeliveryCharge(month: Listed.first, outrightRate: 30, spreadRate: 0)
        ]
        // Half a delta at 30, which the option alone is spared.
        #expect(try gap(.plain) == 15)
    }
}

extension FamilyHouse {
    /// Two months of futures that risk 100, and a calendar spread of any charge.
    func calendarOfCharge(_ charge: Rational) -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("A") {
            $0.tiers = [PlainTier("ALL", [Listed.first, Listed.second])]
            $0.intraSpreads = [
                PlainIntraSpread(
                    "C", isSeriesToSeries: false, priority: 1, charge: .flat(charge),
                    legs: [PlainIntraSpread.Leg(.tier("ALL"), 1, .a), PlainIntraSpread.Leg(.tier("ALL"), 1, .b)])
            ]
        }
        house.future("A0", of: "A", Listed.first, risk: 100)
        house.future("A1", of: "A", Listed.second, risk: 100)
        return house
    }
}
