/// A clearing house's own name for one thing of one kind; each kind is its own type, so that two are never confused.
///
/// Codes are plain ASCII (the database's domains see to it), so the order of the text is the order of its bytes.
package protocol IdentifyingCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    var text: String { get }
    init(_ text: String)
}

extension IdentifyingCode {
    package var description: String { text }
    package static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// A group of companies under one control: of a clearing member, of an issuer, or the name that a contract is on.
package struct CompanyGroupCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A clearing member.
package struct MemberCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A margin account of a clearing member.
package struct AccountCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A beneficial owner inside an individually segregated account; empty where an account has none.
package struct OwnerCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
    /// The owner of a position in an account that is not segregated.
    package static let none = OwnerCode("")
}

/// What a set of parameters applies to: accounts of one class share them.
package struct AccountClassCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A combined commodity: the futures and options on one underlying, scanned together.
package struct CombinedCommodityCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A contract specification that many series share.
package struct ContractCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// One tradable series: a contract with its month, and for options its right and strike.
package struct SeriesCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A named group of contract months of one combined commodity.
package struct TierCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// An intra- or inter-commodity spread of a parameter set.
package struct SpreadCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A versioned set of margin parameters.
package struct ParameterSetCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A list of market moves under one name.
package struct ScenarioSetCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A market figure with a history that is simulated: a price, a rate, a spread, an implied volatility.
package struct RiskFactorCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// Combined commodities whose risk is measured together by historical simulation.
package struct RiskGroupCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// How a historical simulation is run: confidence, holding period, filter, stressed windows.
package struct SimulationCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}
