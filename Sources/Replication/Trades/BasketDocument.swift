import ClearingModel
import Quantities

/// What a basket of trades would make of requirements, as what is printed.
package struct BasketDocument: ReplicatedDocument, Sendable {
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
        package let requirementBefore: String
        /// After the whole basket.
        package let requirementAfter: String
        /// After less before: above 0 where more is required.
        package let change: String
        /// The largest after any of the trades, each with those before it, and after how many of them it is reached
        /// first.
        package let worstRequirement: String
        package let worstAfterTrades: Int
        package let trades: [TradePart]
    }

    /// One trade, and the requirement after it and those before it.
    package struct TradePart: Encodable, Sendable {
        package let owner: String
        package let series: String
        package let quantity: String
        package let requirementAfter: String
    }

    package init(_ replica: Replica, _ accounts: [ReplicatedBasket]) {
        businessDate = replica.run.businessDate.description
        cycle = replica.run.cycle
        runNumber = replica.run.runNumber
        parameterSet = replica.parameterSet.text
        self.accounts = accounts.map { AccountPart($0) }
    }

    package var lines: [String] { [title] + accounts.flatMap(Self.lines) }

    private static func lines(_ account: AccountPart) -> [String] {
        let trades = account.trades.enumerated().map { number, trade in
            ["\(number + 1).", trade.owner, trade.series, trade.quantity, trade.requirementAfter]
        }
        let place = "\(account.worstAfterTrades) of \(account.trades.count)"
        return [
            "",
            "account \(account.account): \(account.requirementBefore) before, \(account.requirementAfter) after the "
                + "basket, change \(account.change) \(account.callCurrency)",
            "  legged in one after another, at most \(account.worstRequirement) after \(place)",
        ] + AlignedRows.lines([["", "owner", "series", "quantity", "requirement"]] + trades, texts: [1, 2])
    }
}

extension BasketDocument.AccountPart {
    init(_ replicated: ReplicatedBasket) {
        let (legs, worst) = (replicated.legs, replicated.worst)
        let after = legs[legs.count - 1].requirement
        account = replicated.account.code.text
        callCurrency = replicated.account.callCurrency.description
        requirementBefore = replicated.before.text
        requirementAfter = after.text
        change = (after - replicated.before).text
        worstRequirement = legs[worst].requirement.text
        worstAfterTrades = worst + 1
        trades = legs.map { line, requirement in
            BasketDocument.TradePart(
                owner: line.owner.text, series: line.series.text, quantity: "\(line.quantity)",
                requirementAfter: requirement.text)
        }
    }
}
