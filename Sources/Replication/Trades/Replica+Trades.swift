import ClearingModel
import Margining
import Quantities

/// An account beside what trades would make of its requirement.
package struct ReplicatedTrades: Sendable {
    let account: Account
    let traded: TradedAccount
    let positions: [ReleasedMargin]
    let reducing: [ReducingTrade]
}

/// An account before and after a basket.
package struct ReplicatedBasket: Sendable {
    let account: Account
    /// As the account stands.
    let before: Money
    /// After each of the account's trades, with all before it.
    let legs: [(line: BasketLine, requirement: Money)]

    /// The leg after which the most is required, the first of equals: legs are at least one.
    var worst: Int {
        legs.indices.reduce(0) { legs[$1].requirement.minorUnits > legs[$0].requirement.minorUnits ? $1 : $0 }
    }
}

extension Replica {
    /// What closing each position releases and which trades lower the requirement most, of every account that the
    /// positions name, in the order of the accounts' codes (docs/methodology.md §6.11).
    ///
    /// - Throws: as `requirements(of:accounts:)`.
    package func releasedMargins(of positions: PositionFile, accounts: AccountFile) throws -> [ReplicatedTrades] {
        var scratch = KernelScratch()
        return try held(positions, accounts).map { held in
            try margining(held.account.code) { () throws(MarginingError) in
                let traded = try TradedAccount(
                    held.terms, positions: held.positions[...], kernel: kernel, scratch: &scratch)
                return ReplicatedTrades(
                    account: held.account, traded: traded, positions: try traded.releasedMargins(scratch: &scratch),
                    reducing: traded.reducingTrades(ReducingTrade.told, scratch: &scratch))
            }
        }
    }

    /// What the trades of a basket make of the requirement of each account that they name, one after another.
    ///
    /// - Throws: as `requirements(of:accounts:)`, of lines of the basket too.
    package func requirements(
        after basket: BasketFile, of positions: PositionFile, accounts: AccountFile
    ) throws -> [ReplicatedBasket] {
        let named = Set(basket.lines.map(\.account))
        let held = try held(positions, accounts, asked: named)
        for line in basket.lines where !held.contains(where: { $0.account.code == line.account }) {
            throw line.unknown("account", line.account.text)
        }
        var scratch = KernelScratch()
        return try held.filter { named.contains($0.account.code) }.map { held in
            let traded = try margining(held.account.code) { () throws(MarginingError) in
                try TradedAccount(held.terms, positions: held.positions[...], kernel: kernel, scratch: &scratch)
            }
            var trades: [PositionTrade] = []
            let legs = try basket.lines.filter { $0.account == held.account.code }.map { line in
                trades.append(try trade(of: line, held.terms))
                let after = try margining(held.account.code) { () throws(MarginingError) in
                    try traded.requirement(after: trades, scratch: &scratch)
                }
                return (line: line, requirement: after.requirement)
            }
            return ReplicatedBasket(account: held.account, before: traded.requirement.requirement, legs: legs)
        }
    }

    private func trade(of line: BasketLine, _ terms: AccountTerms) throws -> PositionTrade {
        guard let series = kernel.book.seriesIndex(of: line.series) else {
            throw line.unknown("series", line.series.text)
        }
        guard let owner = terms.owners.firstIndex(of: line.owner) else {
            throw line.unknown("owner", line.owner.text)
        }
        try requireScanned(series, line.row, line.account, terms)
        return PositionTrade(owner: owner, series: series, quantity: line.quantity)
    }
}

extension BasketLine {
    fileprivate func unknown(_ column: String, _ value: String) -> ReplicationError {
        PositionLine(row: row, account: account, owner: owner, series: series, long: 0, short: 0)
            .unknown(column, value)
    }
}
