/// What closing one position releases, from the text alone (docs/methodology.md §6.11).
package struct PlainReleased: Hashable, Sendable {
    package var owner: Int
    package var series: String
    package var quantity: Int
    package var byClosing: Rational
    package var byOneContract: Rational
    package var scanShare: Rational?

    package init(
        owner: Int, series: String, quantity: Int, byClosing: Rational, byOneContract: Rational, scanShare: Rational?
    ) {
        self.owner = owner
        self.series = series
        self.quantity = quantity
        self.byClosing = byClosing
        self.byOneContract = byOneContract
        self.scanShare = scanShare
    }
}

/// One contract that lowers the requirement.
package struct PlainReducingTrade: Hashable, Sendable {
    package var owner: Int
    package var series: String
    package var quantity: Int
    package var lowersBy: Rational

    package init(owner: Int, series: String, quantity: Int, lowersBy: Rational) {
        self.owner = owner
        self.series = series
        self.quantity = quantity
        self.lowersBy = lowersBy
    }
}

extension PlainHouse {
    private func required(_ account: PlainAccount) -> Rational { requirement(of: account).requirement }

    /// The account after a trade: purchases close shorts first, sales longs.
    package func traded(_ account: PlainAccount, owner: Int, series: String, quantity: Int) -> PlainAccount {
        var changed = account
        var position =
            changed.owners[owner].first { $0.series == series } ?? PlainPosition(series, long: 0, short: 0)
        changed.owners[owner].removeAll { $0.series == series }
        for _ in 0..<abs(quantity) {
            if quantity > 0 {
                if position.short > 0 { position.short -= 1 } else { position.long += 1 }
            } else {
                if position.long > 0 { position.long -= 1 } else { position.short += 1 }
            }
        }
        if position.long > 0 || position.short > 0 { changed.owners[owner].append(position) }
        return changed
    }

    package func released(_ account: PlainAccount) -> [PlainReleased] {
        let before = required(account)
        var rows: [PlainReleased] = []
        for (owner, positions) in account.owners.enumerated() {
            for position in positions.sorted(by: { $0.series < $1.series }) {
                let isGross = account.type == .grossOmnibus
                let sides = isGross ? [position.long, -position.short] : [position.long - position.short]
                for quantity in sides where quantity != 0 {
                    func after(_ trade: Int) -> Rational {
                        required(traded(account, owner: owner, series: position.series, quantity: trade))
                    }
                    rows.append(
                        PlainReleased(
                            owner: owner, series: position.series, quantity: quantity,
                            byClosing: before - after(-quantity),
                            byOneContract: before - after(quantity > 0 ? -1 : 1),
                            scanShare: scanShare(of: position, quantity, among: positions, isGross: isGross)))
                }
            }
        }
        return rows
    }

    /// The position's own loss in the scenario that is active where its month is scanned.
    private func scanShare(
        of position: PlainPosition, _ quantity: Int, among positions: [PlainPosition], isGross: Bool
    ) -> Rational? {
        guard let own = series.first(where: { $0.code == position.series }),
            let commodity = commodities.first(where: { $0.code == own.commodity })
        else { return nil }
        if isGross {
            let worst = own.array.map { $0 * Rational(quantity) }.max() ?? 0
            return max(0, worst)
        }
        let listed = Dictionary(uniqueKeysWithValues: series.map { ($0.code, $0) })
        let held = positions.compactMap { position in
            listed[position.series].map { (series: $0, quantity: position.long - position.short) }
        }.filter { $0.series.commodity == own.commodity && $0.quantity != 0 }
        let tiers = commodity.tiers.filter { tier in
            tier.isScannedApart && held.contains { tier.months.contains($0.series.month) }
        }
        var scanned = held
        if !tiers.isEmpty {
            guard let tier = tiers.first(where: { $0.months.contains(own.month) }) else { return nil }
            scanned = held.filter { tier.months.contains($0.series.month) }
        }
        let total = scenarios.indices.map { place in
            scanned.map { $0.series.array[place] * Rational($0.quantity) }.sum()
        }
        var active = 0
        for place in total.indices where total[place] > total[active] { active = place }
        return own.array[active] * Rational(quantity)
    }

    /// All trades of one contract that lower the requirement, the most first.
    package func reducingTrades(_ account: PlainAccount) -> [PlainReducingTrade] {
        let before = required(account)
        var found: [PlainReducingTrade] = []
        for (owner, positions) in account.owners.enumerated() where !positions.isEmpty {
            let held = Set(positions.compactMap { position in series.first { $0.code == position.series }?.commodity })
            var near = held
            if account.type != .grossOmnibus {
                for spread in interSpreads where spread.legs.contains(where: { held.contains($0.commodity) }) {
                    near.formUnion(spread.legs.map(\.commodity))
                }
            }
            for one in series where near.contains(one.commodity) {
                for quantity in [1, -1] {
                    let after = required(traded(account, owner: owner, series: one.code, quantity: quantity))
                    guard after < before else { continue }
                    found.append(
                        PlainReducingTrade(
                            owner: owner, series: one.code, quantity: quantity, lowersBy: before - after))
                }
            }
        }
        return found.sorted { left, right in
            if left.lowersBy != right.lowersBy { return left.lowersBy > right.lowersBy }
            if left.series != right.series { return left.series < right.series }
            if left.owner != right.owner { return left.owner < right.owner }
            return left.quantity > right.quantity
        }
    }
}
