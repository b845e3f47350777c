import Quantities

/// A trade of one contract that would lower an account's requirement, as the report reducing-trades has it.
package struct PageTrade: Sendable {
    package let account: String
    /// Empty but of segregated accounts.
    package let owner: String
    package let series: String
    /// + bought, − sold.
    package let quantity: Int64
    /// By how much it lowers the requirement, in the call currency.
    package let lowersBy: Money
    /// The requirement after it.
    package let requirement: Money

    package init(
        account: String, owner: String, series: String, quantity: Int64, lowersBy: Money, requirement: Money
    ) {
        self.account = account
        self.owner = owner
        self.series = series
        self.quantity = quantity
        self.lowersBy = lowersBy
        self.requirement = requirement
    }
}

extension MemberPage {
    mutating func writeReducingTrades(to html: inout HTMLWriter) {
        html.element("h2", text: "What would make it smaller")
        html.newLine()
        guard let trades = content.reducingTrades else {
            return PageDocument.say(
                "The house tells members who ask for it what closing each position would release, and the three trades "
                    + "of one contract that lower a requirement most. margin replicate --released says it from the "
                    + "files of this folder.", to: &html)
        }
        guard !trades.isEmpty else {
            return PageDocument.say("No trade of one contract lowers a requirement.", to: &html)
        }
        PageDocument.say(
            "One contract bought or sold, each by itself: they do not add up, and what a trade costs, such as an "
                + "option’s premium, is not counted. The report released-margin has what closing each position would "
                + "free.",
            to: &html)
        var table = PageTable(
            "In the call currency of the account",
            [
                .words("Account"), .words("Trade"), .words("Series"), .figures("Lowers it by"),
                .figures("Requirement then"),
                .words("Currency"),
            ])
        for trade in trades {
            let holder = trade.owner.isEmpty ? trade.account : "\(trade.account) \(trade.owner)"
            table.add([
                [holder], ["\(trade.quantity < 0 ? "sell" : "buy") \(trade.quantity.magnitude)"], [trade.series],
                [trade.lowersBy.digits], [trade.requirement.digits], ["\(trade.lowersBy.currency.code)"],
            ])
        }
        write(table, to: &html)
    }
}
