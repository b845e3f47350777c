import PlainMargin

/// Houses of one combined commodity: futures, calendar spreads, delivery, scan tiers.
enum CalendarHouses {
    static let all: [ProofCase] = [
        ProofCase(name: "single future", house: singleFuture(), accounts: [.plain, .net(ratio: "1.35")]),
        ProofCase(name: "calendar tiers", house: tiers(), accounts: [.net(ratio: "1.1")]),
        ProofCase(name: "series to series", house: seriesToSeries(), accounts: [.plain]),
        ProofCase(name: "ratios on one pool", house: butterfly(), accounts: [.plain]),
        ProofCase(name: "delivery month", house: delivery(), accounts: [.plain]),
        ProofCase(name: "scan tiers", house: scanTiers(), accounts: [.plain]),
        ProofCase(name: "uneven deltas", house: unevenDeltas(), accounts: [.net(ratio: "1.333")]),
    ]

    static func singleFuture() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X", decimals: 2)
        house.future("XF", of: "X", Listed.first, risk: "1732.55", factor: 50)
        return house
    }

    private static func fourMonths(
        _ change: (inout PlainCommodity) -> Void, scaling: [Rational] = [1, 1, 1, 1]
    ) -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X", change)
        let months = [Listed.first, Listed.second, Listed.third, Listed.fourth]
        for (number, month) in months.enumerated() {
            house.future(
                "X\(number + 1)", of: "X", month, risk: Rational(1000 - 100 * number), scaling: scaling[number])
        }
        return house
    }

    private static func tierCommodity(_ commodity: inout PlainCommodity) {
        commodity.tiers = [
            PlainTier("ALL", [Listed.first, Listed.second, Listed.third, Listed.fourth]),
            PlainTier("NEAR", [Listed.first, Listed.second]), PlainTier("FAR", [Listed.third, Listed.fourth]),
        ]
    }

    private static func spread(
        _ code: String, _ priority: Int, _ charge: PlainIntraSpread.Charge, _ legs: (String, Rational, PlainSide)...
    ) -> PlainIntraSpread {
        PlainIntraSpread(
            code, isSeriesToSeries: false, priority: priority, charge: charge,
            legs: legs.map { PlainIntraSpread.Leg(.tier($0.0), $0.1, $0.2) })
    }

    private static func monthSpread(
        _ code: String, _ priority: Int, _ charge: PlainIntraSpread.Charge, _ legs: (Int, Rational, PlainSide)...
    ) -> PlainIntraSpread {
        PlainIntraSpread(
            code, isSeriesToSeries: true, priority: priority, charge: charge,
            legs: legs.map { PlainIntraSpread.Leg(.month($0.0), $0.1, $0.2) })
    }

    static func tiers() -> PlainHouse {
        fourMonths { commodity in
            tierCommodity(&commodity)
            commodity.intraSpreads = [
                spread("C3", 3, .flat(70), ("ALL", 1, .a), ("ALL", 1, .b)),
                spread("C1", 1, .flat("55.5"), ("NEAR", 1, .a), ("FAR", 3, .b)),
                spread("C0", 3, .weightedPriceRisk("0.125"), ("FAR", 1, .a), ("FAR", 1, .b)),
                spread("C2", 2, .weightedPriceRisk("0.2"), ("NEAR", 1, .a), ("NEAR", 1, .b)),
            ]
        }
    }

    static func seriesToSeries() -> PlainHouse {
        fourMonths { commodity in
            tierCommodity(&commodity)
            commodity.method = .normal
            commodity.intraSpreads = [
                spread("T1", 1, .flat(90), ("ALL", 1, .a), ("ALL", 1, .b)),
                monthSpread("S2", 2, .flat(40), (Listed.first, 1, .a), (Listed.second, 1, .b)),
                monthSpread("S1", 1, .weightedPriceRisk("0.1"), (Listed.first, 2, .a), (Listed.third, 1, .b)),
            ]
        }
    }

    static func butterfly() -> PlainHouse {
        fourMonths { commodity in
            tierCommodity(&commodity)
            commodity.method = .scanRange
            commodity.intraSpreads = [
                spread("B1", 1, .flat(30), ("NEAR", 1, .a), ("NEAR", "0.5", .a), ("FAR", 1, .b), ("FAR", 1, .b)),
                spread("B2", 2, .flat(75), ("NEAR", "0.3333", .a), ("FAR", "0.3333", .b)),
            ]
        }
    }

    static func delivery() -> PlainHouse {
        fourMonths { commodity in
            tierCommodity(&commodity)
            commodity.intraSpreads = [spread("C1", 1, .flat(20), ("NEAR", 1, .a), ("FAR", 2, .b))]
            commodity.deliveryCharges = [
                PlainDeliveryCharge(month: Listed.third, outrightRate: 60, spreadRate: "35.125", side: .short),
                PlainDeliveryCharge(month: Listed.first, outrightRate: 100, spreadRate: 50),
                PlainDeliveryCharge(month: Listed.second, outrightRate: "80.25", spreadRate: 10, side: .long),
            ]
        }
    }

    static func scanTiers() -> PlainHouse {
        var house = fourMonths { commodity in
            tierCommodity(&commodity)
            commodity.tiers[1].isScannedApart = true
            commodity.tiers[2].isScannedApart = true
            commodity.intraSpreads = [
                spread("C1", 1, .weightedPriceRisk("0.3"), ("NEAR", 1, .a), ("FAR", 1, .b))
            ]
        }
        house.option(
            "XO", of: "X", Listed.second, .put(isPremium: true), risk: 900, timeValue: 100, delta: "-0.5")
        return house
    }

    /// Scaling factors and composite deltas whose products need all four decimals, and more.
    static func unevenDeltas() -> PlainHouse {
        var house = fourMonths(
            { commodity in
                tierCommodity(&commodity)
                commodity.intraSpreads = [
                    spread("C1", 1, .weightedPriceRisk("0.11"), ("NEAR", 3, .a), ("FAR", 7, .b)),
                    spread("C2", 2, .flat("12.34"), ("NEAR", "0.7", .a), ("FAR", "0.3", .b)),
                ]
            }, scaling: ["0.33335", "1.00005", "0.1", "2.50001"])
        for (number, delta) in ["0.3333", "0.6667", "-0.0001", "1"].enumerated() {
            house.series[number].compositeDelta = Rational(stringLiteral: delta)
        }
        return house
    }
}
