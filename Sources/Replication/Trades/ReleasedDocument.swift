import ClearingModel
import Margining
import Quantities

/// What closing positions would release and which trades would lower a requirement, as what is printed.
package struct ReleasedDocument: ReplicatedDocument, Sendable {
    package let businessDate: String
    package let cycle: String
    package let runNumber: Int?
    package let parameterSet: String
    package let accounts: [AccountPart]
    package var differences: [String]?

    /// One account, amounts in its call currency.
    package struct AccountPart: Encodable, Sendable {
        package let account: String
        package let callCurrency: String
        package let requirement: String
        package let positions: [PositionPart]
        /// The most first.
        package let reducingTrades: [TradePart]
    }

    /// One position; the names are those of the report `released-margin`.
    package struct PositionPart: Encodable, Sendable {
        package let owner: String
        package let series: String
        package let quantity: String
        package let releasedByClosing: String
        package let releasedByOneContract: String
        /// In the currency of the combined commodity; empty where no scenario is the series'.
        package let scanShare: String
        package let currency: String
    }

    /// One contract bought (1) or sold (−1); the names are those of the report `reducing-trades`.
    package struct TradePart: Encodable, Sendable {
        package let rank: Int
        package let owner: String
        package let series: String
        package let quantity: String
        package let lowersBy: String
        package let requirementAfter: String
    }

    package init(_ replica: Replica, _ accounts: [ReplicatedTrades]) {
        businessDate = replica.run.businessDate.description
        cycle = replica.run.cycle
        runNumber = replica.run.runNumber
        parameterSet = replica.parameterSet.text
        self.accounts = accounts.map { AccountPart($0) }
    }

    package var lines: [String] { [title] + accounts.flatMap(Self.lines) }

    private static func lines(_ account: AccountPart) -> [String] {
        let positions = account.positions.map { part in
            [
                part.owner, part.series, part.quantity, part.releasedByClosing, part.releasedByOneContract,
                part.scanShare, part.scanShare.isEmpty ? "" : part.currency,
            ]
        }
        let header = ["owner", "series", "quantity", "closing releases", "one contract", "scan share", "currency"]
        let trades = account.reducingTrades.map { part in
            "  \(part.rank). \(part.quantity == "1" ? "buy" : "sell") one \(part.series)"
                + (part.owner.isEmpty ? "" : " for owner \(part.owner)")
                + ": \(part.lowersBy) less, \(part.requirementAfter) \(account.callCurrency)"
        }
        return ["", "account \(account.account): requirement \(account.requirement) \(account.callCurrency)"]
            + AlignedRows.lines([header] + positions, texts: [0, 1, 6])
            + (trades.isEmpty ? ["  no trade of one contract lowers it"] : ["  what lowers it most:"] + trades)
    }
}

extension ReleasedDocument.AccountPart {
    init(_ replicated: ReplicatedTrades) {
        let (traded, book) = (replicated.traded, replicated.traded.kernel.book)
        let requirement = traded.requirement.requirement
        account = replicated.account.code.text
        callCurrency = replicated.account.callCurrency.description
        self.requirement = requirement.text
        positions = replicated.positions.map { row in
            let terms = book.combinedCommodities[book.series[row.series].combinedCommodity]
            return ReleasedDocument.PositionPart(
                owner: traded.terms.owners[row.owner].text, series: book.series[row.series].code.text,
                quantity: "\(row.quantity)", releasedByClosing: row.byClosing.text,
                releasedByOneContract: row.byOneContract.text,
                scanShare: row.scanShare?.text(decimals: terms.arrayDecimals) ?? "",
                currency: terms.currency.code.description)
        }
        reducingTrades = replicated.reducing.enumerated().map { number, found in
            ReleasedDocument.TradePart(
                rank: number + 1, owner: traded.terms.owners[found.trade.owner].text,
                series: book.series[found.trade.series].code.text, quantity: "\(found.trade.quantity)",
                lowersBy: found.lowersBy.text, requirementAfter: (requirement - found.lowersBy).text)
        }
    }
}
