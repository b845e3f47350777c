import PlainMargin

/// Houses of several combined commodities with offsets between them.
enum CreditHouses {
    static let all: [ProofCase] = [
        ProofCase(name: "competing inter spreads", house: competing(), accounts: [.plain]),
        ProofCase(name: "flat credits", house: flat(), accounts: [.plain]),
        ProofCase(name: "super before calendar", house: superFirst(), accounts: [.plain, .net(offsetCap: "0.8")]),
        ProofCase(name: "tier legs", house: tierLegs(.capped), accounts: [.plain]),
        ProofCase(name: "tier legs, normal method", house: tierLegs(.normal), accounts: [.plain]),
        ProofCase(name: "scan-based", house: scanBased(), accounts: [.plain, .net(ratio: "1.15", offsetCap: "0.75")]),
        ProofCase(
            name: "offset cap", house: offsetCap(),
            accounts: [.net(ratio: "1.2", offsetCap: "0.8"), .net(isCapped: true, offsetCap: "0.333")]),
    ]

    typealias Leg = PlainInterSpread.Leg

    private static func products(_ change: (inout PlainCommodity) -> Void = { _ in }) -> PlainHouse {
        var house = PlainHouse.classicHouse()
        for code in ["X", "Y", "Z"] { house.commodity(code, change) }
        house.future("XF", of: "X", Listed.first, risk: 1000)
        house.future("YF", of: "Y", Listed.first, risk: "1200", scaling: "1.5")
        house.future("ZF", of: "Z", Listed.first, risk: 800)
        house.option(
            "YO", of: "Y", Listed.second, .put(isPremium: true), risk: 1200, timeValue: 150, delta: "-0.4567",
            scaling: "1.5")
        return house
    }

    /// Equal priorities, ratios, a spread on one side of the market, three legs.
    static func competing() -> PlainHouse {
        var house = products()
        house.interSpreads = [
            PlainInterSpread("XY", priority: 2, rate: "0.7", legs: [Leg("X", 1, .a), Leg("Y", 1, .b)]),
            PlainInterSpread("XZ", priority: 2, rate: "0.75", legs: [Leg("X", 2, .a), Leg("Z", 3, .b)]),
            PlainInterSpread(
                "CRACK", priority: 1, rate: "0.9", legs: [Leg("X", 3, .a), Leg("Y", 2, .b), Leg("Z", 1, .b, rate: 1)]),
            PlainInterSpread(
                "YZ", priority: 3, rate: "0.3333", legs: [Leg("Y", "0.7", .a), Leg("Z", 1, .a, rate: "0.1")]),
        ]
        // A spread needs a leg on either side.
        house.interSpreads[3].legs[1].side = .b
        return house
    }

    static func flat() -> PlainHouse {
        var house = products()
        house.interSpreads = [
            PlainInterSpread(
                "F1", .flat, priority: 1, rate: "333.335", legs: [Leg("X", 3, .a), Leg("Y", 1, .b, rate: 5000)]),
            PlainInterSpread("F2", .flat, priority: 2, rate: 25, legs: [Leg("X", 1, .a), Leg("Z", 1, .b)]),
        ]
        return house
    }

    static func superFirst() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X") {
            $0.tiers = [PlainTier("NEAR", [Listed.first]), PlainTier("ALL", [Listed.first, Listed.second])]
            $0.intraSpreads = [
                PlainIntraSpread(
                    "C", isSeriesToSeries: false, priority: 1, charge: .weightedPriceRisk("0.1"),
                    legs: [PlainIntraSpread.Leg(.tier("ALL"), 1, .a), PlainIntraSpread.Leg(.tier("ALL"), 1, .b)])
            ]
            $0.deliveryCharges = [PlainDeliveryCharge(month: Listed.first, outrightRate: 30, spreadRate: 20)]
        }
        house.commodity("Y")
        house.future("X1", of: "X", Listed.first, risk: 1000)
        house.future("X2", of: "X", Listed.second, risk: 900)
        house.future("Y1", of: "Y", Listed.first, risk: 500)
        house.future("Y2", of: "Y", Listed.second, risk: 600)
        house.interSpreads = [
            PlainInterSpread("A", priority: 1, rate: "0.5", legs: [Leg("X", 1, .a), Leg("Y", 1, .b)]),
            PlainInterSpread(
                "Z", isSuper: true, priority: 5, rate: "0.95", legs: [Leg("X", tier: "NEAR", 1, .a), Leg("Y", 2, .b)]),
        ]
        return house
    }

    static func tierLegs(_ method: PlainPriceRiskMethod) -> PlainHouse {
        var house = PlainHouse.classicHouse()
        for code in ["X", "Y"] {
            house.commodity(code) {
                $0.method = method
                $0.tiers = [PlainTier("FAR", [Listed.second]), PlainTier("NEAR", [Listed.first])]
            }
            house.future("\(code)1", of: code, Listed.first, risk: code == "X" ? 1000 : 700)
            house.future("\(code)2", of: code, Listed.second, risk: code == "X" ? 1300 : 650)
        }
        house.option("X3", of: "X", Listed.second, .call(isPremium: true), risk: 1300, timeValue: 130, delta: "0.5555")
        house.interSpreads = [
            PlainInterSpread(
                "FF", priority: 1, rate: "0.6", legs: [Leg("X", tier: "FAR", 1, .a), Leg("Y", tier: "FAR", 2, .b)]),
            PlainInterSpread(
                "NN", priority: 2, rate: "0.8", legs: [Leg("X", tier: "NEAR", 1, .a), Leg("Y", 1, .b)]),
            PlainInterSpread(
                "XX", priority: 3, rate: "0.2", legs: [Leg("X", tier: "NEAR", 1, .a), Leg("X", tier: "FAR", 1, .b)]),
        ]
        return house
    }

    static func scanBased() -> PlainHouse {
        var house = products {
            $0.minimumRate = 650
            $0.deliveryCharges = [PlainDeliveryCharge(month: Listed.first, outrightRate: 15, spreadRate: 10)]
        }
        house.interSpreads = [
            PlainInterSpread(
                "G", .scan, priority: 2, rate: "0.333", legs: [Leg("X", 1, .a), Leg("Y", 1, .b, rate: "0.8")]),
            PlainInterSpread("I", priority: 1, rate: "0.5", legs: [Leg("Z", 1, .a), Leg("X", 1, .b)]),
            PlainInterSpread("K", priority: 3, rate: "0.4", legs: [Leg("Y", 1, .a), Leg("Z", 1, .b)]),
        ]
        return house
    }

    static func offsetCap() -> PlainHouse {
        var house = products { $0.minimumRate = 200 }
        house.interSpreads = [
            PlainInterSpread("XY", priority: 2, rate: "0.85", legs: [Leg("X", 1, .a), Leg("Y", 1, .b)]),
            PlainInterSpread("ZY", isSuper: true, priority: 1, rate: 1, legs: [Leg("Z", 1, .a), Leg("Y", "0.9", .b)]),
        ]
        return house
    }
}
