import ClearingModel
import Quantities
import TextFiles

/// What the message `secl.006` tells a member of its part in the guaranty fund. The house keeps one figure, which is
/// both what the member is asked for and what it has paid, in money.
package struct FundContributionMessage: Sendable {
    package let head: MessageHead
    package let member: MemberCode
    package let amount: MessageAmount
    /// The member's account at the bank that holds the fund.
    package let fundAccount: String

    package init(head: MessageHead, member: MemberCode, amount: MessageAmount, fundAccount: String) {
        self.head = head
        self.member = member
        self.amount = amount
        self.fundAccount = fundAccount
    }

    /// Letters that the identification of an account takes.
    private static let accountLength = 34

    /// The message. Equal contents give equal bytes.
    /// - Throws: `MessageRefusal` for what has no room.
    package func bytes() throws -> [UInt8] {
        try XMLText.message(.fundContribution) { xml in
            try xml.element("RptParams") { xml in
                try xml.text("RptId", head.identification("DF", amount.currency.code))
                xml.element("RptDtAndTm") { $0.leaf("DtTm", head.publishedAt) }
                xml.leaf("Frqcy", head.frequency)
                xml.leaf("RptCcy", amount.currency.code.description)
            }
            try xml.element("ClrMmb") { try $0.houseCode("PrtryId", member.text, head.house) }
            try xml.element("RptDtls") { xml in
                try xml.element("DfltFndClctn") { xml in
                    try xml.element("DfltFndAcct") { xml in
                        try xml.element("Othr") { try $0.text("Id", fundAccount, limit: Self.accountLength) }
                    }
                    try xml.amount("TtlDfltFndAmt", amount)
                }
                try xml.element("CollDesc") { xml in
                    try xml.amount("PstHrcutVal", amount)
                    try xml.amount("MktVal", amount)
                    xml.leaf("CollTp", "CASH")
                }
                try xml.element("NetXcssOrDfcit") { xml in
                    try xml.amount("Amt", MessageAmount(.zero, amount.currency))
                }
            }
        }
    }
}
