/// One asset that a house's accounts post, with its terms and its price on each date.
struct CollateralAsset {
    let code: String
    let currency: String
    let issuer: String
    /// The member group whose paper it is.
    let issuerGroup: String?
    let assetClass: String
    let haircut: String
    let isEligible: Bool
    let prices: [Double]

    /// Cash, government bonds, two equities (the second is paper of the second member's own group), an ineligible bond.
    static func all(_ membership: Membership) -> [CollateralAsset] {
        let ownGroup = membership.group(of: min(1, membership.size.members - 1))
        return [
            CollateralAsset("CASH-EUR", "EUR", "CASH-EUR", "cash", "0", [1, 1]),
            CollateralAsset("CASH-JPY", "JPY", "CASH-JPY", "cash", "0", [1, 1]),
            CollateralAsset("CASH-USD", "USD", "CASH-USD", "cash", "0", [1, 1]),
            CollateralAsset("BUND-2028", "EUR", "BUND", "government", "0.035", [1.0122, 1.0131]),
            CollateralAsset("UST-2020", "USD", "UST", "government", "0.01", [0.9912, 0.9914]),
            CollateralAsset("UST-2028", "USD", "UST", "government", "0.04", [0.98125, 0.98375]),
            CollateralAsset("EQUITY-BANK", "USD", "BANK", "equity", "0.25", [31.2, 31.45], issuerGroup: ownGroup),
            CollateralAsset("EQUITY-RAIL", "USD", "RAIL", "equity", "0.20", [61.355, 61.02]),
            CollateralAsset("CORPORATE-2025", "USD", "RETAIL", "corporate", "0.15", [0.871, 0.869], isEligible: false),
        ]
    }

    private init(
        _ code: String, _ currency: String, _ issuer: String, _ assetClass: String, _ haircut: String,
        _ prices: [Double], issuerGroup: String? = nil, isEligible: Bool = true
    ) {
        self.code = code
        self.currency = currency
        self.issuer = issuer
        self.issuerGroup = issuerGroup
        self.assetClass = assetClass
        self.haircut = haircut
        self.isEligible = isEligible
        self.prices = prices
    }
}

/// What an account posts: so many times its estimated margin, in cash, government bonds and here and there equities.
struct CollateralPosting {
    /// Asset code and quantity (cash and bonds: face amount; equities: shares).
    let items: [(asset: String, quantity: Int64)]

    /// Ratios below one are called, the largest have excess to be returned.
    private static let ratios = [1.5, 0.7, 1.25, 2.5, 1.3, 1.05]

    init(_ account: GeneratedAccount, number: Int, role: AccountRole, estimate: Double) {
        guard role != .withinThreshold else {
            items = []
            return
        }
        let value = max(estimate, 2_000) * Self.ratios[number % Self.ratios.count]
        let isEuro = account.callCurrency == "EUR"
        let dollars = InterestRates.dollars(perUnitOf: account.callCurrency)
        var items: [(String, Int64)] = []
        let cashShare = number % 3 == 0 ? 1 : 0.5
        items.append((isEuro ? "CASH-EUR" : "CASH-USD", Self.thousands(value * cashShare / dollars)))
        if cashShare < 1 {
            let equityShare = number % 4 == 1 ? 0.1 : 0
            items.append((isEuro ? "BUND-2028" : "UST-2028", Self.thousands(value * (0.5 - equityShare) / dollars)))
            if equityShare > 0 { items.append(("EQUITY-RAIL", Int64((value * equityShare / 61).rounded(.up)))) }
        }
        if account.isHouse, account.member == 1 { items.append(("EQUITY-BANK", 5_000)) }
        if account.isHouse, account.member == 3 { items.append(("CORPORATE-2025", 250_000)) }
        if account.isHouse, account.member == 4 { items.append(("CASH-JPY", 20_000_000)) }
        self.items = items
    }

    private static func thousands(_ value: Double) -> Int64 { Int64((value / 1000).rounded(.up)) * 1000 }
}
