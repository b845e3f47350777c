import ClearingModel
import Quantities
import TextFiles

/// Elements that all messages are made of.
extension XMLText {
    /// A message: `Document` in its namespace, with its one element.
    static func message(_ kind: MessageKind, _ body: (inout XMLText) throws -> Void) throws -> [UInt8] {
        var xml = XMLText()
        try xml.element("Document", attributes: ["xmlns": kind.namespace]) { xml in
            try xml.element(kind.element, body)
        }
        return xml.bytes
    }

    /// A text of 1 to `limit` characters.
    mutating func text(_ name: String, _ value: String, limit: Int = 35) throws(MessageRefusal) {
        guard value.unicodeScalars.count <= limit else {
            throw .textTooLong(element: name, value: value, limit: limit)
        }
        leaf(name, value)
    }

    mutating func flag(_ name: String, _ value: Bool) { leaf(name, value ? "true" : "false") }

    /// An amount of 0 or more with its currency.
    mutating func amount(
        _ name: String, _ amount: MessageAmount, totalDigits: Int = MessageAmount.totalDigits
    ) throws(MessageRefusal) {
        leaf(
            name, attributes: ["Ccy": amount.currency.code.description], try amount.text(name, totalDigits: totalDigits)
        )
    }

    /// An identification that the house gives out: the code, and whose code it is.
    mutating func houseCode(_ name: String, _ code: String, _ house: LegalEntityIdentifier) throws {
        try element(name) { xml in
            try xml.text("Id", code)
            try xml.text("Issr", house.description)
        }
    }

    /// An amount of either sign: its magnitude, and whether it is 0 or more.
    mutating func signed(_ name: String, _ amount: MessageAmount) throws {
        try element(name) { xml in
            try xml.amount("Amt", amount.magnitude)
            xml.flag("Sgn", amount.value >= .zero)
        }
    }

    /// What a message to a supervisor identifies: a code, whose code it is unless it is known to all, and of what.
    mutating func supervised(
        _ name: String, _ code: String, issuer: LegalEntityIdentifier?, _ scheme: SupervisedScheme
    ) throws {
        try element(name) { xml in
            try xml.text("Id", code, limit: 256)
            xml.leafIfAny("Issr", issuer?.description)
            xml.leaf("SchmeNm", scheme.rawValue)
        }
    }

    /// An amount in the currency of the report, and before it in its own where that is another.
    mutating func reportedAmount(
        _ name: String, _ amount: MessageAmount, original: MessageAmount? = nil
    ) throws {
        try element(name) { xml in
            if let original, original.currency != amount.currency { try xml.amount("OrgnlCcyAmt", original) }
            xml.leaf("RptgAmt", try amount.text("RptgAmt"))
        }
    }
}

/// What a code in a message to a supervisor is of: `SchemeIdentificationType1Code`.
enum SupervisedScheme: String {
    case marginAccount = "MARG"
    case clearingMember = "CLIM"
}
