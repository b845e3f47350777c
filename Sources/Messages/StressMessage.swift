import ClearingModel
import Quantities
import TextFiles

/// What the message `auth.058` tells a supervisor: what closing each account and owner out would cost in each stress
/// scenario, before and after what it is covered by, in the house's base currency.
package struct StressMessage: Sendable {
    /// An account, or one owner of a segregated one, in a scenario.
    package struct StressedPortfolio: Sendable {
        /// `ACCOUNT`, or `ACCOUNT/OWNER`.
        package let portfolio: String
        /// Loss less net option value: above 0 a cost.
        package let exposure: MessageAmount
        /// Requirement and add-ons without the stress add-on, 0 or more.
        package let cover: MessageAmount
        /// Place of the member's group among those that the fund is held against in the scenario, from 1; nil for
        /// others.
        package let rank: Int?

        package init(portfolio: String, exposure: MessageAmount, cover: MessageAmount, rank: Int?) {
            self.portfolio = portfolio
            self.exposure = exposure
            self.cover = cover
            self.rank = rank
        }
    }

    package let head: MessageHead
    /// The scenarios in the order of their numbers, each with every portfolio.
    package let scenarios: [(scenario: String, portfolios: [StressedPortfolio])]

    package init(head: MessageHead, scenarios: [(scenario: String, portfolios: [StressedPortfolio])]) {
        self.head = head
        self.scenarios = scenarios
    }

    /// The message. Equal contents give equal bytes.
    /// - Throws: `MessageRefusal` for what has no room, and where no scenario has a portfolio.
    package func bytes() throws -> [UInt8] {
        guard !scenarios.isEmpty, scenarios.allSatisfy({ !$0.portfolios.isEmpty }) else {
            throw MessageRefusal.nothingToSay(element: "ScnroStrssTstRslt", what: "account under stress")
        }
        return try XMLText.message(.stressResults) { xml in
            for (scenario, portfolios) in scenarios {
                try xml.element("ScnroStrssTstRslt") { xml in
                    try xml.element("Id") { xml in
                        try xml.text("Id", scenario, limit: 256)
                        xml.leaf("Issr", head.house.description)
                    }
                    for portfolio in portfolios { try write(portfolio, to: &xml) }
                }
            }
        }
    }

    private func write(_ portfolio: StressedPortfolio, to xml: inout XMLText) throws {
        try xml.element("PrtflStrssTstRslt") { xml in
            try xml.supervised("PrtflId", portfolio.portfolio, issuer: head.house, .marginAccount)
            try xml.signed(
                "StrssLoss",
                MessageAmount(portfolio.exposure.value - portfolio.cover.value, portfolio.exposure.currency))
            try xml.signed("RawStrssLoss", portfolio.exposure)
            xml.flag("Cover1Flg", portfolio.rank == 1)
            xml.flag("Cover2Flg", portfolio.rank == 2)
        }
    }
}
