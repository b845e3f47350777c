import PlainMargin

/// Houses with options, account types and currencies.
enum OptionHouses {
    static let all: [ProofCase] = [
        ProofCase(
            name: "short option minimum, gross", house: options(.gross), accounts: [.plain, .net(ratio: "1.35")]),
        ProofCase(name: "short option minimum, max", house: options(.max), accounts: [.plain]),
        ProofCase(name: "capped net option value", house: options(.gross), accounts: [.net(isCapped: true)]),
        ProofCase(
            name: "long options, whatever the arrays say", house: unsound(), accounts: [.plain, .net(isCapped: true)]),
        ProofCase(
            name: "gross omnibus", house: omnibus(),
            accounts: [.of(.grossOmnibus), .of(.grossOmnibus, ratio: "1.2", isCapped: true)], mostSeries: 3),
        ProofCase(
            name: "segregated owners", house: segregated(),
            accounts: [.of(.segregated), .of(.segregated, ratio: "1.25", isCapped: true)]),
        ProofCase(name: "two currencies", house: currencies(), accounts: [.plain, yenAccount]),
        ProofCase(name: "no pair at zero move", house: withoutPair(), accounts: [.plain]),
        ProofCase(name: "every gain, and self-paired extremes", house: gains(), accounts: [.plain]),
    ]

    private static var yenAccount: PlainAccount {
        var account = PlainAccount.net(ratio: "1.1")
        account.callCurrency = "JPY"
        return account
    }

    static func options(_ method: PlainMinimumMethod) -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X") {
            $0.minimumMethod = method
            $0.minimumRate = "412.5"
        }
        house.future("XF", of: "X", Listed.first, risk: 900)
        house.option(
            "XC", of: "X", Listed.first, .call(isPremium: true), risk: 900, distance: 300, timeValue: 120,
            delta: "0.4321")
        house.option(
            "XP", of: "X", Listed.second, .put(isPremium: true), risk: 900, distance: -150, timeValue: "90.5",
            delta: "-0.3333")
        house.option(
            "XS", of: "X", Listed.second, .put(isPremium: false), risk: 900, distance: 450, timeValue: 60,
            delta: "-0.71")
        house.option(
            "XT", of: "X", Listed.first, .call(isPremium: false), risk: 900, distance: 1800, timeValue: 5, delta: "0.02"
        )
        return house
    }

    /// Arrays that lose more than the option is worth, or gain everywhere.
    static func unsound() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X")
        house.commodity("Y")
        for (code, commodity, scale) in [("XC", "X", 3), ("XP", "X", -2), ("YC", "Y", 1), ("YP", "Y", -1)] {
            var series = PlainSeries(
                code, of: commodity, Listed.first, array: (1...16).map { Rational(scale * ($0 * 7 % 17 - 8)) })
            series.kind = code.hasSuffix("C") ? .call(isPremium: true) : .put(isPremium: true)
            series.compositeDelta = code.hasSuffix("C") ? "0.5" : "-0.5"
            series.settlementPrice = 3
            house.series.append(series)
        }
        house.series[3].kind = .put(isPremium: false)
        return house
    }

    static func omnibus() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X") {
            $0.minimumMethod = .max
            $0.minimumRate = 700
            $0.deliveryCharges = [
                PlainDeliveryCharge(month: Listed.first, outrightRate: 50, spreadRate: 25),
                PlainDeliveryCharge(month: Listed.second, outrightRate: "70.5", spreadRate: 25, side: .long),
            ]
        }
        house.future("XF", of: "X", Listed.first, risk: 900, scaling: "0.5")
        house.option(
            "XC", of: "X", Listed.first, .call(isPremium: true), risk: 900, distance: 300, timeValue: 120,
            delta: "0.4321")
        house.option(
            "XP", of: "X", Listed.second, .put(isPremium: true), risk: 900, distance: 950, timeValue: 90,
            delta: "-0.81234")
        house.series[2].compositeDelta = "-0.8123"
        return house
    }

    static func segregated() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X") {
            $0.tiers = [PlainTier("ALL", [Listed.first, Listed.second])]
            $0.intraSpreads = [
                PlainIntraSpread(
                    "C", isSeriesToSeries: false, priority: 1, charge: .flat(111),
                    legs: [PlainIntraSpread.Leg(.tier("ALL"), 1, .a), PlainIntraSpread.Leg(.tier("ALL"), 1, .b)])
            ]
        }
        house.future("X1", of: "X", Listed.first, risk: 900)
        house.future("X2", of: "X", Listed.second, risk: 850)
        house.option(
            "XC", of: "X", Listed.first, .call(isPremium: true), risk: 900, distance: 300, timeValue: 120, delta: "0.43"
        )
        return house
    }

    static func currencies() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.currencies += [PlainCurrency("EUR", decimals: 2), PlainCurrency("JPY", decimals: 0)]
        house.conversions = [
            PlainConversion(from: "EUR", to: "USD", rate: "1.0875", haircut: "0.05"),
            PlainConversion(from: "JPY", to: "USD", rate: "0.00655", haircut: "0.075"),
            PlainConversion(from: "USD", to: "JPY", rate: "152.345", haircut: "0.075"),
            PlainConversion(from: "EUR", to: "JPY", rate: "165.5", haircut: "0.1"),
        ]
        house.commodity("E", currency: "EUR", decimals: 2)
        house.commodity("J", currency: "JPY")
        house.commodity("U")
        house.future("EF", of: "E", Listed.first, risk: "1033.33")
        house.future("JF", of: "J", Listed.first, risk: 123_457)
        house.future("UF", of: "U", Listed.first, risk: 900)
        house.option(
            "EC", of: "E", Listed.first, .call(isPremium: true), risk: 1000, timeValue: "333.33", delta: "0.5")
        house.interSpreads = [
            PlainInterSpread(
                "EU", priority: 1, rate: "0.6",
                legs: [PlainInterSpread.Leg("E", 1, .a), PlainInterSpread.Leg("U", 1, .b)]),
            PlainInterSpread(
                "JU", .flat, priority: 2, rate: nil,
                legs: [
                    PlainInterSpread.Leg("J", 1, .a, rate: 50_000), PlainInterSpread.Leg("U", 2, .a, rate: "333.335"),
                    PlainInterSpread.Leg("E", 1, .b, rate: 70),
                ]),
        ]
        return house
    }

    /// Three scenarios without a pair: time, volatility and price risk are not defined (methodology §3).
    static func withoutPair() -> PlainHouse {
        var house = options(.gross)
        house.scenarios = [0, 1, -1].enumerated().map { PlainScenario(priceMove: $1, pair: $0 + 1) }
        for index in house.series.indices { house.series[index].array = Array(house.series[index].array[9..<12]) }
        return house
    }

    /// Long straddles gain under every scenario, and the extremes least of all.
    static func gains() -> PlainHouse {
        var house = PlainHouse.classicHouse()
        house.commodity("X") { $0.method = .normal }
        for (code, last) in [("XA", -1), ("XB", -9), ("XC", 0)] {
            var series = PlainSeries(
                code, of: "X", Listed.first, array: (1...14).map { Rational(-2 - $0 * 5 % 7) } + [Rational(last), -2])
            series.kind = .call(isPremium: false)
            series.compositeDelta = "0.25"
            house.series.append(series)
        }
        return house
    }
}
