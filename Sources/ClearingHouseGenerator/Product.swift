/// One combined commodity of the house: a variant of a product family with its own level and volatility.
struct Product {
    let code: String
    let family: ProductFamily
    let terms: FamilyTerms
    /// 0 for the family's first, which every house has.
    let variant: Int
    /// The spot that a synthetic history ends at, in price units.
    let level: Double

    var isSynthetic: Bool { !(family == .crude && variant == 0) }
    var futureContract: String { code + "-F" }
    var optionContract: String { code + "-O" }
    /// Options off the monthly cycle.
    var weeklyContract: String { code + "-W" }
    var spotCode: String { code + "-SPOT" }
    var carryRateCode: String { code + "-CARRY" }

    /// Dividend yield of an index, 0 otherwise.
    var yield: Double { family == .index ? 0.03 + 0.002 * Double(variant % 5) : 0 }

    /// The house's combined commodities: the first of each family, then the further variants by family.
    static func catalogue(of size: ClearingHouseSize) -> [Product] {
        var firsts: [Product] = []
        var variants: [Product] = []
        for family in ProductFamily.allCases {
            let terms = family.terms
            for variant in 0..<family.variantCount(of: size.combinedCommodities) {
                let number = variant + 1
                let code = variant == 0 ? terms.firstCode : terms.codeStem + (number < 10 ? "0\(number)" : "\(number)")
                let shift = 1 + 0.06 * Double((variant * 7) % 11 - 5)
                let product = Product(
                    code: code, family: family, terms: terms, variant: variant,
                    level: variant == 0 ? terms.level : terms.level * shift)
                if variant == 0 { firsts.append(product) } else { variants.append(product) }
            }
        }
        return firsts + variants
    }
}
