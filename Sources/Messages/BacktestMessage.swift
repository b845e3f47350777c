import ClearingModel
import Quantities
import TextFiles

/// What the message `auth.066` tells a supervisor: how often a month's requirements were less than what came after
/// them, over all accounts of a currency.
package struct BacktestMessage: Sendable {
    /// A month's tested nights of all accounts and owners in one currency.
    package struct MonthlyResult: Sendable {
        /// 1 or more.
        package let observations: Int64
        package let exceptions: Int64
        /// What the exceptions lost beyond the requirement, added up; 0 without one.
        package let excess: MessageAmount
        /// The largest of them; 0 without one.
        package let largest: MessageAmount
        /// Whose it was; nil without one.
        package let unit: String?

        package init(
            observations: Int64, exceptions: Int64, excess: MessageAmount, largest: MessageAmount, unit: String?
        ) {
            self.observations = observations
            self.exceptions = exceptions
            self.excess = excess
            self.largest = largest
            self.unit = unit
        }

        /// Share of the observations without an exception, 10 decimals, half away from zero.
        var coverage: ExactDecimal {
            ExactDecimal(Int(observations - exceptions))
                .divided(by: ExactDecimal(Int(observations)), roundedToScale: 10)
        }

        /// Mean of what the exceptions lost beyond the requirement, rounded to the minor unit, half away from zero.
        var average: MessageAmount {
            guard exceptions > 0 else { return MessageAmount(.zero, excess.currency) }
            return MessageAmount(
                excess.value.divided(
                    by: ExactDecimal(Int(exceptions)), roundedToScale: excess.currency.decimals), excess.currency)
        }
    }

    package let head: MessageHead
    /// One a currency, in the order of their codes.
    package let results: [MonthlyResult]

    package init(head: MessageHead, results: [MonthlyResult]) {
        self.head = head
        self.results = results
    }

    /// The message. Equal contents give equal bytes.
    /// - Throws: `MessageRefusal` for what has no room, and where nothing was tested.
    package func bytes() throws -> [UInt8] {
        guard !results.isEmpty else {
            throw MessageRefusal.nothingToSay(element: "MnthlyRslt", what: "tested night of an account")
        }
        return try XMLText.message(.backtestResults) { xml in
            for result in results {
                try xml.element("MnthlyRslt") { xml in
                    xml.leaf("NbOfObsrvtns", "\(result.observations)")
                    xml.leaf("NbOfXcptns", "\(result.exceptions)")
                    xml.leaf("Cvrg", result.coverage.text(decimals: 10))
                    try xml.amount("LrgstXcptn", result.largest)
                    try xml.amount("AvrgXcptn", result.average)
                    if let unit = result.unit {
                        try xml.supervised("LrgstXcptnId", unit, issuer: head.house, .marginAccount)
                    }
                }
            }
        }
    }
}
