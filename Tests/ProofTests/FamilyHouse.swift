import PlainMargin
import TestSupport

/// Random houses of a family in which a law is exact: no rounding bites, because the currency has four decimals and
/// every product of a rate, a count and a weighted price risk has no more.
struct FamilyHouse {
    private var random: SeededGenerator
    private static let months = [Listed.first, Listed.second, Listed.third, Listed.fourth]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static func empty() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.currencies = [PlainCurrency("USD", decimals: 4)]
        return house
    }

    private static let tiers = [
        PlainTier("ALL", months), PlainTier("NEAR", [Listed.first, Listed.second]),
        PlainTier("FAR", [Listed.third, Listed.fourth]),
    ]

    /// Futures and options whose long ones never lose more than they are worth.
    private mutating func addSeries(
        _ code: String, of commodity: String, to house: inout PlainHouse, hasPremium: Bool = true
    ) {
        let isPremium = hasPremium && random.once(in: 2)
        let risk = Rational(100 * random.whole(3...12))
        let month = random.one(of: Self.months)
        switch random.whole(1...5) {
        case 1: house.future(code, of: commodity, month, risk: risk, scaling: random.one(of: [1, "0.5"]))
        case 2, 3:
            house.option(
                code, of: commodity, month, .call(isPremium: isPremium), risk: risk,
                distance: Rational(random.whole(-300...300)), timeValue: Rational(random.whole(5...150)),
                delta: random.one(of: ["0.5", 1]))
        default:
            house.option(
                code, of: commodity, month, .put(isPremium: isPremium), risk: risk,
                distance: Rational(random.whole(-300...300)), timeValue: Rational(random.whole(5...150)),
                delta: random.one(of: ["-0.5", -1]))
        }
    }

    /// Everything that is positively homogeneous: ratios 1, rates of one decimal, flat charges in whole money.
    mutating func scalable() -> (PlainHouse, PlainAccount) {
        var house = Self.empty()
        for code in ["A", "B"] {
            house.commodity(code) {
                $0.method = random.one(of: [.capped, .normal, .scanRange])
                $0.minimumMethod = random.one(of: [.gross, .max])
                $0.minimumRate = Rational(random.whole(0...400))
                $0.tiers = Self.tiers
                for number in 1...random.whole(1...3) {
                    let tier = ["ALL", "NEAR", "FAR"]
                    $0.intraSpreads.append(
                        PlainIntraSpread(
                            "C\(number)", isSeriesToSeries: false, priority: random.whole(1...2),
                            charge: random.once(in: 2)
                                ? .flat(Rational(random.whole(0...200)))
                                : .weightedPriceRisk(random.decimal(0...5, decimals: 1)),
                            legs: [
                                PlainIntraSpread.Leg(.tier(random.one(of: tier)), 1, .a),
                                PlainIntraSpread.Leg(.tier(random.one(of: tier)), 1, .b),
                            ]))
                }
                $0.deliveryCharges = [PlainDeliveryCharge(month: Listed.first, outrightRate: 30, spreadRate: 20)]
            }
            for number in 1...4 { addSeries("\(code)\(number)", of: code, to: &house) }
        }
        for (code, isSuper) in [("S1", false), ("S2", true)] where random.once(in: 2) {
            house.interSpreads.append(
                PlainInterSpread(
                    code, random.one(of: [.delta, .delta, .scan]), isSuper: isSuper, priority: 1,
                    rate: random.decimal(0...10, decimals: 1),
                    legs: [PlainInterSpread.Leg("A", 1, .a), PlainInterSpread.Leg("B", 1, .b)]))
        }
        return (house, PlainAccount.net(isCapped: random.once(in: 2)))
    }

    /// The parameters under which splitting an account never lowers the sum (docs/proof.md): no offsets between
    /// combined commodities, no calendar spreads, and either no premium-style options, or neither delivery charges nor
    /// an initial ratio.
    mutating func splittable() -> (PlainHouse, PlainAccount) {
        var house = Self.empty()
        let hasPremium = random.once(in: 2)
        for code in ["A", "B"] {
            let isTiered = random.once(in: 3)
            house.commodity(code) {
                $0.minimumMethod = random.one(of: [.gross, .max])
                $0.minimumRate = Rational(random.whole(0...400))
                $0.tiers = Self.tiers
                $0.tiers[1].isScannedApart = isTiered
                $0.tiers[2].isScannedApart = isTiered
                $0.deliveryCharges = Self.months.prefix(hasPremium ? 0 : 2).map {
                    PlainDeliveryCharge(
                        month: $0, outrightRate: Rational(random.whole(0...90)), spreadRate: 5,
                        side: random.one(of: [.both, .long, .short]))
                }
            }
            for number in 1...4 { addSeries("\(code)\(number)", of: code, to: &house, hasPremium: hasPremium) }
        }
        let ratio: Rational = hasPremium ? 1 : random.one(of: [1, "1.35"])
        return (house, PlainAccount.net(ratio: ratio, isCapped: random.once(in: 2)))
    }

    /// Futures of one risk a unit of delta and one calendar spread over all months, one to one; its charge is at most
    /// `mostOutrights` outright risks.
    mutating func oneCalendar(mostOutrights: Int) -> (PlainHouse, risk: Rational, charge: Rational) {
        var house = Self.empty()
        let risk = Rational(random.whole(1...50))
        let charge = Rational(random.whole(0...50 * mostOutrights)) * risk / 50
        house.commodity("A") {
            $0.tiers = Self.tiers
            $0.intraSpreads = [
                PlainIntraSpread(
                    "C", isSeriesToSeries: false, priority: 1, charge: .flat(charge),
                    legs: [PlainIntraSpread.Leg(.tier("ALL"), 1, .a), PlainIntraSpread.Leg(.tier("ALL"), 1, .b)])
            ]
        }
        for (number, month) in Self.months.enumerated() {
            house.future("A\(number)", of: "A", month, risk: risk)
        }
        return (house, risk, charge)
    }

    /// Net positions in some series of a house.
    mutating func positions(in house: PlainHouse) -> [PlainPosition] {
        house.series.compactMap { series in
            let quantity = random.once(in: 3) ? 0 : random.whole(-6...6)
            guard quantity != 0 else { return nil }
            return PlainPosition(series.code, long: max(quantity, 0), short: max(-quantity, 0))
        }
    }
}
