import Quantities

/// A clearing member: who is called, and whose own paper is no collateral.
package struct ClearingMember: Hashable, Sendable {
    package let code: MemberCode
    package let name: String
    /// Members of one group count as one for own-group paper and for Cover-2.
    package let group: CompanyGroupCode
    /// At least 1 in practice: the credit add-on is (multiplier − 1) · requirement (docs/methodology.md §9).
    package let creditMultiplier: ExactDecimal

    package init(code: MemberCode, name: String, group: CompanyGroupCode, creditMultiplier: ExactDecimal) {
        self.code = code
        self.name = name
        self.group = group
        self.creditMultiplier = creditMultiplier
    }
}

/// The clearing house's reference data as a run has pinned it; every list in the order of its codes.
package struct ClearingHouse: Sendable {
    package let currencies: [Currency]
    package let members: [ClearingMember]
    package let accounts: [Account]
    /// By account; in the order of the owners' codes.
    package let owners: [AccountCode: [OwnerCode]]
    package let combinedCommodities: [CombinedCommodity]
    package let contracts: [Contract]
    package let series: [Series]

    package init(
        currencies: [Currency], members: [ClearingMember], accounts: [Account], owners: [AccountCode: [OwnerCode]],
        combinedCommodities: [CombinedCommodity], contracts: [Contract], series: [Series]
    ) {
        self.currencies = currencies
        self.members = members
        self.accounts = accounts
        self.owners = owners
        self.combinedCommodities = combinedCommodities
        self.contracts = contracts
        self.series = series
    }
}
