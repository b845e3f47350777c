import ClearingModel
import Quantities
import TextFiles

extension MarginReportMessage {
    /// The message. Equal reports give equal bytes.
    /// - Throws: `MessageRefusal` for an amount or code that has no room in it.
    package func bytes() throws -> [UInt8] {
        try XMLText.message(.marginReport) { xml in
            try xml.element("RptParams") { xml in
                try xml.text("RptId", head.identification("MR", currency.code))
                xml.element("RptDtAndTm") { $0.leaf("DtTm", head.publishedAt) }
                xml.leaf("RptCcy", currency.code.description)
                xml.leaf("ClctnDtAndTm", head.publishedAt)
                xml.leaf("Frqcy", head.frequency)
            }
            xml.element("Pgntn") { xml in
                xml.leaf("PgNb", "1")
                xml.flag("LastPgInd", true)
            }
            try xml.element("ClrMmb") { try $0.houseCode("PrtryId", member.text, head.house) }
            try xml.element("RptSummry") { xml in
                try xml.element("TtlMrgnAmt") { try $0.amount("Amt", sum(accounts.map(\.total))) }
                try write(Self.totals(of: accounts.flatMap(\.collateral), currency), to: &xml)
            }
            for account in accounts { try write(account, to: &xml) }
        }
    }

    private func write(_ account: CalledAccount, to xml: inout XMLText) throws {
        try xml.element("RptDtls") { xml in
            try xml.element("MrgnAcct") { xml in
                try xml.text("Id", account.account.text)
                xml.leaf("Tp", account.origin.letters)
            }
            try xml.element("MrgnClctn") { xml in
                try xml.element("TtlMrgnAmt") { try $0.amount("Amt", account.total) }
                try write(account.collateral, to: &xml)
                try xml.element("MrgnRslt") { xml in
                    try xml.amount(
                        account.deficit.value > .zero ? "DfcitAmt" : "XcssAmt", account.deficit.magnitude)
                }
                try xml.element("MrgnTpAmt") { xml in
                    try xml.reportedAmount("InitlMrgn", account.requirement)
                    for unpaid in account.unpaid {
                        try writeOther(unpaid.converted, unpaid.amount, to: &xml) { $0.leaf("Cd", "VAMA") }
                    }
                    for addOn in account.addOns {
                        try writeOther(addOn.converted, addOn.amount, to: &xml) {
                            try $0.houseCode("Prtry", addOn.kind.letters, head.house)
                        }
                    }
                }
            }
        }
    }

    private func writeOther(
        _ amount: MessageAmount, _ original: MessageAmount, to xml: inout XMLText,
        kind: (inout XMLText) throws -> Void
    ) throws {
        try xml.element("OthrMrgn") { xml in
            try xml.element("Tp", kind)
            try xml.reportedAmount("Amt", amount, original: original)
        }
    }

    private func write(_ collateral: [Collateral], to xml: inout XMLText) throws {
        for posted in collateral {
            try xml.element("CollOnDpst") { xml in
                try xml.amount("PstHrcutVal", posted.accepted)
                try xml.amount("MktVal", posted.market)
                xml.leaf("CollTp", posted.isCash ? "CASH" : "SECU")
            }
        }
    }

    private func sum(_ amounts: [MessageAmount]) -> MessageAmount {
        MessageAmount(amounts.map(\.value).reduce(.zero, +), currency)
    }

    /// What is posted over all accounts, cash first.
    private static func totals(of posted: [Collateral], _ currency: Currency) -> [Collateral] {
        [true, false].compactMap { isCash in
            let items = posted.filter { $0.isCash == isCash }
            guard !items.isEmpty else { return nil }
            return Collateral(
                isCash: isCash,
                accepted: MessageAmount(items.map(\.accepted.value).reduce(.zero, +), currency),
                market: MessageAmount(items.map(\.market.value).reduce(.zero, +), currency))
        }
    }
}

extension AccountOrigin {
    /// Code of the kind of a clearing account.
    var letters: String {
        switch self {
        case .house: "HOUS"
        case .client: "CLIE"
        }
    }
}
