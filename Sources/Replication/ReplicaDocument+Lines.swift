extension ReplicaDocument {
    /// The document as lines for a person: each account's requirement, then a table of its components.
    package var lines: [String] { [title] + accounts.flatMap(Self.lines) }

    private static func lines(_ account: AccountPart) -> [String] {
        var lines = ["", "account \(account.account): requirement \(account.requirement) \(account.callCurrency)"]
        for part in account.currencies {
            let converted =
                part.currency == account.callCurrency
                ? ""
                : "; × \(part.fxRate) × (1 + \(part.fxHaircut)) = \(part.convertedRequirement) \(account.callCurrency)"
            let owners = account.owners.filter { $0.currency == part.currency }
            if owners.count == 1 {
                lines.append("  \(part.currency): \(owners[0].equation)\(converted)")
                lines += owners[0].addends.map { "    " + $0 }
                continue
            }
            lines.append("  \(part.currency): sum of \(owners.count) owners → \(part.requirement)\(converted)")
            for owner in owners {
                lines.append("    owner \(owner.owner): \(owner.equation)")
                lines += owner.addends.map { "      " + $0 }
            }
        }
        let header = [
            "owner", "combined commodity", "currency", "scan", "intra", "delivery", "credit", "option minimum",
            "option value", "risk", "scan spread",
        ]
        let rows = account.components.map { part in
            [
                part.owner, part.combinedCommodity, part.currency, part.scan, part.intraCharge, part.deliveryCharge,
                part.appliedCredit, part.shortOptionMinimum, part.netOptionValue, part.risk, part.scanSpread,
            ]
        }
        return lines + AlignedRows.lines([header] + rows, texts: [0, 1, 2, 10])
    }
}
