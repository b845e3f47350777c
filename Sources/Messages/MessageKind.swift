/// The ISO 20022 messages that the program writes; the raw value is what people call one.
package enum MessageKind: String, CaseIterable, Sendable {
    case marginReport = "secl.005"
    case memberRequirements = "auth.055"
    case accountPositions = "auth.068"

    /// The message with its version, as `secl.005.001.02`: part of the namespace.
    package var version: String {
        switch self {
        case .marginReport: "\(rawValue).001.02"
        case .memberRequirements, .accountPositions: "\(rawValue).001.01"
        }
    }

    /// The element inside `Document`.
    var element: String {
        switch self {
        case .marginReport: "MrgnRpt"
        case .memberRequirements: "CCPMmbRqrmntsRpt"
        case .accountPositions: "CCPAcctPosRpt"
        }
    }

    package var namespace: String { "urn:iso:std:iso:20022:tech:xsd:\(version)" }

    /// Whether it is addressed to one member; the others are the house's, to who supervises it.
    package var isOfMember: Bool {
        switch self {
        case .marginReport: true
        case .memberRequirements, .accountPositions: false
        }
    }
}
