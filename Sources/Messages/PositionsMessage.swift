import ClearingModel
import Quantities
import TextFiles

/// What the message `auth.068` tells a supervisor: what every account holds of every series, owners added up.
package struct PositionsMessage: Sendable {
    /// What an account holds of a series, in the margin currency.
    package struct SupervisedPosition: Sendable {
        package let series: SeriesCode
        /// Long and short added up, an option's delta equivalent, 0 or more.
        package let grossNotional: MessageAmount
        /// Long less short, an option's delta equivalent.
        package let netNotional: MessageAmount
        /// Contracts times the magnitude of their delta, at most 5 decimals.
        package let grossDelta: ExactDecimal
        package let netDelta: ExactDecimal
        /// Long and short of premium-style options at settlement; 0 of what is settled daily.
        package let grossMarketValue: MessageAmount

        package init(
            series: SeriesCode, grossNotional: MessageAmount, netNotional: MessageAmount, grossDelta: ExactDecimal,
            netDelta: ExactDecimal, grossMarketValue: MessageAmount
        ) {
            self.series = series
            self.grossNotional = grossNotional
            self.netNotional = netNotional
            self.grossDelta = grossDelta
            self.netDelta = netDelta
            self.grossMarketValue = grossMarketValue
        }
    }

    package let head: MessageHead
    /// Each account with its positions, in the order of their codes.
    package let portfolios: [(account: AccountCode, positions: [SupervisedPosition])]

    package init(head: MessageHead, portfolios: [(account: AccountCode, positions: [SupervisedPosition])]) {
        self.head = head
        self.portfolios = portfolios
    }

    /// Digits that `GrssNtnl` takes.
    private static let grossDigits = 24

    /// The message. Equal contents give equal bytes.
    /// - Throws: `MessageRefusal` for what has no room, and where nothing is held.
    package func bytes() throws -> [UInt8] {
        guard !portfolios.isEmpty else {
            throw MessageRefusal.nothingToSay(element: "Prtfl", what: "position in the book")
        }
        return try XMLText.message(.accountPositions) { xml in
            for (account, positions) in portfolios {
                try xml.element("Prtfl") { xml in
                    try xml.supervised("Id", account.text, issuer: head.house, .marginAccount)
                    for position in positions { try write(position, to: &xml) }
                }
            }
        }
    }

    private func write(_ position: SupervisedPosition, to xml: inout XMLText) throws {
        try xml.element("Pos") { xml in
            try xml.text("PdctId", position.series.text, limit: 256)
            try xml.amount("GrssNtnl", position.grossNotional, totalDigits: Self.grossDigits)
            try xml.signed("NetNtnl", position.netNotional)
            xml.leaf("GrssDltaEqvtQty", position.grossDelta.description)
            xml.leaf("NetDltaEqvtQty", position.netDelta.description)
            try xml.amount("GrssMktVal", position.grossMarketValue)
        }
    }
}
